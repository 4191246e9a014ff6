package io.github.requests4j.spring.internal.config;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

import io.github.requests4j.internal.url.ParsedUrl;
import io.github.requests4j.internal.url.SecretMasker;
import io.github.requests4j.internal.url.UrlSyntaxException;
import io.github.requests4j.internal.url.UrlText;

/**
 * Decides which settings may contain secrets. Their values never appear in messages or
 * endpoints. Settings with user-chosen names (headers, parameters, proxies) and unknown
 * settings count as secret.
 */
public final class SecretSettings {

	/**
	 * Keys below a session, in lower case and without dashes, whose values are harmless.
	 */
	private static final Set<String> HARMLESS = Set.of("restclient", "cache", "compress", "idempotencykey",
			"trustedorigins", "primary", "deadline", "connecttimeout", "readtimeout", "noproxy", "verify", "ssl",
			"maxredirects", "allowredirects", "redirect", "stream", "trustenv", "cookies", "adapter", "adapters",
			"retrybudget", "hedge", "rate", "concurrency", "limits", "egress", "resilience", "logging", "observation",
			"methods", "maxretries");

	private static final String MASK = "******";

	private static final Set<String> HARMLESS_IN_AUTH = Set.of("type", "registrationid", "session", "store", "bean");

	private static final Set<String> HARMLESS_IN_REDIS = Set.of("timeout", "prefix");

	private static final Set<String> HARMLESS_IN_CERT = Set.of("certificate", "privatekey");

	private SecretSettings() {
	}

	/**
	 * Returns whether the value of a property may be secret.
	 * @param name the full name of a property of requests
	 * @return {@code true} unless it is known to be harmless
	 */
	public static boolean isSecret(ConfigurationPropertyName name) {
		List<String> path = KeyPath.of(name).elements();
		if (path.isEmpty()) {
			return true;
		}
		return switch (path.get(0)) {
			case "auth" -> path.size() != 2 || !HARMLESS_IN_AUTH.contains(path.get(1));
			case "cert" -> path.size() == 2 && !HARMLESS_IN_CERT.contains(path.get(1));
			case "redis" -> path.size() != 2 || !HARMLESS_IN_REDIS.contains(path.get(1));
			default -> !HARMLESS.contains(path.get(0));
		};
	}

	/**
	 * Returns the property that an environment variable sets.
	 * @param variable the name of the variable
	 * @return the property; for a variable that does not set one, a name whose value
	 * counts as secret
	 */
	public static ConfigurationPropertyName ofVariable(String variable) {
		ConfigurationPropertyName property = new VariableNames(new ChosenNames()).property(variable);
		return (property != null) ? property : ConfigurationPropertyName.adapt(variable.toLowerCase(Locale.ROOT), '_');
	}

	/**
	 * Returns whether leading and trailing whitespace is part of a value, as in
	 * passwords, tokens, headers and parameters.
	 */
	static boolean isVerbatim(ConfigurationPropertyName name) {
		List<String> path = KeyPath.of(name).elements();
		String first = path.isEmpty() ? "" : path.get(0);
		return switch (first) {
			case "headers", "params" -> true;
			case "auth", "cert" -> isSecret(name);
			default -> false;
		};
	}

	/**
	 * Returns whether the value of a setting may be secret.
	 * @param key the key below a session
	 * @return {@code true} unless it is known to be harmless
	 */
	public static boolean isSecretKey(String key) {
		return isSecret(ConfigurationPropertyName.of("requests.sessions.any." + key));
	}

	/**
	 * Returns a value in the form that may be shown.
	 * @param key the key below a session
	 * @param value the value
	 * @return the value, a mask, or a URL without its secret parts
	 */
	static Object shown(String key, Object value) {
		return shown(ConfigurationPropertyName.of("requests.sessions.any." + key), value);
	}

	/**
	 * Returns a value in the form that may be shown.
	 * @param name the full name of a property of requests
	 * @param value the value
	 * @return the value, a mask, or a URL without its secret parts
	 */
	public static Object shown(ConfigurationPropertyName name, Object value) {
		List<String> path = KeyPath.of(name).elements();
		String first = path.isEmpty() ? "" : path.get(0);
		if (!isSecret(name)) {
			return first.startsWith("trustedorigins") ? withoutUserinfo(value) : value;
		}
		if (first.startsWith("baseurl") && value instanceof Collection<?> urls) {
			List<String> shown = urls.stream().map((url) -> withoutSecrets(String.valueOf(url))).toList();
			return (shown.size() == 1) ? shown.get(0) : shown;
		}
		boolean url = first.startsWith("baseurl") || first.equals("proxies");
		return url ? withoutSecrets(String.valueOf(value)) : MASK;
	}

	/**
	 * Masks the values of an origin. It only contains secrets if it is written as a whole
	 * URL.
	 */
	private static Object withoutUserinfo(Object value) {
		if (value instanceof Collection<?> all) {
			return all.stream().map(SecretSettings::withoutUserinfo).toList();
		}
		return SecretMasker.DEFAULT.printable(String.valueOf(value));
	}

	private static String withoutSecrets(String url) {
		try {
			String text = ParsedUrl.parse(url).withoutUserinfoAndFragment();
			int query = text.indexOf('?');
			return (query >= 0) ? text.substring(0, query) : text;
		}
		catch (UrlSyntaxException ex) {
			return url.isEmpty() ? url : MASK;
		}
	}

	/**
	 * Masks passwords and query values of the URLs in a message.
	 * @param message the message
	 * @return the message on one line
	 */
	public static String masked(@Nullable String message) {
		String text = UrlText.printable(String.valueOf(message));
		StringBuilder masked = new StringBuilder(text.length());
		int from = 0;
		for (int query = suffix(text, 0); query >= 0; query = suffix(text, from)) {
			int end = query + 1;
			while (end < text.length() && " '\"<>),".indexOf(text.charAt(end)) < 0) {
				end++;
			}
			masked.append(text, from, query + 1).append((end > query + 1) ? "***" : "");
			from = end;
		}
		return masked.append(text, from, text.length()).toString();
	}

	/**
	 * Returns the index where a query or the fragment of a URL begins, or -1. A '#' after
	 * a space is part of a sentence.
	 */
	private static int suffix(String text, int from) {
		for (int i = from; i < text.length(); i++) {
			if (text.charAt(i) == '?' || (text.charAt(i) == '#' && i > 0 && text.charAt(i - 1) > ' ')) {
				return i;
			}
		}
		return -1;
	}

}
