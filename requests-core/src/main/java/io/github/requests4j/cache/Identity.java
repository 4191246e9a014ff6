package io.github.requests4j.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.PreparedRequest;

/**
 * The sender of a request, as digests, so that stores do not contain credentials.
 *
 * @param authorization a digest of the credentials; empty if there are none
 * @param cookie a digest of the cookies; empty if there are none
 */
record Identity(String authorization, String cookie) {

	private static final String DIGEST = "digest ";

	/** Returns the identity of the sender of a request. */
	static Identity of(PreparedRequest request) {
		String credentials = request.headers().get("Authorization");
		return new Identity(digest((credentials != null) ? stable(credentials) : null),
				digest(request.headers().get("Cookie")));
	}

	/**
	 * Returns the part of the credentials that does not change. Digest credentials change
	 * with each request, but the user and the realm do not.
	 */
	private static String stable(String credentials) {
		if (!credentials.toLowerCase(Locale.ROOT).startsWith(DIGEST)) {
			return credentials;
		}
		StringBuilder stable = new StringBuilder(DIGEST);
		for (String part : credentials.substring(DIGEST.length()).split(",\\s*")) {
			if (part.startsWith("username") || part.startsWith("realm")) {
				stable.append(part).append(',');
			}
		}
		return stable.toString();
	}

	static String digest(@Nullable String text) {
		if (text == null) {
			return "";
		}
		byte[] digest = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
		return HexFormat.of().formatHex(digest, 0, 16);
	}

	static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/**
	 * Returns whether a response to this identity may be used for another one. Everyone
	 * may use a public response. Others require the same credentials, and {@code private}
	 * ones also require the same cookies.
	 */
	boolean permits(CacheDirectives response, Identity other) {
		if (response.has("public")) {
			return true;
		}
		return this.authorization.equals(other.authorization)
				&& (!response.has("private") || this.cookie.equals(other.cookie));
	}

}
