package io.github.requests4j.internal.url;

/**
 * Percent-encodes what a component of a URL cannot hold, without encoding again what is
 * encoded already (urllib3's {@code _encode_invalid_chars}; behaviours 40 to 42).
 */
final class ComponentEncoder {

	private static final char[] HEX = "0123456789ABCDEF".toCharArray();

	private static final int REPLACEMENT = 0xFFFD;

	private ComponentEncoder() {
	}

	/**
	 * Encode a component. If any percent sign in it is not the beginning of an escape,
	 * then none of them is taken for one (behaviour 41).
	 * @param component the component
	 * @param allowed the classes of characters that stay as they are
	 * @return the encoded component; the same instance when nothing changes
	 */
	static String encode(String component, int allowed) {
		int clean = finalLength(component, allowed);
		return (clean == component.length()) ? component : encodeFrom(component, clean, allowed);
	}

	/** Whether a part of a text holds only allowed characters and upper-case escapes. */
	static boolean isClean(String text, int from, int end, int allowed) {
		return cleanEnd(text, from, end, allowed) == end;
	}

	private static int cleanEnd(String text, int from, int end, int allowed) {
		int i = from;
		while (i < end) {
			char character = text.charAt(i);
			if (UrlChars.is(character, allowed)) {
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

	/** The length of the part at the beginning that is in its final form. */
	private static int finalLength(String component, int allowed) {
		int end = cleanEnd(component, 0, component.length(), allowed);
		if (end == component.length()) {
			return end;
		}
		// A stray "%" further on changes the escapes before it too
		int percent = component.indexOf('%');
		return (percent < 0) ? end : Math.min(percent, end);
	}

	static boolean isUpperEscape(String text, int index) {
		return UrlChars.escapedByte(text, index) >= 0 && text.charAt(index + 1) < 'a' && text.charAt(index + 2) < 'a';
	}

	private static String encodeFrom(String component, int start, int allowed) {
		boolean encoded = isPercentEncoded(component, start);
		StringBuilder target = new StringBuilder(component.length() + 16).append(component, 0, start);
		int i = start;
		while (i < component.length()) {
			char character = component.charAt(i);
			if (character == '%') {
				i = appendPercent(target, component, i, encoded);
			}
			else if (UrlChars.is(character, allowed)) {
				target.append(character);
				i++;
			}
			else {
				i = appendEncoded(target, component, i);
			}
		}
		return target.toString();
	}

	private static boolean isPercentEncoded(String component, int start) {
		for (int i = component.indexOf('%', start); i >= 0; i = component.indexOf('%', i + 1)) {
			if (UrlChars.escapedByte(component, i) < 0) {
				return false;
			}
		}
		return true;
	}

	private static int appendPercent(StringBuilder target, String component, int index, boolean encoded) {
		target.append(encoded ? "%" : "%25");
		int value = UrlChars.escapedByte(component, index);
		if (value < 0) {
			return index + 1;
		}
		// The digits become upper case even where the sign before them is doubled
		target.append(HEX[value >> 4]).append(HEX[value & 0xF]);
		return index + 3;
	}

	/**
	 * Append the escapes of the UTF-8 bytes of the character at {@code index}. Half a
	 * surrogate pair is no character and becomes U+FFFD.
	 * @return the index after the character
	 */
	static int appendEncoded(StringBuilder target, String text, int index) {
		int codePoint = text.codePointAt(index);
		appendCodePoint(target, isSurrogate(codePoint) ? REPLACEMENT : codePoint);
		return index + Character.charCount(codePoint);
	}

	private static boolean isSurrogate(int codePoint) {
		return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
	}

	private static void appendCodePoint(StringBuilder target, int codePoint) {
		if (codePoint < 0x80) {
			appendByte(target, codePoint);
		}
		else if (codePoint < 0x800) {
			appendByte(target, 0xC0 | (codePoint >> 6));
			appendByte(target, 0x80 | (codePoint & 0x3F));
		}
		else {
			if (codePoint < 0x10000) {
				appendByte(target, 0xE0 | (codePoint >> 12));
			}
			else {
				appendByte(target, 0xF0 | (codePoint >> 18));
				appendByte(target, 0x80 | ((codePoint >> 12) & 0x3F));
			}
			appendByte(target, 0x80 | ((codePoint >> 6) & 0x3F));
			appendByte(target, 0x80 | (codePoint & 0x3F));
		}
	}

	static void appendByte(StringBuilder target, int value) {
		target.append('%').append(HEX[(value >> 4) & 0xF]).append(HEX[value & 0xF]);
	}

}
