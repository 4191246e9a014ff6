package io.github.requests4j.internal.url;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.text.Digits;

/**
 * Percent-encoding (RFC 3986 section 2.1) as in {@code requests.utils}. All methods are
 * pure functions that run in linear time.
 */
public final class PercentCodec {

	private static final char[] HEX = "0123456789ABCDEF".toCharArray();

	private static final int REPLACEMENT = 0xFFFD;

	private static final int INVALID = Integer.MAX_VALUE;

	private static final int NONE = Integer.MAX_VALUE - 1;

	private PercentCodec() {
	}

	/**
	 * Quotes a URI consistently: escapes of unreserved characters are decoded, illegal
	 * characters are encoded, and everything else is kept. If any escape has two letters
	 * or digits that are not hexadecimal, no percent sign is treated as an escape, and
	 * each becomes {@code %25}.
	 * @param uri any text
	 * @return the quoted text; the same instance if nothing changes
	 */
	public static String requoteUri(String uri) {
		String unquoted = unquote(uri);
		return (unquoted != null) ? quote(unquoted, true) : quote(uri, false);
	}

	/**
	 * Decodes the escapes of unreserved characters only.
	 * @param uri any text
	 * @return the text; the same instance if nothing changes
	 * @throws UrlSyntaxException if an escape has two letters or digits that are not
	 * hexadecimal
	 */
	public static String unquoteUnreserved(String uri) {
		String unquoted = unquote(uri);
		if (unquoted == null) {
			throw UrlSyntaxException.invalid(uri, "Invalid percent-escape sequence: '" + badEscape(uri) + "'");
		}
		return unquoted;
	}

	private static @Nullable String unquote(String uri) {
		int percent = uri.indexOf('%');
		if (percent < 0) {
			return uri;
		}
		StringBuilder target = new StringBuilder(uri.length());
		int copied = 0;
		for (; percent >= 0; percent = uri.indexOf('%', percent + 1)) {
			int value = escape(uri, percent);
			if (value == INVALID) {
				return null;
			}
			if (UrlChars.is(value, UrlChars.UNRESERVED)) {
				target.append(uri, copied, percent).append((char) value);
				copied = escapeEnd(uri, percent);
			}
		}
		return (copied == 0) ? uri : target.append(uri, copied, uri.length()).toString();
	}

	private static String badEscape(String uri) {
		int percent = uri.indexOf('%');
		while (escape(uri, percent) != INVALID) {
			percent = uri.indexOf('%', percent + 1);
		}
		return uri.substring(percent + 1, escapeEnd(uri, percent));
	}

	/**
	 * Returns the value of an escape, {@code NONE} if fewer than two letters or digits
	 * follow the percent sign, or {@code INVALID} if they are not hexadecimal. As in
	 * Python, the digits of all scripts are digits.
	 */
	private static int escape(String uri, int percent) {
		int first = percent + 1;
		if (first >= uri.length()) {
			return NONE;
		}
		int high = uri.codePointAt(first);
		int second = first + Character.charCount(high);
		if (second >= uri.length()) {
			return NONE;
		}
		int low = uri.codePointAt(second);
		if (!isAlphanumeric(high) || !isAlphanumeric(low)) {
			return NONE;
		}
		int value = digit(high) << 4 | digit(low);
		return (value < 0) ? INVALID : value;
	}

	private static int escapeEnd(String uri, int percent) {
		return uri.offsetByCodePoints(percent + 1, 2);
	}

	private static boolean isAlphanumeric(int codePoint) {
		return Character.isLetterOrDigit(codePoint) || Character.getType(codePoint) == Character.LETTER_NUMBER
				|| Character.getType(codePoint) == Character.OTHER_NUMBER;
	}

	private static int digit(int codePoint) {
		if (codePoint < 0x80) {
			return Digits.hexValue(codePoint);
		}
		return Character.isDigit(codePoint) ? Character.digit(codePoint, 10) : -1;
	}

	/** Encodes characters that are illegal in URIs, and optionally the percent sign. */
	private static String quote(String uri, boolean keepPercent) {
		int i = 0;
		while (i < uri.length() && isQuoted(uri.charAt(i), keepPercent)) {
			i++;
		}
		if (i == uri.length()) {
			return uri;
		}
		StringBuilder target = new StringBuilder(uri.length() + 16).append(uri, 0, i);
		while (i < uri.length()) {
			char character = uri.charAt(i);
			if (isQuoted(character, keepPercent)) {
				target.append(character);
				i++;
			}
			else {
				i = appendEncoded(target, uri, i);
			}
		}
		return target.toString();
	}

