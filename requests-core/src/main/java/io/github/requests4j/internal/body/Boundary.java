package io.github.requests4j.internal.body;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Makes boundaries that nobody can guess: whoever could, would close a part from within
 * its content (CVE-2025-7783 of another client).
 */
final class Boundary {

	private static final int BYTES = 16;

	private static final SecureRandom RANDOM = new SecureRandom();

	private Boundary() {
	}

	/** 128 random bits as 32 hexadecimal digits in lower case (behaviour 90). */
	static String random() {
		byte[] bytes = new byte[BYTES];
		RANDOM.nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

}
