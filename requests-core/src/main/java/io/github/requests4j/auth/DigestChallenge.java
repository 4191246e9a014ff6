package io.github.requests4j.auth;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.BasicCredentials;
import io.github.requests4j.internal.text.Latin1;

/**
 * A supported digest challenge (RFC 7616, RFC 2617, RFC 2069).
 * <p>
 * Each character represents one byte of the header. Realm, nonce and opaque are sent back
 * as the same bytes, regardless of their charset. User name, password and target are
 * UTF-8. The hash is computed from the same bytes, before they are escaped (RFC 7616,
 * section 3.4.2).
 *
 * @param realm the realm, possibly empty
 * @param nonce the nonce of the server
 * @param opaque the value to send back to the server, or null
 * @param algorithmName the original name of the algorithm, or null
 * @param algorithm the algorithm
 * @param qopAuth whether the server offers the quality of protection "auth", otherwise it
 * offers none
 */
record DigestChallenge(String realm, String nonce, @Nullable String opaque, @Nullable String algorithmName,
		DigestAlgorithm algorithm, boolean qopAuth) {

	/**
	 * Returns the strongest supported digest challenge.
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
		boolean qopAuth = qop != null && !qop.isBlank();
		if (qop != null && qopAuth && !offersAuth(qop)) {
			return null;
		}
		return new DigestChallenge(realm, nonce, challenge.parameter("opaque"), name, algorithm, qopAuth);
	}

	/**
	 * Returns whether "auth" is offered. The alternative, auth-int, is not supported, as
	 * in requests.
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
	 * Returns the Authorization header for this challenge.
	 * @param credentials the user
	 * @param method the method of the request
	 * @param uri the request target, without host and fragment
	 * @param count how often the nonce has been used, including this time
	 * @param cnonce the nonce of the client
	 * @return the value of the header
	 */
	String authorization(BasicCredentials credentials, String method, String uri, int count, String cnonce) {
		String nc = String.format("%08x", count);
		String response = response(credentials, this.algorithm.hash(method, utf8(uri)), nc, cnonce);
		StringBuilder value = new StringBuilder(start(credentials, uri)).append(response).append('"');
		if (this.opaque != null && !this.opaque.isEmpty()) {
			value.append(", opaque=").append(quoted(this.opaque));
		}
		if (this.algorithmName != null) {
			value.append(", algorithm=").append(quoted(this.algorithmName));
		}
		if (this.qopAuth) {
			value.append(", qop=\"auth\", nc=").append(nc).append(", cnonce=").append(quoted(cnonce));
		}
		return value.toString();
	}

	/** Returns the common start of all responses to this challenge for a target. */
	String start(BasicCredentials credentials, String uri) {
		return "Digest " + username(credentials.username()) + ", realm=" + quoted(this.realm) + ", nonce="
				+ quoted(this.nonce) + ", uri=" + quoted(utf8(uri)) + ", response=\"";
	}

	/**
	 * Returns the username parameter, with which every response starts. Names that are
	 * not ASCII are sent as UTF-8, as in curl. Apache and others do not support
	 * {@code username*}, which RFC 7616 reserves for characters that are not allowed in a
	 * quoted string.
	 */
	static String username(String username) {
		return "username=" + quoted(utf8(username));
	}

	private String response(BasicCredentials credentials, String hashOfRequest, String nc, String cnonce) {
		String secret = this.algorithm.hash(utf8(credentials.username()), this.realm, utf8(credentials.password()));
		if (this.algorithm.isSession()) {
			secret = this.algorithm.hash(secret, this.nonce, cnonce);
		}
		return this.qopAuth ? this.algorithm.hash(secret, this.nonce, nc, cnonce, "auth", hashOfRequest)
				: this.algorithm.hash(secret, this.nonce, hashOfRequest);
	}

	/** Returns the UTF-8 bytes of a text, with one character for each byte. */
	private static String utf8(String text) {
		return Latin1.text(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Returns the text in quotes, with quotes and backslashes escaped. Unescaped ones
	 * could end the string and add parameters.
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
