package io.github.requests4j.cookies;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.text.HeaderRules;

/**
 * Checks cookies for forbidden characters and determines their length when sent.
 */
final class CookieText {

	private CookieText() {
	}

	/**
	 * Rejects control characters before anything is sent, to prevent header injection.
	 */
	static String requireNoControl(String what, String text) {
		return require(what, text, indexOfControl(text, false));
	}

	static String requireNoControlButTab(String what, String text) {
		return require(what, text, indexOfControl(text, true));
	}

	private static String require(String what, String text, int bad) {
		if (bad >= 0) {
			throw new IllegalArgumentException(String.format(
					"The %s contains the control character 0x%02X at index %d, which is not allowed in a header. Encode it.",
					what, (int) text.charAt(bad), bad));
		}
		return text;
	}

	static boolean hasControl(String text) {
		return indexOfControl(text, false) >= 0;
	}

	/**
	 * Returns whether the text has a control character because of which the whole
	 * Set-Cookie must be ignored (RFC 6265bis, section 5.6).
	 */
	static boolean hasControlButTab(String text) {
		return indexOfControl(text, true) >= 0;
	}

	private static int indexOfControl(String text, boolean tabAllowed) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (HeaderRules.isControl(c) || (c == '\t' && !tabAllowed)) {
				return i;
			}
		}
		return -1;
	}

	/**
	 * Returns the charset in which header text is sent: Latin-1 if possible, otherwise
	 * UTF-8.
	 */
	static Charset charsetOf(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (text.charAt(i) > 0xFF) {
				return StandardCharsets.UTF_8;
			}
		}
		return StandardCharsets.ISO_8859_1;
	}

	static int octets(@Nullable String text) {
		if (text == null) {
			return 0;
		}
		return charsetOf(text).equals(StandardCharsets.ISO_8859_1) ? text.length()
				: text.getBytes(StandardCharsets.UTF_8).length;
	}

	/**
	 * Removes spaces and tabs from both ends. Other characters are not white space here.
	 */
	static String trim(String text) {
		int start = 0;
		int end = text.length();
		while (start < end && HeaderRules.isBlank(text.charAt(start))) {
			start++;
		}
		while (end > start && HeaderRules.isBlank(text.charAt(end - 1))) {
			end--;
		}
		return text.substring(start, end);
	}

}
