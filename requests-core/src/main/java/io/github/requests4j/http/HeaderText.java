package io.github.requests4j.http;

/**
 * Shows parts of headers in messages: as Python's {@code repr} does, so that no control
 * character reaches a log.
 */
final class HeaderText {

	private HeaderText() {
	}

	static String quoted(String text) {
		char quote = (text.indexOf('\'') >= 0 && text.indexOf('"') < 0) ? '"' : '\'';
		StringBuilder quoted = new StringBuilder(text.length() + 8).append(quote);
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == quote || c == '\\') {
				quoted.append('\\').append(c);
			}
			else {
				appendPrintable(quoted, c);
			}
		}
		return quoted.append(quote).toString();
	}

	static String printable(String text) {
		StringBuilder printable = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i++) {
			appendPrintable(printable, text.charAt(i));
		}
		return printable.toString();
	}

	private static void appendPrintable(StringBuilder target, char c) {
		switch (c) {
			case '\n' -> target.append("\\n");
			case '\r' -> target.append("\\r");
			case '\t' -> target.append("\\t");
			default -> {
				if (c < ' ' || (c >= 0x7F && c <= 0xA0)) {
					target.append(String.format("\\x%02x", (int) c));
				}
				else if (c != ' ' && Character.isSpaceChar(c)) {
					target.append(String.format("\\u%04x", (int) c));
				}
				else {
					target.append(c);
				}
			}
		}
	}

}
