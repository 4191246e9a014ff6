package io.github.requests4j.http;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A Content-Type, read with the leniency of requests
 * ({@code _parse_content_type_header}): parameters without {@code =} are ignored, quotes
 * and blanks stripped, the last of equal names counts. Unlike there, {@code ;} within
 * double quotes is part of the value, as RFC 9110 section 5.6.6 has it. Immutable.
 *
 * @param mediaType type and subtype as they were sent
 * @param params the parameters, names in lower case
 */
record ContentType(String mediaType, Map<String, String> params) {

	static ContentType parse(String header) {
		int end = nextSemicolon(header, 0);
		String mediaType = header.substring(0, end).strip();
		Map<String, String> params = new LinkedHashMap<>();
		while (end < header.length()) {
			int start = end + 1;
			end = nextSemicolon(header, start);
			String param = header.substring(Math.min(start, end), end);
			int equals = param.indexOf('=');
			if (equals >= 0) {
				params.put(unquoted(param.substring(0, equals)).toLowerCase(Locale.ROOT),
						unquoted(param.substring(equals + 1)));
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

	// A quote that is never closed quotes nothing.
	private static int nextSemicolon(String header, int start) {
		int i = start;
		while (i < header.length() && header.charAt(i) != ';') {
			int closing = (header.charAt(i) == '"') ? header.indexOf('"', i + 1) : -1;
			i = Math.max(i, closing) + 1;
		}
		return Math.min(i, header.length());
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