	private static boolean isQuoted(char character, boolean keepPercent) {
		return UrlChars.is(character, UrlChars.REQUOTE) || (keepPercent && character == '%');
	}

	/**
	 * Encodes everything except unreserved characters, including slashes, question marks
	 * and percent signs, so that the text is an opaque value in any component (RFC 6570
	 * section 3.2.2).
	 * @param value any text
	 * @return the encoded text; the same instance if nothing changes
	 */
	public static String encode(String value) {
		int i = 0;
		while (i < value.length() && UrlChars.is(value.charAt(i), UrlChars.UNRESERVED)) {
			i++;
		}
		if (i == value.length()) {
			return value;
		}
		StringBuilder target = new StringBuilder(value.length() + 16).append(value, 0, i);
		while (i < value.length()) {
			char character = value.charAt(i);
			if (UrlChars.is(character, UrlChars.UNRESERVED)) {
				target.append(character);
				i++;
			}
			else {
				i = appendEncoded(target, value, i);
			}
		}
		return target.toString();
	}

	/**
	 * Decodes all escapes as UTF-8, like {@code unquote} in Python. Invalid escapes and
	 * "+" are kept, and malformed UTF-8 becomes U+FFFD.
	 * @param text any text
	 * @return the decoded text; the same instance if nothing changes
	 */
	public static String decode(String text) {
		int percent = text.indexOf('%');
		if (percent < 0) {
			return text;
		}
		StringBuilder target = new StringBuilder(text.length());
		int copied = 0;
		while (percent >= 0) {
			int end = escapesEnd(text, percent);
			if (end > percent) {
				target.append(text, copied, percent).append(decodeEscapes(text, percent, end));
				copied = end;
			}
			percent = text.indexOf('%', Math.max(end, percent + 1));
		}
		return target.append(text, copied, text.length()).toString();
	}

	private static int escapesEnd(String text, int start) {
		int end = start;
		while (UrlChars.escapedByte(text, end) >= 0) {
			end += 3;
		}
		return end;
	}

	private static String decodeEscapes(String text, int start, int end) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream((end - start) / 3);
		for (int i = start; i < end; i += 3) {
			bytes.write(UrlChars.escapedByte(text, i));
		}
		return bytes.toString(StandardCharsets.UTF_8);
	}

	/**
	 * Encodes a component. If any percent sign does not start an escape, none of them is
	 * treated as an escape.
	 * @param component the component
	 * @param allowed the classes of characters that are not encoded
	 * @return the encoded component; the same instance if nothing changes
	 */
	static String encodeComponent(String component, int allowed) {
		int clean = finalLength(component, allowed);
		return (clean == component.length()) ? component : encodeFrom(component, clean, allowed);
	}

	/** Returns the length of the prefix that does not have to be changed. */
	private static int finalLength(String component, int allowed) {
		int end = UrlChars.cleanEnd(component, 0, component.length(), allowed);
		if (end == component.length()) {
			return end;
		}
		// A later stray "%" also changes the escapes before it
		int percent = component.indexOf('%');
		return (percent < 0) ? end : Math.min(percent, end);
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
		// The digits become upper case even if the percent sign is escaped
		target.append(HEX[value >> 4]).append(HEX[value & 0xF]);
		return index + 3;
	}

	/**
	 * Appends the escapes of the UTF-8 bytes of the character at {@code index}. An
	 * unpaired surrogate becomes U+FFFD.
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

	/**
	 * Appends form-encoded text, like {@code quote_plus} in Python: a space becomes "+",
	 * unreserved characters are kept, and everything else is escaped as UTF-8.
	 * @param target receives the encoded text
	 * @param text the text
	 */
	public static void appendForm(StringBuilder target, String text) {
		int i = 0;
		while (i < text.length()) {
			char character = text.charAt(i);
			if (appendPlain(target, character)) {
				i++;
			}
			else {
				i = appendEncoded(target, text, i);
			}
		}
	}

	/**
	 * Appends form-encoded bytes.
	 * @param target receives the encoded text
	 * @param bytes the bytes
	 */
	public static void appendForm(StringBuilder target, byte[] bytes) {
		for (byte value : bytes) {
			if (!appendPlain(target, value & 0xFF)) {
				appendByte(target, value);
			}
		}
	}

	private static boolean appendPlain(StringBuilder target, int character) {
		if (UrlChars.is(character, UrlChars.UNRESERVED)) {
			target.append((char) character);
			return true;
		}
		if (character == ' ') {
			target.append('+');
			return true;
		}
		return false;
	}

}
