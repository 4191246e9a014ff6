package io.github.requests4j.spring.internal.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Calculates SHA-256 digests, most of which are parts of keys in Redis.
 */
public final class Digests {

	private Digests() {
	}

	/**
	 * Returns the digest of bytes.
	 * @param bytes the bytes
	 * @return 32 bytes
	 */
	public static byte[] sha256(byte[] bytes) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(bytes);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/**
	 * Returns a name for a text that may be secret, or too long for a part of a key.
	 * @param text the text
	 * @return the digest of its UTF-8 bytes, in Base64 for URLs and without padding
	 */
	public static String name(String text) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(text.getBytes(StandardCharsets.UTF_8)));
	}

}
