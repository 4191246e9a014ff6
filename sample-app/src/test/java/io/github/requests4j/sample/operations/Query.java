package io.github.requests4j.sample.operations;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a query in PromQL asks for. {@code promtool} checks the syntax, so this one only
 * has to find names.
 *
 * @param text the query
 */
record Query(String text) {

	private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*\\]");

	private static final Pattern PART = Pattern
		.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\((?<labels>[^)]*)\\)"
				+ "|(?<![\\w:$\"])(?<metric>[a-zA-Z_:][\\w:]*+)(?!\\s*\\(|\\s+(?:by|without)\\b)"
				+ "(?:\\{(?<conditions>[^}]*)\\})?|\\{(?<named>[^}]*__name__[^}]*)\\}");

	private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");

	private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset");

	/** Returns what the query selects, in its order. */
	List<Selector> selectors() {
		List<Selector> selectors = new ArrayList<>();
		Set<String> labels = Set.of();
		Matcher part = PART.matcher(RANGE.matcher(this.text).replaceAll(""));
		while (part.find()) {
			String list = part.group("labels");
			if (list != null) {
				labels = Set.of(list.strip().split("\\s*,\\s*"));
			}
			else if (part.group("named") != null) {
				selectors.add(selector(conditions(part.group("named")), labels));
				labels = Set.of();
			}
			else if (!OPERATORS.contains(part.group("metric"))) {
				selectors
					.add(new Selector(List.of(part.group("metric")), conditions(part.group("conditions")), labels));
				labels = Set.of();
			}
		}
		return selectors;
	}

	/** Returns a selector of several names, which are the values of a label. */
	private static Selector selector(List<Condition> conditions, Set<String> labels) {
		List<String> names = conditions.stream()
			.filter((condition) -> condition.label().equals("__name__"))
			.flatMap((condition) -> condition.values().stream())
			.toList();
		return new Selector(names,
				conditions.stream().filter((condition) -> !condition.label().equals("__name__")).toList(), labels);
	}

	private static List<Condition> conditions(@Nullable String text) {
		List<Condition> conditions = new ArrayList<>();
		Matcher matcher = MATCHER.matcher((text != null) ? text : "");
		while (matcher.find()) {
			conditions.add(new Condition(matcher.group(1), matcher.group(2), matcher.group(3)));
		}
		return conditions;
	}

	/**
	 * The series of a metric.
	 *
	 * @param metrics its name, or the names of which it has one
	 * @param conditions what their labels must be
	 * @param groups the labels by which they are grouped
	 */
	record Selector(List<String> metrics, List<Condition> conditions, Set<String> groups) {
	}

	/**
	 * What a label must be.
	 *
	 * @param label its name
	 * @param operator how it is compared
	 * @param value the value, or a regular expression for it
	 */
	record Condition(String label, String operator, String value) {

		/**
		 * Returns the values that have to exist: none for a variable of the dashboard,
		 * and none that is excluded.
		 */
		List<String> values() {
			return (this.value.startsWith("$") || this.operator.startsWith("!")) ? List.of()
					: List.of(this.value.split("\\|"));
		}

	}

}
