package io.github.requests4j.auth;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.text.Latin1;

/**
 * The algorithms of digest challenges (RFC 7616 section 6.1), the weakest first. If there
 * are several challenges, the strongest is used.
 */
enum DigestAlgorithm {

	MD5("MD5", false),

	MD5_SESS("MD5", true),

	SHA("SHA-1", false),

	SHA_256("SHA-256", false),

	SHA_256_SESS("SHA-256", true),

	SHA_512_256("SHA-512/256", false),

	SHA_512_256_SESS("SHA-512/256", true),

	SHA_512("SHA-512", false);

	private final String function;

	private final boolean session;

	DigestAlgorithm(String function, boolean session) {
		this.function = function;
		this.session = session;
	}

	/**
	 * Returns the algorithm of a challenge.
	 * @param name the case-insensitive name, null for a challenge without one
	 * @return the algorithm, or null if it is unknown or this JVM does not support it,
	 * such as MD5 if weak functions are disabled
	 */
	static @Nullable DigestAlgorithm of(@Nullable String name) {
		if (name == null) {
			return MD5;
		}
		String constant = name.toUpperCase(Locale.ROOT).replace('-', '_');
		for (DigestAlgorithm algorithm : values()) {
			if (algorithm.name().equals(constant)) {
				return (algorithm.find() != null) ? algorithm : null;
			}
		}
		return null;
	}

	/** Returns whether the hash of the credentials includes the nonces. */
	boolean isSession() {
		return this.session;
	}

	/**
	 * Returns the hash of the parts, joined by colons, in lower-case hexadecimal digits.
	 * Each character of the parts represents one byte.
	 */
	String hash(String... parts) {
		byte[] bytes = Latin1.bytes(String.join(":", parts));
		return HexFormat.of().formatHex(Objects.requireNonNull(find()).digest(bytes));
	}

	private @Nullable MessageDigest find() {
		try {
			return MessageDigest.getInstance(this.function);
		}
		catch (NoSuchAlgorithmException ex) {
			return null;
		}
	}

}
