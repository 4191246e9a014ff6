package io.github.requests4j.internal.text;

/**
 * Formats any text for messages and logs, like {@code repr} in Python, so that it cannot
 * forge a log line.
 */
public final class PrintableText {

	private PrintableText() {
	}

	/**
	 * Returns a text in quotes.
	 * @param text any text
	 * @return the text in single quotes, or in double quotes if it contains only single
	 * ones
	 */
	public static String quoted(String text) {
		char quote = (text.indexOf('\'') >= 0 && text.indexOf('"') < 0) ? '"' : '\'';
		StringBuilder quoted = new StringBuilder(text.length() + 8).append(quote);
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == quote || c == '\\') {
				quoted.append('\\').append(c);
			}
			else {
				append(quoted, c);
			}
		}
		return quoted.append(quote).toString();
	}

	/**
	 * Returns a text with control characters and unusual spaces escaped.
	 * @param text any text
	 * @return the text for a log line
	 */
	public static String printable(String text) {
		StringBuilder printable = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i++) {
			append(printable, text.charAt(i));
		}
		return printable.toString();
	}

	/**
	 * Returns whether a character is not escaped: it is not a control, and not a space or
	 * line end other than U+0020.
	 * @param c the character
	 * @return {@code true} if it is not escaped
	 */
	public static boolean isPrintable(char c) {
		return c == ' ' || !(Character.isISOControl(c) || Character.isSpaceChar(c));
	}

	private static void append(StringBuilder target, char c) {
		if (isPrintable(c)) {
			target.append(c);
			return;
		}
		switch (c) {
			case '\n' -> target.append("\\n");
			case '\r' -> target.append("\\r");
			case '\t' -> target.append("\\t");
			default -> {
				if (c > 0xff) {
					hex(target.append("\\u"), c, 12);
				}
				else {
					hex(target.append("\\x"), c, 4);
				}
			}
		}
	}

	private static void hex(StringBuilder target, char c, int firstShift) {
		for (int shift = firstShift; shift >= 0; shift -= 4) {
			target.append(Character.forDigit(c >> shift & 0xf, 16));
		}
	}

}
