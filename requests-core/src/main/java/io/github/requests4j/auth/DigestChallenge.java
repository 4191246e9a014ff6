package io.github.requests4j.auth;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.BasicCredentials;
import io.github.requests4j.internal.text.Latin1;

/**
 * A digest challenge that can be answered (RFC 7616, RFC 2617, RFC 2069).
 * <p>
 * Each character stands for one byte of the header. Realm, nonce and opaque go back as
 * the bytes that were received, whatever their charset. User name, password and target
 * are UTF-8. The hash covers the same bytes, before they are escaped (RFC 7616, section
 * 3.4.2).
 *
 * @param realm the realm, possibly empty
 * @param nonce the nonce of the server
 * @param opaque what the server wants to see again, or null
 * @param algorithmName the name of the algorithm as it was received, or null
 * @param algorithm the algorithm
 * @param protecting whether the server offers the quality of protection "auth"; it offers
 * none otherwise
 */
record DigestChallenge(String realm, String nonce, @Nullable String opaque, @Nullable String algorithmName,
		DigestAlgorithm algorithm, boolean protecting) {

	/**
	 * Picks the strongest of the digest challenges that can be answered.
	 * @param headers the values of the WWW-Authenticate headers
	 * @return the challenge, or null if there is none
	 */
	static @Nullable DigestChallenge strongest(List<String> headers) {
		DigestChallenge strongest = null;
		for (Challenge challenge : Challenge.parse(headers)) {
			DigestChallenge digest = challenge.scheme().equals("digest") ? of(challenge) : null;
			if (digest != null && (strongest == null || digest.algorithm.compareTo(strongest.algorithm) > 0)) {
				strongest = digest;
			}
		}
		return strongest;
	}

	private static @Nullable DigestChallenge of(Challenge challenge) {
		String realm = challenge.parameter("realm");
		String nonce = challenge.parameter("nonce");
		String qop = challenge.parameter("qop");
		String name = challenge.parameter("algorithm");
		DigestAlgorithm algorithm = DigestAlgorithm.of(name);
		if (realm == null || nonce == null || algorithm == null) {
			return null;
		}
		boolean protecting = qop != null && !qop.isBlank();
		if (qop != null && protecting && !offersAuth(qop)) {
			return null;
		}
		return new DigestChallenge(realm, nonce, challenge.parameter("opaque"), name, algorithm, protecting);
	}

	/**
	 * The other one, auth-int, covers the body too and is not supported, as in requests.
	 */
	private static boolean offersAuth(String qop) {
		for (String option : qop.toLowerCase(Locale.ROOT).split(",", -1)) {
			if (option.strip().equals("auth")) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Writes the answer.
	 * @param credentials the user
	 * @param method the method of the request
	 * @param uri what the request line asks for, without host and fragment
	 * @param count how often the nonce has been used, this time included
	 * @param cnonce the nonce of the client
	 * @return the value of the Authorization header
	 */
	String answer(BasicCredentials credentials, String method, String uri, int count, String cnonce) {
		String nc = String.format("%08x", count);
		String response = response(credentials, this.algorithm.hash(method, utf8(uri)), nc, cnonce);
		StringBuilder value = new StringBuilder(start(credentials, uri)).append(response).append('"');
		if (this.opaque != null && !this.opaque.isEmpty()) {
			value.append(", opaque=").append(quoted(this.opaque));
		}
		if (this.algorithmName != null) {
			value.append(", algorithm=").append(quoted(this.algorithmName));
		}
		if (this.protecting) {
			value.append(", qop=\"auth\", nc=").append(nc).append(", cnonce=").append(quoted(cnonce));
		}
		return value.toString();
	}

	/** Returns what every answer to this challenge for that target begins with. */
	String start(BasicCredentials credentials, String uri) {
		return "Digest " + username(credentials.username()) + ", realm=" + quoted(this.realm) + ", nonce="
				+ quoted(this.nonce) + ", uri=" + quoted(utf8(uri)) + ", response=\"";
	}

	/**
	 * Returns the parameter that every answer for this user begins with. A name beyond
	 * ASCII is sent as UTF-8, as curl does. Apache and others do not know
	 * {@code username*}, which RFC 7616 keeps for characters that a quoted string cannot
	 * hold.
	 */
	static String username(String username) {
		return "username=" + quoted(utf8(username));
	}

	private String response(BasicCredentials credentials, String hashOfRequest, String nc, String cnonce) {
		String secret = this.algorithm.hash(utf8(credentials.username()), this.realm, utf8(credentials.password()));
		if (this.algorithm.isSession()) {
			secret = this.algorithm.hash(secret, this.nonce, cnonce);
		}
		return this.protecting ? this.algorithm.hash(secret, this.nonce, nc, cnonce, "auth", hashOfRequest)
				: this.algorithm.hash(secret, this.nonce, hashOfRequest);
	}

	/** Returns the UTF-8 bytes of a text, with one character for each. */
	private static String utf8(String text) {
		return Latin1.text(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Returns the text in quotes, with each quote and backslash in it escaped. What is
	 * left unescaped could end the string early and add parameters of its own.
	 */
	private static String quoted(String text) {
		StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '"' || c == '\\') {
				quoted.append('\\');
			}
			quoted.append(c);
		}
		return quoted.append('"').toString();
	}

}
