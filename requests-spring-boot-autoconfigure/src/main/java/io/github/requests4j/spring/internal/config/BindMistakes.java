package io.github.requests4j.spring.internal.config;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.origin.Origin;

import io.github.requests4j.internal.url.UrlText;

/**
 * Translates errors of the binder into messages, without values that may be secret.
 */
final class BindMistakes {

	private BindMistakes() {
	}

	/**
	 * Returns the exception for an error of the binder.
	 * @param ex the error
	 * @param property the property with the error, or null if it is unknown
	 */
	static RuntimeException translate(BindException ex, @Nullable ConfigurationProperty property) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof RequestsConfigurationException mistake) {
				return mistake;
			}
		}
		return badValue(ex, property);
	}

	static RequestsConfigurationException unknownKey(ConfigurationPropertyName name, @Nullable Origin origin) {
		return new RequestsConfigurationException(KeyText.written(name), origin, "This key is unknown.",
				fixOfUnknown(name), null);
	}

	/**
	 * Returns the mistake of a key that would be sent as a header.
	 * @param name the name as it was written
	 * @param key the key that was meant
	 */
	static RequestsConfigurationException swallowedByHeaders(ConfigurationPropertyName name, String key,
			@Nullable Origin origin) {
		return new RequestsConfigurationException(KeyText.written(name), origin,
				"This is below 'headers', so it would be sent as a header.",
				"Check the indentation, so that it sets '" + key + "'.", null);
	}

	static RequestsConfigurationException unknownVariable(String variable, @Nullable Origin origin) {
		return new RequestsConfigurationException(variable, origin, "This variable does not set any key.",
				"Write the key in upper case, with an underscore for each dot and without dashes, as in "
						+ "REQUESTS_SESSIONS_GITHUB_READTIMEOUT, or remove the variable.",
				null);
	}

	/**
	 * Returns the exception for a setting that two properties of the same source set.
	 * @param property the property
	 * @param other the name of the other property as it is written
	 * @param otherOrigin where the other property was set, or null if unknown
	 */
	static RequestsConfigurationException setTwice(String property, @Nullable Origin origin, String other,
			@Nullable Origin otherOrigin) {
		return new RequestsConfigurationException(property, origin,
				"This is the same setting as " + at(other, otherOrigin) + ".", "Remove one of the two.", null);
	}

	/** Returns the name of a property in quotes, with its origin if that is known. */
	static String at(String name, @Nullable Origin origin) {
		return "'" + UrlText.masked(name) + "'"
				+ ((origin != null) ? " (" + RequestsConfigurationException.shown(origin) + ")" : "");
	}

	private static String fixOfUnknown(ConfigurationPropertyName unknown) {
		String singleSessionKey = KnownKeys.singleSessionKey(unknown);
		if (singleSessionKey != null) {
			return "Only a single session can have it. Write "
					+ (KnownKeys.isSingleSessionKey(unknown) ? "it" : "'" + singleSessionKey + "'")
					+ " under requests.sessions.<name>.";
		}
		List<String> suggestions = KnownKeys.suggestions(unknown);
		if (!suggestions.isEmpty()) {
			return "Did you mean '" + String.join("' or '", suggestions) + "'?";
		}
		String withoutSessions = KnownKeys.withoutSessions(unknown);
		if (withoutSessions != null) {
			return "Sessions are below requests.sessions. Write '" + withoutSessions + "'.";
		}
		String misplaced = KnownKeys.misplaced(unknown);
		if (misplaced != null) {
			return "Write '" + misplaced
					+ "' under requests.sessions.<name>, or under requests.defaults for all sessions.";
		}
		String ofSession = KnownKeys.onlyOfSession(unknown);
		if (ofSession != null) {
			return "Only a session can have it. Write '" + ofSession + "' under requests.sessions.<name>.";
		}
		if (KnownKeys.isBelowChosenName(unknown)) {
			return "Remove it, or correct its name. A name with dots or slashes must be in brackets, "
					+ "as in \"[https://files.example.com/]\".";
		}
		List<String> keys = KnownKeys.siblings(unknown);
		return "Remove it, or correct its name."
				+ (keys.isEmpty() ? "" : " The keys at this place are " + String.join(", ", keys) + ".");
	}

	static RequestsConfigurationException unresolved(ConfigurationProperty property, String placeholder) {
		return new RequestsConfigurationException(KeyText.written(property.getName()), property.getOrigin(),
				"The placeholder '${" + placeholder + "}' has no value.",
				"Set '" + placeholder + "' as a property or an environment variable.", null);
	}

	private static RuntimeException badValue(BindException ex, @Nullable ConfigurationProperty property) {
		Class<?> type = ex.getTarget().getType().resolve(Object.class);
		if (property == null || SecretSettings.isSecret(property.getName())) {
			return mistake(ex, property, "The value is not " + describe(type) + ".", fix(type), null);
		}
		String value = String.valueOf(property.getValue());
		String problem = "'" + value + "' is not " + describe(type) + ".";
		return mistake(ex, property, problem, suggestion(value, type) + fix(type), ex);
	}

	private static String suggestion(String value, Class<?> type) {
		String closest = type.isEnum()
				? SimilarNames.closest(value.toLowerCase(Locale.ROOT), List.of(names(type).split(", "))) : null;
		return (closest != null) ? "Did you mean '" + closest + "'? " : "";
	}

	private static RuntimeException mistake(BindException ex, @Nullable ConfigurationProperty property, String problem,
			String fix, @Nullable Throwable cause) {
		String name = KeyText.written((property != null) ? property.getName() : ex.getName());
		return new RequestsConfigurationException(name, (property != null) ? property.getOrigin() : null, problem, fix,
				cause);
	}

	private static String describe(Class<?> type) {
		return switch (type.getSimpleName()) {
			case "Duration" -> "a duration";
			case "CallDeadline" -> "a duration or 'inherit'";
			case "DataSize" -> "a size";
			case "Boolean", "boolean" -> "true or false";
			case "Integer", "int", "Long", "long" -> "a whole number";
			case "Map" -> "a group of names and values";
			case "List", "Set" -> "a list";
			default -> type.isEnum() ? "one of " + names(type) : otherwise(type);
		};
	}

	private static String otherwise(Class<?> type) {
		return type.isRecord() ? "a group of keys" : "a " + type.getSimpleName();
	}

	private static String fix(Class<?> type) {
		if (type.isRecord()) {
			return "Set its keys instead: " + String.join(", ", KnownKeys.of(type)) + ".";
		}
		return switch (type.getSimpleName()) {
			case "Duration" -> "Write a number and a unit, such as '500ms', '10s' or '5m'.";
			case "CallDeadline" ->
				"Write a number and a unit, such as '500ms', '10s' or '5m', or 'inherit' for the deadline"
						+ " of the request being served.";
			case "DataSize" -> "Write a number and a unit, such as '64KB' or '10MB'.";
			case "List", "Set" -> "Write the elements in brackets, as in '[first, second]', or each on its own line.";
			case "Map" -> "Write each name on its own line under the key, as in 'name: value'.";
			default -> type.isEnum() ? "Use one of " + names(type) + "." : "Correct the value.";
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
