package io.github.requests4j.spring.internal.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * Normalizes the names of properties, so that equal settings have equal names.
 * User-chosen names keep every character. Spring Boot would drop unexpected ones, such as
 * the space in {@code "bad name"} or the dollar sign in {@code $filter}.
 */
final class KeyText {

	/** Keys whose remaining elements are a single user-chosen name. */
	static final Set<String> NAMED_VALUES = Set.of("headers", "params", "proxies");

	private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");

	private static final Pattern NUMBER = Pattern.compile("[0-9]+");

	private final List<Part> parts;

	private KeyText(List<Part> parts) {
		this.parts = parts;
	}

	/** One element of a name, which may have been in brackets. */
	private record Part(String text, boolean bracketed) {
	}

	/**
	 * Returns the normalized name, or null if it is not under {@code requests}.
	 */
	static @Nullable ConfigurationPropertyName parse(String written) {
		if (!written.regionMatches(true, 0, RequestsProperties.PREFIX, 0, RequestsProperties.PREFIX.length())) {
			return null;
		}
		KeyText key = new KeyText(split(written));
		return (key.parts.size() > 1 && key.uniform(0).equals(RequestsProperties.PREFIX)) ? key.normalized() : null;
	}

	/**
	 * Returns the key of a component in dashed form. Some keys, such as {@code wait},
	 * cannot be the name of a component, and are set by an annotation.
	 */
	static String keyOf(RecordComponent component) {
		try {
			Name name = component.getDeclaringRecord().getDeclaredField(component.getName()).getAnnotation(Name.class);
			return (name != null) ? name.value() : DataObjectPropertyName.toDashedForm(component.getName());
		}
		catch (NoSuchFieldException ex) {
			throw new IllegalStateException("A component of a record always has a field", ex);
		}
	}

	/** Returns whether a component has a key, written without dashes. */
	static boolean isKeyOf(RecordComponent component, String uniform) {
		return uniform(keyOf(component)).equals(uniform.toLowerCase(Locale.ROOT));
	}

	/** Returns a name in lower case that has only its letters and digits. */
	static String uniform(String name) {
		StringBuilder uniform = new StringBuilder(name.length());
		name.toLowerCase(Locale.ROOT).chars().filter(Character::isLetterOrDigit).forEach(uniform::appendCodePoint);
		return uniform.toString();
	}

	/** Returns a user-chosen name as an element, in brackets if necessary. */
	static String chosen(String name) {
		return PLAIN.matcher(name).matches() ? "." + name : "[" + name + "]";
	}

	/**
	 * Returns a range of the elements of a name as they were spelled. The text is built
	 * element by element, because names that were chopped and appended miscount their
	 * elements.
	 */
	static String spelling(ConfigurationPropertyName name, int from, int to) {
		StringBuilder spelling = new StringBuilder();
		for (int i = from; i < to; i++) {
			String element = name.getElement(i, Form.ORIGINAL);
			boolean bracketed = name.chop(i + 1).isLastElementIndexed();
			spelling.append(bracketed ? "[" + element + "]" : (spelling.isEmpty() ? "" : ".") + element);
		}
		return spelling.toString();
	}

	/**
	 * Returns a name as it was written, unlike {@code toString}, which uses lower case.
	 */
	static String written(ConfigurationPropertyName name) {
		return spelling(name, 0, name.getNumberOfElements());
	}

	/** Returns the first elements of a name. */
	static ConfigurationPropertyName chop(ConfigurationPropertyName name, int size) {
		return ConfigurationPropertyName.adapt(spelling(name, 0, size), '.');
	}

	private static List<Part> split(String written) {
		List<Part> parts = new ArrayList<>();
		int from = 0;
		int i = 0;
		while (i <= written.length()) {
			char c = (i < written.length()) ? written.charAt(i) : '.';
			int close = (c == '[') ? closing(written, i) : -1;
			if (c == '.' || close > 0) {
				if (i > from) {
					parts.add(new Part(written.substring(from, i), false));
				}
				from = i + 1;
			}
			if (close > 0) {
				parts.add(new Part(written.substring(i + 1, close), true));
				from = close + 1;
				i = close;
			}
			i++;
		}
		return parts;
	}

	/**
	 * Returns the index of the closing bracket, or -1. Brackets may be nested, as in
	 * {@code [filter[state]]}.
	 */
	private static int closing(String written, int open) {
		int depth = 0;
		for (int i = open; i < written.length(); i++) {
			depth += switch (written.charAt(i)) {
				case '[' -> 1;
				case ']' -> -1;
				default -> 0;
			};
			if (depth == 0) {
				return i;
			}
		}
		return -1;
	}

	private ConfigurationPropertyName normalized() {
		StringBuilder name = new StringBuilder(RequestsProperties.PREFIX);
		String area = uniform(1);
		boolean named = area.equals("sessions") || area.equals("clients");
		int key = named ? 3 : 2;
		for (int i = 1; i < this.parts.size(); i++) {
			if (i == key + 1 && NAMED_VALUES.contains(uniform(key)) && !area.equals("clients")) {
				int end = uniform(key).equals("params") ? endOfName(i) : this.parts.size();
				name.append('[').append(rest(i, end)).append(']');
				for (int index = end; index < this.parts.size(); index++) {
					name.append('[').append(this.parts.get(index).text()).append(']');
				}
				break;
			}
			name.append((isChosen(i, key, named) ? chosen(this.parts.get(i).text()) : fixed(this.parts.get(i))));
		}
		return ConfigurationPropertyName.adapt(name, '.');
	}

	private boolean isChosen(int element, int key, boolean named) {
		return (element == 2 && named)
				|| (element == key + 1 && (uniform(key).equals("adapters") || uniform(key).equals("methods")));
	}

	private static String fixed(Part part) {
		return (part.bracketed() && (NUMBER.matcher(part.text()).matches() || !PLAIN.matcher(part.text()).matches()))
				? "[" + part.text() + "]" : "." + part.text();
	}

	/** Returns where the name ends. The values of a list have an index after the name. */
	private int endOfName(int from) {
		int end = this.parts.size();
		while (end > from + 1 && this.parts.get(end - 1).bracketed()
				&& NUMBER.matcher(this.parts.get(end - 1).text()).matches()) {
			end--;
		}
		return end;
	}

	private String rest(int from, int end) {
		StringBuilder rest = new StringBuilder(this.parts.get(from).text());
		for (Part part : this.parts.subList(from + 1, end)) {
			rest.append(part.bracketed() ? "[" + part.text() + "]" : "." + part.text());
		}
		return rest.toString();
	}

	private String uniform(int part) {
		return (part < this.parts.size()) ? uniform(this.parts.get(part).text()) : "";
	}

}
