package io.github.requests4j.spring.internal.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Finds the property that an environment variable sets. The known keys and the names in
 * the rest of the configuration decide whether an underscore stands for a dot or for a
 * dash.
 */
final class VariableNames {

	private static final Pattern SERVICE_LINK = Pattern.compile(
			"_(SERVICE_HOST|SERVICE_PORT[A-Z0-9_]*|PORT|PORT_[0-9]+_[A-Z]+|PORT_[0-9]+_[A-Z]+_(PORT|PROTO|ADDR))$");

	private final ChosenNames chosen;

	VariableNames(ChosenNames chosen) {
		this.chosen = chosen;
	}

	/**
	 * Returns whether a variable that sets nothing is a mistake. Kubernetes creates
	 * variables for services, and their names may look like keys of this library.
	 */
	static boolean isMistake(String variable) {
		String name = variable.toUpperCase(Locale.ROOT);
		return name.matches("REQUESTS_(SESSIONS|DEFAULTS|CLIENTS|REDIS|OBSERVATION)_.*")
				&& !SERVICE_LINK.matcher(name).find();
	}

	/**
	 * Returns the property that a variable sets, or null if there is none.
	 * @param variable the name of the variable
	 */
	@Nullable ConfigurationPropertyName property(String variable) {
		List<String> words = Pattern.compile("_+").splitAsStream(variable.toLowerCase(Locale.ROOT)).toList();
		if (!words.get(0).equals(RequestsProperties.PREFIX)) {
			return null;
		}
		String name = record(RequestsProperties.class, words.subList(1, words.size()), RequestsProperties.PREFIX);
		return (name != null) ? ConfigurationPropertyName.adapt(name, '.') : null;
	}

	private @Nullable String match(Type type, List<String> words, String above) {
		Class<?> raw = (type instanceof ParameterizedType generic) ? (Class<?>) generic.getRawType() : (Class<?>) type;
		if (words.isEmpty()) {
			return above;
		}
		if (raw.isRecord()) {
			return record(raw, words, above);
		}
		if (raw == Map.class) {
			Class<?> value = (Class<?>) ((ParameterizedType) type).getActualTypeArguments()[1];
			return value.isRecord() ? group(value, words, above) : value(value, words, above);
		}
		return (raw == List.class && words.size() == 1 && isNumber(words.get(0))) ? above + "[" + words.get(0) + "]"
				: null;
	}

	private @Nullable String record(Class<?> type, List<String> words, String above) {
		for (int count = words.size(); count > 0; count--) {
			String key = String.join("", words.subList(0, count));
			for (RecordComponent component : type.getRecordComponents()) {
				if (KeyText.isKeyOf(component, key)) {
					String name = above + "." + KeyText.keyOf(component);
					String found = match(component.getGenericType(), words.subList(count, words.size()), name);
					if (found != null) {
						return found;
					}
				}
			}
		}
		return null;
	}

	/**
	 * Returns the property with a known name, otherwise with the shortest name that is
	 * followed by known keys, or null.
	 */
	private @Nullable String group(Class<?> type, List<String> words, String above) {
		String first = null;
		for (int count = 1; count < words.size(); count++) {
			List<String> name = words.subList(0, count);
			String known = this.chosen.find(above, String.join("", name));
			String spelled = (known != null) ? known : join(name, above);
			String found = record(type, words.subList(count, words.size()), above + KeyText.chosen(spelled));
			if (found != null && known != null) {
				return found;
			}
			first = (first != null) ? first : found;
		}
		return first;
	}

	private String value(Class<?> type, List<String> words, String above) {
		int end = words.size();
		while (type == Object.class && end > 1 && isNumber(words.get(end - 1))) {
			end--;
		}
		String whole = this.chosen.find(above, String.join("", words));
		if (whole != null) {
			return above + "[" + whole + "]";
		}
		List<String> name = words.subList(0, end);
		String known = this.chosen.find(above, String.join("", name));
		StringBuilder found = new StringBuilder(above).append('[')
			.append((known != null) ? known : join(name, above))
			.append(']');
		words.subList(end, words.size()).forEach((index) -> found.append('[').append(index).append(']'));
		return found.toString();
	}

	/**
	 * Returns the spelling of a name that only environment variables contain. The names
	 * of clients and methods are compared without regard to case.
	 */
	private static String join(List<String> words, String above) {
		boolean java = above.endsWith(".clients") || above.endsWith(".methods");
		return String.join(java ? "" : above.endsWith(".params") ? "_" : "-", words);
	}

	private static boolean isNumber(String word) {
		return !word.isEmpty() && word.chars().allMatch((c) -> c >= '0' && c <= '9');
	}

}
