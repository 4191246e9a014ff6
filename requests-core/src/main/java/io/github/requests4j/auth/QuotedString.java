package io.github.requests4j.auth;

/**
 * Writes quoted strings (RFC 9110, section 5.6.4).
 */
final class QuotedString {

	private QuotedString() {
	}

	/**
	 * Returns the text in quotes, with each quote and backslash in it escaped. What is
	 * left unescaped could end the string early and add parameters of its own.
	 */
	static String of(String text) {
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
