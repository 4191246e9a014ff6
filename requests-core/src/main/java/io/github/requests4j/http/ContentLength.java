package io.github.requests4j.http;

import org.jspecify.annotations.Nullable;

/**
 * Reads a Content-Length as a hint; the transport rejects bad ones.
 */
final class ContentLength {

	private static final int MAX_DIGITS = 18;

	private ContentLength() {
	}

	/**
	 * The length.
	 * @return the length in bytes, or -1 when there is none or it is not a plain number
	 */
	static long parse(@Nullable String value) {
		if (value == null || value.isEmpty() || value.length() > MAX_DIGITS) {
			return -1;
		}
		long length = 0;
		for (int i = 0; i < value.length(); i++) {
			int digit = value.charAt(i) - '0';
			if (digit < 0 || digit > 9) {
				return -1;
			}
			length = length * 10 + digit;
		}
		return length;
	}

}
