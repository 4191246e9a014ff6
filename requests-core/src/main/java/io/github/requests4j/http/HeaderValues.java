package io.github.requests4j.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Parses header values that are lists, as {@code requests.utils} does. Lenient: every
 * text has a result. Pure functions that run in linear time. <pre>{@code
 * Map<String, String> parts = HeaderValues.parseDict("max-age=60, path=\"/a, b\""); // {max-age=60, path=/a, b}
 * }</pre>
 */
public final class HeaderValues {

	private HeaderValues() {
	}

	/**
	 * Returns the items of a comma-separated list, with quotes removed
	 * ({@code parse_list_header}).
	 * @param value the value of the header
	 * @return the items in order
	 */
	public static List<String> parseList(String value) {
		List<String> items = items(value);
		items.replaceAll(HeaderValues::unquotedTwice);
		return items;
	}

	/**
	 * Returns the items of a comma-separated list as names and values, split at the first
	 * equals sign ({@code parse_dict_header}). Names keep their case and the blanks
	 * before the sign. If a name is repeated, the last value wins.
	 * @param value the value of the header
	 * @return names and values in order; an item without an equals sign is a name with a
	 * null value
	 */
	public static Map<String, @Nullable String> parseDict(String value) {
		Map<String, @Nullable String> map = new LinkedHashMap<>();
		for (String item : items(value)) {
			int equals = item.indexOf('=');
			if (equals < 0) {
				map.put(item, null);
			}
			else {
				map.put(item.substring(0, equals), unquotedTwice(item.substring(equals + 1)));
			}
		}
		return map;
	}

	/**
	 * Removes the quotes from a value, as browsers do ({@code unquote_header_value}).
	 * @param value the value
	 * @return the value without quotes and escapes; unchanged if it is not quoted
	 */
	public static String unquote(String value) {
		return isQuoted(value) ? unescaped(inner(value)) : value;
	}

	/**
	 * Removes the quotes from a file name. All backslashes of a UNC path, which starts
	 * with two of them, are kept.
	 * @param value the value
	 * @return the name without quotes and escapes; unchanged if it is not quoted
	 */
	public static String unquoteFilename(String value) {
		return (isQuoted(value) && inner(value).startsWith("\\\\")) ? inner(value) : unquote(value);
	}

	/**
	 * Splits a list as Python does. Quoted strings may contain commas, and a backslash in
	 * them escapes the next character.
	 */
	private static List<String> items(String value) {
		List<String> items = new ArrayList<>();
		StringBuilder item = new StringBuilder();
		boolean quoted = false;
		boolean escaped = false;
		for (int i = 0; i < value.length(); i++) {
			char character = value.charAt(i);
			if (!escaped && quoted && character == '\\') {
				escaped = true;
			}
			else if (!quoted && character == ',') {
				items.add(item.toString().strip());
				item.setLength(0);
			}
			else {
				quoted ^= character == '"' && !escaped;
				escaped = false;
				item.append(character);
			}
		}
		if (!item.isEmpty()) {
			items.add(item.toString().strip());
		}
		return items;
	}

	/**
	 * Removes quotes as requests does: once here, and a second pair in
	 * {@code unquote_header_value}.
	 */
	private static String unquotedTwice(String item) {
		return isQuoted(item) ? unquote(inner(item)) : item;
	}

	private static boolean isQuoted(String value) {
		return !value.isEmpty() && value.charAt(0) == '"' && value.endsWith("\"");
	}

	private static String inner(String value) {
		return (value.length() < 2) ? "" : value.substring(1, value.length() - 1);
	}

	private static String unescaped(String value) {
		return value.replace("\\\\", "\\").replace("\\\"", "\"");
	}

}
