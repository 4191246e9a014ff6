package io.github.requests4j.http;

import java.util.Locale;

/**
 * Checks and writes the method of a request (behaviours 5, 6).
 */
final class MethodPreparer {

	private MethodPreparer() {
	}

	static String prepare(String method) {
		return check(method.toUpperCase(Locale.ROOT));
	}

	static String check(String method) {
		for (int i = 0; i < method.length(); i++) {
			if (!isTokenCharacter(method.charAt(i))) {
				throw new IllegalArgumentException("Method cannot contain non-token characters: '" + visible(method)
						+ "' has one at position " + i + " (RFC 9110, section 5.6.2)");
			}
		}
		return method;
	}

	private static boolean isTokenCharacter(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
				|| "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
	}

	private static String visible(String text) {
		StringBuilder shown = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			shown.append((c < ' ' || c > '~') ? String.format("\\u%04x", (int) c) : String.valueOf(c));
		}
		return shown.toString();
	}

}
