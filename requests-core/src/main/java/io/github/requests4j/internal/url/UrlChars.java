package io.github.requests4j.internal.url;

import io.github.requests4j.internal.text.Digits;

/**
 * The character classes of RFC 3986 in one table, so that a scan requires one lookup for
 * each character.
 */
final class UrlChars {

	/** Letters, digits and {@code - . _ ~} (RFC 3986 section 2.3). */
	static final int UNRESERVED = 1;

	/** Characters that are allowed in the userinfo. */
	static final int USERINFO = 1 << 1;

	/** Characters that are allowed in a path, including slashes. */
	static final int PATH = 1 << 2;

	/** Characters that are allowed in a query or a fragment. */
	static final int QUERY = 1 << 3;

	/** Characters of a normalized host, except brackets and escapes. */
	static final int PLAIN_HOST = 1 << 4;

	/** Characters that are allowed after the first letter of a scheme. */
	static final int SCHEME = 1 << 5;

	/** Characters that {@code requote_uri} does not encode, except the percent sign. */
	static final int REQUOTE = 1 << 6;

	private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";

	private static final String LETTERS = LOWER + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

	private static final String DIGITS = "0123456789";

	private static final String SUB_DELIMS = "!$&'()*+,;=";

	private static final byte[] TABLE = new byte[128];

	static {
		mark(LETTERS + DIGITS, UNRESERVED | USERINFO | PATH | QUERY | SCHEME | REQUOTE);
		mark("-._~", UNRESERVED | USERINFO | PATH | QUERY | REQUOTE);
		mark(SUB_DELIMS, USERINFO | PATH | QUERY | REQUOTE);
		mark(":", USERINFO | PATH | QUERY | REQUOTE);
		mark("@/", PATH | QUERY | REQUOTE);
		mark("?", QUERY | REQUOTE);
		mark("#[]", REQUOTE);
		mark("+-.", SCHEME);
		mark(LOWER + DIGITS + "-._", PLAIN_HOST);
	}

	private UrlChars() {
	}

	private static void mark(String characters, int classes) {
		for (int i = 0; i < characters.length(); i++) {
			TABLE[characters.charAt(i)] |= (byte) classes;
		}
	}

	static boolean is(int character, int classes) {
		return character < 128 && (TABLE[character] & classes) != 0;
	}

	static boolean isAsciiLetter(char character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
	}

	/**
	 * Returns whether a character is a C0 or C1 control or DEL, which are illegal in
	 * URLs.
	 */
	static boolean isControl(char character) {
		return character < 0x20 || (character >= 0x7F && character <= 0x9F);
	}

	/** Returns the byte of the escape at {@code index}, or -1 if there is no escape. */
	static int escapedByte(String text, int index) {
		if (index + 2 >= text.length() || text.charAt(index) != '%') {
			return -1;
		}
		int high = Digits.hexValue(text.charAt(index + 1));
		int low = Digits.hexValue(text.charAt(index + 2));
		return (high < 0 || low < 0) ? -1 : (high << 4) | low;
	}

	/** Returns whether there is an escape with upper-case digits at {@code index}. */
	static boolean isUpperEscape(String text, int index) {
		return escapedByte(text, index) >= 0 && text.charAt(index + 1) < 'a' && text.charAt(index + 2) < 'a';
	}

	/**
	 * Returns whether a range contains only allowed characters and upper-case escapes.
	 */
	static boolean isClean(String text, int from, int end, int allowed) {
		return cleanEnd(text, from, end, allowed) == end;
	}

	/** Returns the end of the clean part of a range. */
	static int cleanEnd(String text, int from, int end, int allowed) {
		int i = from;
		while (i < end) {
			char character = text.charAt(i);
			if (is(character, allowed)) {
				i++;
			}
			else if (i + 2 < end && isUpperEscape(text, i)) {
				i += 3;
			}
			else {
				return i;
			}
		}
		return i;
	}

	static boolean isAscii(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (text.charAt(i) >= 128) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Converts only ASCII letters to lower case, independent of the locale.
	 */
	static String lowerAscii(String text) {
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			if (character >= 'A' && character <= 'Z') {
				return lowerAsciiFrom(text, i);
			}
		}
		return text;
	}

	private static String lowerAsciiFrom(String text, int start) {
		char[] characters = text.toCharArray();
		for (int i = start; i < characters.length; i++) {
			if (characters[i] >= 'A' && characters[i] <= 'Z') {
				characters[i] = (char) (characters[i] | 0x20);
			}
		}
		return new String(characters);
	}

}
