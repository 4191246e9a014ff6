package io.github.requests4j.spring.config;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.util.PlaceholderResolutionException;

/**
 * Turns what the binder says into a message for the reader, without values where they may
 * be secret.
 */
final class BindMistakes {

	private BindMistakes() {
	}

	static RuntimeException translate(BindException ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof RequestsConfigurationException mistake) {
				return mistake;
			}
			if (cause instanceof PlaceholderResolutionException unresolved) {
				return unresolved(ex, unresolved);
			}
		}
		return badValue(ex);
	}

	static RequestsConfigurationException unknownKey(ConfigurationProperty unknown) {
		String likely = KnownKeys.closest(unknown.getName());
		return new RequestsConfigurationException(unknown.getName().toString(), unknown.getOrigin(),
				"This key is not known.",
				(likely != null) ? "Did you mean '" + likely + "'?" : "Remove it, or correct its name.", null);
	}

	private static RuntimeException unresolved(BindException ex, PlaceholderResolutionException unresolved) {
		String placeholder = unresolved.getPlaceholder();
		return mistake(ex, "The placeholder '${" + placeholder + "}' has no value.",
				"Set '" + placeholder + "', as a property or an environment variable.", null);
	}

	private static RuntimeException badValue(BindException ex) {
		ConfigurationProperty property = ex.getProperty();
		Class<?> type = ex.getTarget().getType().resolve(Object.class);
		if (property == null || SecretSettings.isSecret(property.getName())) {
			return mistake(ex, "The value cannot be read as " + describe(type) + ".", mend(type), null);
		}
		String problem = "'" + property.getValue() + "' cannot be read as " + describe(type) + ".";
		return mistake(ex, problem, mend(type), ex);
	}

	private static RuntimeException mistake(BindException ex, String problem, String mend, @Nullable Throwable cause) {
		ConfigurationProperty property = ex.getProperty();
		String name = (property != null) ? property.getName().toString() : ex.getName().toString();
		return new RequestsConfigurationException(name, (property != null) ? property.getOrigin() : null, problem, mend,
				cause);
	}

	private static String describe(Class<?> type) {
		return switch (type.getSimpleName()) {
			case "Duration" -> "a duration";
			case "DataSize" -> "a size";
			case "Boolean", "boolean" -> "true or false";
			case "Integer", "int", "Long", "long" -> "a whole number";
			default -> type.isEnum() ? "one of " + names(type) : "a " + type.getSimpleName();
		};
	}

	private static String mend(Class<?> type) {
		return switch (type.getSimpleName()) {
			case "Duration" -> "Write a number and a unit, such as '500ms', '10s' or '5m'.";
			case "DataSize" -> "Write a number and a unit, such as '64KB' or '10MB'.";
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
