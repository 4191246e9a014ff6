package io.github.requests4j.spring.internal.config;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.util.PlaceholderResolutionException;

/**
 * Turns what the binder says into a message for the reader, without values where they may
 * be secret.
 */
final class BindMistakes {

	private BindMistakes() {
	}

	/**
	 * Returns the mistake behind an error of the binder.
	 * @param ex the error
	 * @param property the property that it is about, or null if none is known
	 */
	static RuntimeException translate(BindException ex, @Nullable ConfigurationProperty property) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof RequestsConfigurationException mistake) {
				return mistake;
			}
			if (cause instanceof PlaceholderResolutionException unresolved) {
				return unresolved(ex, property, unresolved);
			}
		}
		return badValue(ex, property);
	}

	static RequestsConfigurationException unknownKey(ConfigurationProperty unknown) {
		return new RequestsConfigurationException(unknown.getName().toString(), unknown.getOrigin(),
				"This key is not known.", fixOfUnknown(unknown.getName()), null);
	}

	private static String fixOfUnknown(ConfigurationPropertyName unknown) {
		if (KnownKeys.isOfOneSession(unknown)) {
			return "It belongs to one session: write it below requests.sessions.<name>.";
		}
		String likely = KnownKeys.closest(unknown);
		if (likely != null) {
			return "Did you mean '" + likely + "'?";
		}
		return KnownKeys.isBelowChosenName(unknown)
				? "Remove it, or correct its name. A name with dots or slashes must be in brackets, "
						+ "as in \"[https://files.example.com/]\"."
				: "Remove it, or correct its name.";
	}

	private static RuntimeException unresolved(BindException ex, @Nullable ConfigurationProperty property,
			PlaceholderResolutionException unresolved) {
		String placeholder = unresolved.getPlaceholder();
		return mistake(ex, property, "The placeholder '${" + placeholder + "}' has no value.",
				"Set '" + placeholder + "', as a property or an environment variable.", null);
	}

	private static RuntimeException badValue(BindException ex, @Nullable ConfigurationProperty property) {
		Class<?> type = ex.getTarget().getType().resolve(Object.class);
		if (property == null || SecretSettings.isSecret(property.getName())) {
			return mistake(ex, property, "The value cannot be read as " + describe(type) + ".", fix(type), null);
		}
		String problem = "'" + property.getValue() + "' cannot be read as " + describe(type) + ".";
		return mistake(ex, property, problem, fix(type), ex);
	}

	private static RuntimeException mistake(BindException ex, @Nullable ConfigurationProperty property, String problem,
			String fix, @Nullable Throwable cause) {
		String name = (property != null) ? property.getName().toString() : ex.getName().toString();
		return new RequestsConfigurationException(name, (property != null) ? property.getOrigin() : null, problem, fix,
				cause);
	}

	private static String describe(Class<?> type) {
		return switch (type.getSimpleName()) {
			case "Duration" -> "a duration";
			case "DataSize" -> "a size";
			case "Boolean", "boolean" -> "true or false";
			case "Integer", "int", "Long", "long" -> "a whole number";
			case "Map" -> "names with values";
			default -> type.isEnum() ? "one of " + names(type) : otherwise(type);
		};
	}

	private static String otherwise(Class<?> type) {
		return type.isRecord() ? "a group of keys" : "a " + type.getSimpleName();
	}

	private static String fix(Class<?> type) {
		if (type.isRecord()) {
			return "Write keys below it: " + String.join(", ", KnownKeys.of(type)) + ".";
		}
		return switch (type.getSimpleName()) {
			case "Duration" -> "Write a number and a unit, such as '500ms', '10s' or '5m'.";
			case "DataSize" -> "Write a number and a unit, such as '64KB' or '10MB'.";
			case "Map" -> "Write each as a line of its own below it, as in 'name: value'.";
			default -> type.isEnum() ? "Write one of " + names(type) + "." : "Correct the value.";
		};
	}

	private static String names(Class<?> type) {
		StringBuilder names = new StringBuilder();
		for (Object constant : type.getEnumConstants()) {
			names.append(names.isEmpty() ? "" : ", ").append(constant.toString().toLowerCase(Locale.ROOT));
		}
		return names.toString();
	}

}
