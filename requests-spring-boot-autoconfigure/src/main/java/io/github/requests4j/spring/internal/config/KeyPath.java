package io.github.requests4j.spring.internal.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * The elements of a key below {@code requests.defaults}, {@code requests.sessions.<name>}
 * or {@code requests.clients.<name>}, in lower case and without dashes. The path of a key
 * in {@code requests.redis} or {@code requests.observation} starts with the name of this
 * group. Immutable.
 *
 * @param elements the elements; empty for the defaults, the session or the client itself
 * @param ofClient whether the key belongs to a client
 */
record KeyPath(List<String> elements, boolean ofClient) {

	private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of(RequestsProperties.PREFIX);

	/**
	 * The path of every other name. It is too long to match any of the rules.
	 */
	private static final KeyPath ELSEWHERE = new KeyPath(List.of("", "", "", ""), false);

	private static final String MAX_RETRIES = "maxretries";

	private static final Map<String, String> LONG_FORMS = Map.of("cert", "certificate", "cache", "size", "hedge",
			"after", "rate", "limit", "concurrency", "limit", "cookies", "scope", MAX_RETRIES, "total");

	/** The groups of settings that belong to no session. */
	private static final Set<String> SHARED = Set.of("redis", "observation");

	private static final Set<String> GROUPS = Set.of("redis", "observation", "auth", "ssl", "redirect", "adapter",
			"limits", "egress", "resilience", "logging");

	static KeyPath of(ConfigurationPropertyName name) {
		int size = name.getNumberOfElements();
		if (!ROOT.isAncestorOf(name)) {
			return ELSEWHERE;
		}
		String area = name.getElement(1, Form.UNIFORM);
		int above = SHARED.contains(area) ? 1 : area.equals("defaults") ? 2 : 3;
		if (size < above) {
			return ELSEWHERE;
		}
		List<String> below = IntStream.range(above, size).mapToObj((i) -> name.getElement(i, Form.UNIFORM)).toList();
		return new KeyPath(below, area.equals("clients"));
	}

	/** Returns whether a plain value of this key is short for a group of keys. */
	boolean isShortForm() {
		if (this.ofClient) {
			return last().equals(MAX_RETRIES) && isOfClientOrMethod();
		}
		return switch (this.elements.size()) {
			case 1 -> LONG_FORMS.containsKey(last()) && !last().equals(MAX_RETRIES);
			case 2 -> first().equals("adapter") && last().equals(MAX_RETRIES);
			case 3 -> first().equals("adapters") && last().equals(MAX_RETRIES);
			default -> false;
		};
	}

	/** Returns the key that a plain value of this key sets. */
	String longForm() {
		return LONG_FORMS.getOrDefault(last(), "");
	}

	/** Returns whether this is the key that a short form sets. */
	boolean isLongForm() {
		if (this.elements.size() < 2) {
			return false;
		}
		KeyPath parent = new KeyPath(this.elements.subList(0, this.elements.size() - 1), this.ofClient);
		return parent.isShortForm() && parent.longForm().equals(last());
	}

	/** Returns whether this is an amount, which {@code false} sets to 0. */
	boolean isAmount() {
		return isLongForm() && (last().equals("total") || last().equals("size"));
	}

	/** Returns whether this is a group of keys and cannot have a value. */
	boolean isGroup() {
		return switch (this.elements.size()) {
			case 0 -> true;
			case 1 -> GROUPS.contains(last());
			case 2 -> first().equals("adapters") || (this.ofClient && first().equals("methods"));
			case 3 -> this.ofClient && isOfClientOrMethod() && GROUPS.contains(last());
			default -> false;
		};
	}

	/** Returns whether this is a key of a whole client or of one of its methods. */
	private boolean isOfClientOrMethod() {
		return this.elements.size() == 1 || (this.elements.size() == 3 && first().equals("methods"));
	}

	/** Returns whether this key is the given session key or one under it. */
	boolean isUnder(String key) {
		return !this.elements.isEmpty() && first().equals(key);
	}

	private String first() {
		return this.elements.get(0);
	}

	private String last() {
		return this.elements.isEmpty() ? "" : this.elements.get(this.elements.size() - 1);
	}

}
