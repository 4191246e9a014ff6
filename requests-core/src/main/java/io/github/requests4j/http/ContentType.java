package io.github.requests4j.http;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A Content-Type, parsed as leniently as in requests
 * ({@code _parse_content_type_header}): parameters without {@code =} are ignored, quotes
 * and blanks are stripped, and the last of several parameters with the same name wins.
 * Unlike in requests, a value in double quotes is a quoted string (RFC 9110 section
 * 5.6.4): it may contain {@code ;} and escapes, and text after it is ignored. Immutable.
 *
 * @param mediaType type and subtype in their original case
 * @param params the parameters, names in lower case
 */
record ContentType(String mediaType, Map<String, String> params) {

	static ContentType parse(String header) {
		int end = indexOf(header, ";", 0);
		String mediaType = header.substring(0, end).strip();
		Map<String, String> params = new LinkedHashMap<>();
		while (end < header.length()) {
			int start = end + 1;
			int equals = indexOf(header, ";=", start);
			end = equals;
			if (equals < header.length() && header.charAt(equals) == '=') {
				int value = skipBlanks(header, equals + 1);
				int closing = closingQuote(header, value);
				end = indexOf(header, ";", Math.max(closing, value));
				String text = (closing > 0) ? unescaped(header.substring(value + 1, closing))
						: header.substring(value, end);
				params.put(unquoted(header.substring(start, equals)).toLowerCase(Locale.ROOT), unquoted(text));
			}
		}
		return new ContentType(mediaType, params);
	}

	@Nullable String charset() {
		return this.params.get("charset");
	}

	boolean isText() {
		return this.mediaType.equalsIgnoreCase("text") || this.mediaType.regionMatches(true, 0, "text/", 0, 5);
	}

	boolean isJson() {
		return this.mediaType.equalsIgnoreCase("application/json");
	}

	/** Returns the index of the first of these characters, or the length of the text. */
	private static int indexOf(String text, String characters, int start) {
		int i = start;
		while (i < text.length() && characters.indexOf(text.charAt(i)) < 0) {
			i++;
		}
		return i;
	}

	private static int skipBlanks(String text, int start) {
		int i = start;
		while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
			i++;
		}
		return i;
	}

	/**
	 * Returns the index of the closing quote of the quoted string that starts here, or -1
	 * if there is none. A quote that is never closed does not start a quoted string.
	 */
	private static int closingQuote(String text, int start) {
		if (start >= text.length() || text.charAt(start) != '"') {
			return -1;
		}
		int i = start + 1;
		while (i < text.length() && text.charAt(i) != '"') {
			i += (text.charAt(i) == '\\') ? 2 : 1;
		}
		return (i < text.length()) ? i : -1;
	}

	private static String unescaped(String quoted) {
		if (quoted.indexOf('\\') < 0) {
			return quoted;
		}
		StringBuilder text = new StringBuilder(quoted.length());
		int i = 0;
		while (i < quoted.length()) {
			i += (quoted.charAt(i) == '\\' && i + 1 < quoted.length()) ? 1 : 0;
			text.append(quoted.charAt(i));
			i++;
		}
		return text.toString();
	}

	private static String unquoted(String text) {
		int start = 0;
		int end = text.length();
		while (start < end && isQuote(text.charAt(start))) {
			start++;
		}
		while (end > start && isQuote(text.charAt(end - 1))) {
			end--;
		}
		return text.substring(start, end);
	}

	private static boolean isQuote(char c) {
		return c == '"' || c == '\'' || c == ' ' || c == '\t';
	}

}
