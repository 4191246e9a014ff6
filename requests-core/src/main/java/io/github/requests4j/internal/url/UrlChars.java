package io.github.requests4j.internal.url;

import io.github.requests4j.internal.text.Digits;

/**
 * The character classes of RFC 3986 as one table, so that a scan costs one look-up for
 * each character.
 */
final class UrlChars {

	/** Letters, digits and {@code - . _ ~} (RFC 3986 section 2.3). */
	static final int UNRESERVED = 1;

	/** What may stand in the userinfo as it is. */
	static final int USERINFO = 1 << 1;

	/** What may stand in a path as it is, slashes included. */
	static final int PATH = 1 << 2;

	/** What may stand in a query or a fragment as it is. */
	static final int QUERY = 1 << 3;

	/** What a host in its final form consists of, brackets and escapes aside. */
	static final int PLAIN_HOST = 1 << 4;

	/** What may follow the first letter of a scheme. */
	static final int SCHEME = 1 << 5;

	/** What {@code requote_uri} leaves alone, the percent sign aside. */
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

	/** C0 and C1 controls and DEL: never legal anywhere in a URL. */
	static boolean isControl(char character) {
		return character < 0x20 || (character >= 0x7F && character <= 0x9F);
	}

	/** The byte that the escape at {@code index} stands for, or -1 when it is none. */
	static int escapedByte(String text, int index) {
		if (index + 2 >= text.length() || text.charAt(index) != '%') {
			return -1;
		}
		int high = Digits.hexValue(text.charAt(index + 1));
		int low = Digits.hexValue(text.charAt(index + 2));
		return (high < 0 || low < 0) ? -1 : (high << 4) | low;
	}

	/** Whether an escape with upper-case digits begins at {@code index}. */
	static boolean isUpperEscape(String text, int index) {
		return escapedByte(text, index) >= 0 && text.charAt(index + 1) < 'a' && text.charAt(index + 2) < 'a';
	}

	/** Whether a part of a text holds only allowed characters and upper-case escapes. */
	static boolean isClean(String text, int from, int end, int allowed) {
		return cleanEnd(text, from, end, allowed) == end;
	}

	/** Where the clean part of a text ends. */
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
	 * Lower-case the ASCII letters only, so that no locale and no other script is
	 * touched.
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
