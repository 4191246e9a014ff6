package io.github.requests4j.internal.text;

/**
 * Parses ASCII digits. {@link Character} and {@link Long} also accept signs and the
 * digits of other scripts, which protocols do not allow.
 */
public final class Digits {

	/** The result of {@link #parse(String)} for a text that is not a number. */
	public static final long NOT_A_NUMBER = -1;

	private Digits() {
	}

	/**
	 * Returns whether a character is one of 0 to 9.
	 * @param c the character
	 * @return {@code true} for a decimal digit
	 */
	public static boolean isDigit(int c) {
		return c >= '0' && c <= '9';
	}

	/**
	 * Returns the value of a hexadecimal digit.
	 * @param c the character
	 * @return 0 to 15, or -1 if it is not one
	 */
	public static int hexValue(int c) {
		if (isDigit(c)) {
			return c - '0';
		}
		int lower = c | 0x20;
		return (c < 128 && lower >= 'a' && lower <= 'f') ? lower - 'a' + 10 : -1;
	}

	/**
	 * Returns whether a text consists of decimal digits.
	 * @param text the text
	 * @return {@code false} if it is empty or contains another character
	 */
	public static boolean areDigits(String text) {
		return !text.isEmpty() && end(text, 0) == text.length();
	}

	/**
	 * Returns the end of a run of decimal digits.
	 * @param text the text
	 * @param from the start of the run
	 * @return the index of the first character that is not a digit, at least {@code from}
	 */
	public static int end(String text, int from) {
		int end = from;
		while (end < text.length() && isDigit(text.charAt(end))) {
			end++;
		}
		return end;
	}

	/**
	 * Parses a number without a sign.
	 * @param text the text
	 * @return the number, or {@link #NOT_A_NUMBER} if the text is empty, contains a
	 * character that is not a digit, or is too large
	 */
	public static long parse(String text) {
		return parse(text, 0, text.length());
	}

	/**
	 * Parses a number without a sign from a part of a text.
	 * @param text the text
	 * @param from the index of the first digit
	 * @param to the index after the last digit
	 * @return the number, or {@link #NOT_A_NUMBER} if the part is empty, contains a
	 * character that is not a digit, or is too large
	 */
	public static long parse(String text, int from, int to) {
		long number = (from < to) ? 0 : NOT_A_NUMBER;
		for (int i = from; i < to && number >= 0; i++) {
			int digit = text.charAt(i) - '0';
			boolean valid = digit >= 0 && digit <= 9 && number <= (Long.MAX_VALUE - digit) / 10;
			number = valid ? number * 10 + digit : NOT_A_NUMBER;
		}
		return number;
	}

	/**
	 * Parses a port number from a part of a text.
	 * @param text the text
	 * @param from the index of the first digit
	 * @param to the index after the last digit
	 * @return 0 to 65535, -1 if the part is empty, or -2 if it is not a port
	 */
	public static int port(String text, int from, int to) {
		if (from == to) {
			return -1;
		}
		long port = parse(text, from, to);
		return (port < 0 || port > 65535) ? -2 : (int) port;
	}

}
