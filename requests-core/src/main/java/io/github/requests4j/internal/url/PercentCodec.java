package io.github.requests4j.internal.url;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.text.Digits;

/**
 * Percent-encoding (RFC 3986 section 2.1) as {@code requests.utils} offers it. All
 * methods are pure and take time linear in the length of the text.
 */
public final class PercentCodec {

	private static final int BAD = Integer.MAX_VALUE;

	private static final int NONE = Integer.MAX_VALUE - 1;

	private PercentCodec() {
	}

	/**
	 * Bring a URI into a consistently quoted form: escapes of unreserved characters are
	 * decoded, illegal characters are encoded, everything else stays (behaviour 47). If
	 * some escape has two letters or digits that are not hexadecimal, then no percent
	 * sign is taken for an escape, and each becomes {@code %25}.
	 * @param uri any text
	 * @return the quoted text; the same instance when nothing changes
	 */
	public static String requoteUri(String uri) {
		String unquoted = unquote(uri);
		return (unquoted != null) ? quote(unquoted, true) : quote(uri, false);
	}

	/**
	 * Decode the escapes of unreserved characters, and leave all others (behaviour 48).
	 * @param uri any text
	 * @return the text; the same instance when nothing changes
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
			if (value == BAD) {
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
		while (escape(uri, percent) != BAD) {
			percent = uri.indexOf('%', percent + 1);
		}
		return uri.substring(percent + 1, escapeEnd(uri, percent));
	}

	/**
	 * The value of the escape, {@code NONE} when fewer than two letters or digits follow
	 * the sign, {@code BAD} when they are not hexadecimal. Python counts the digits of
	 * all scripts as digits.
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
		return (value < 0) ? BAD : value;
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

	/** Encode what is illegal anywhere in a URI; the percent sign too, if told. */
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
				i = ComponentEncoder.appendEncoded(target, uri, i);
			}
		}
		return target.toString();
	}

	private static boolean isQuoted(char character, boolean keepPercent) {
		return UrlChars.is(character, UrlChars.REQUOTE) || (keepPercent && character == '%');
	}

	/**
	 * Encode everything but unreserved characters, so that the text is one opaque value
	 * wherever it is put: slashes, question marks and percent signs too (RFC 6570 section
	 * 3.2.2).
	 * @param value any text
	 * @return the encoded text; the same instance when nothing changes
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
				i = ComponentEncoder.appendEncoded(target, value, i);
			}
		}
		return target.toString();
	}

	/**
	 * Decode every escape as UTF-8, as Python's {@code unquote} does: what is no escape
	 * stays, malformed UTF-8 becomes U+FFFD, "+" stays "+".
	 * @param text any text
	 * @return the decoded text; the same instance when nothing changes
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
	 * Remove the fragment and the userinfo of a URL (behaviour 247), as for the target of
	 * a request through a proxy. A text without an authority is taken to begin with one.
	 * @param url a URL
	 * @return the URL without them
	 */
	public static String urldefragauth(String url) {
		Url split = Url.split(url, false);
		UrlLayout layout = split.layout();
		String query = split.query();
		String suffix = (query == null || query.isEmpty()) ? "" : '?' + query;
		String scheme = (split.scheme() == null) ? "" : split.scheme() + ':';
		if (layout.authorityStart() >= 0 && layout.authorityStart() < layout.pathStart()) {
			String authority = url.substring(layout.hostStart(), layout.pathStart());
			return scheme + "//" + authority + split.path() + suffix;
		}
		String authority = split.path();
		if (url.isEmpty()) {
			return url;
		}
		return scheme + "//" + authority.substring(authority.lastIndexOf('@') + 1) + suffix;
	}

}
