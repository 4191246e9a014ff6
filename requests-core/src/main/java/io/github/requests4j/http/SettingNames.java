package io.github.requests4j.http;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces the names of settings in a message. Names in a URL, where they are a part of a
 * path or a query, stay.
 */
final class SettingNames {

	private static final Pattern NAME = Pattern
		.compile("(?<![\\w/?&=.%+-])([a-z]+(?:[A-Z][a-z0-9]+)+)(?:\\((true|false|[0-9]+)\\))?(?![\\w=(-])");

	private SettingNames() {
	}

	/**
	 * Replaces {@code maxRedirects} and {@code raiseOnStatus(false)} by the names that a
	 * function returns for {@code maxRedirects} and {@code raiseOnStatus}.
	 */
	static String replace(String message, UnaryOperator<String> names) {
		Matcher matcher = NAME.matcher(message);
		StringBuilder replaced = new StringBuilder();
		while (matcher.find()) {
			String name = names.apply(matcher.group(1));
			boolean known = !name.equals(matcher.group(1));
			String value = (matcher.group(2) != null) ? ": " + matcher.group(2) : "";
			matcher.appendReplacement(replaced, Matcher.quoteReplacement(known ? name + value : matcher.group()));
		}
		return matcher.appendTail(replaced).toString();
	}

}
