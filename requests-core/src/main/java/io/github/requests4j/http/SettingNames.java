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

	/** Timeouts are components of one setting in code, and have keys of their own. */
	private static final Pattern TIMEOUT = Pattern.compile("(?<=raise )the (connect|read) timeout");

	private SettingNames() {
	}

	/**
	 * Replaces {@code maxRedirects} and {@code raiseOnStatus(false)} by the names that a
	 * function returns for {@code maxRedirects} and {@code raiseOnStatus}, and
	 * {@code raise the read timeout} by {@code raise} and the name that it returns for
	 * {@code readTimeout}.
	 */
	static String replace(String message, UnaryOperator<String> names) {
		return replaceNames(TIMEOUT.matcher(message).replaceAll((timeout) -> {
			String name = timeout.group(1) + "Timeout";
			String replacement = names.apply(name);
			return Matcher.quoteReplacement(replacement.equals(name) ? timeout.group() : replacement);
		}), names);
	}

	private static String replaceNames(String message, UnaryOperator<String> names) {
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
