package io.github.requests4j.internal.text;

import java.util.List;

/**
 * Finds the encodings that HTML and XML documents declare. Equivalent to three regular
 * expressions of requests, but in linear time.
 */
public final class MetaCharsets {

	private MetaCharsets() {
	}

	/**
	 * Finds the encodings that a document declares.
	 * @param content the document
	 * @param encodings the list to which the names are added, as written in the document
	 */
	public static void find(String content, List<String> encodings) {
		findInMeta(content, "charset=", "", encodings);
		findInMeta(content, "content=", "charset=", encodings);
		findInDeclaration(content, encodings);
	}

	/**
	 * Finds {@code <meta ... attribute="then... } within a line.
	 */
	private static void findInMeta(String content, String attribute, String then, List<String> encodings) {
		int meta = indexOf(content, "<meta", 0, content.length());
		while (meta >= 0) {
			int lineEnd = lineEnd(content, meta);
			int found = indexOf(content, attribute, meta + "<meta".length(), lineEnd);
			int value = -1;
			while (found >= 0 && value < 0) {
				value = afterPrefix(content, skipQuotes(content, found + attribute.length()), then);
				found = indexOf(content, attribute, found + 1, lineEnd);
			}
			int end = (value >= 0) ? addValue(content, value, lineEnd, encodings) : -1;
			meta = indexOf(content, "<meta", (end >= 0) ? end : lineEnd, content.length());
		}
	}

	private static void findInDeclaration(String content, List<String> encodings) {
		if (content.startsWith("<?xml")) {
			int lineEnd = lineEnd(content, 0);
			int found = content.indexOf("encoding=");
			if (found >= 0 && found < lineEnd) {
				addValue(content, skipQuotes(content, found + "encoding=".length()), lineEnd, encodings);
			}
		}
	}

	private static int afterPrefix(String content, int start, String prefix) {
		if (prefix.isEmpty()) {
			return start;
		}
		int from = content.startsWith(";", start) ? start + 1 : start;
		return content.regionMatches(true, from, prefix, 0, prefix.length()) ? from + prefix.length() : -1;
	}

	/**
	 * Adds the text before the next quote or {@code >}.
	 * @return the end of the text, or -1 if there is none
	 */
	private static int addValue(String content, int start, int lineEnd, List<String> encodings) {
		for (int i = start + 1; i < lineEnd; i++) {
			if ("\"'>".indexOf(content.charAt(i)) >= 0) {
				encodings.add(content.substring(start, i));
				return i;
			}
		}
		return -1;
	}

	private static int skipQuotes(String content, int start) {
		int i = start;
		while (i < content.length() && (content.charAt(i) == '"' || content.charAt(i) == '\'')) {
			i++;
		}
		return i;
	}

	private static int lineEnd(String content, int start) {
		int end = content.indexOf('\n', start);
		return (end >= 0) ? end : content.length();
	}

	private static int indexOf(String content, String text, int start, int end) {
		for (int i = start; i <= end - text.length(); i++) {
			if (content.regionMatches(true, i, text, 0, text.length())) {
				return i;
			}
		}
		return -1;
	}

}
