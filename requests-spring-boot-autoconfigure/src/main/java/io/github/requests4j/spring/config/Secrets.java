package io.github.requests4j.spring.config;

import java.util.List;
import java.util.Set;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Which keys may hold secrets: their values appear in no message and no endpoint.
 * Everything whose names users choose counts (headers, parameters, proxies), and whatever
 * is not known.
 */
public final class Secrets {

	/**
	 * Keys below a session, in lower case and without dashes, whose values are harmless.
	 */
	private static final Set<String> HARMLESS = Set.of("trustedorigins", "primary", "deadline", "connecttimeout",
			"readtimeout", "noproxy", "verify", "ssl", "maxredirects", "allowredirects", "redirect", "stream",
			"trustenv", "cookies", "adapter", "adapters", "limits", "egress", "resilience", "logging", "methods");

	private static final Set<String> HARMLESS_IN_AUTH = Set.of("type", "registrationid", "bean");

	private static final Set<String> HARMLESS_IN_CERT = Set.of("certificate", "privatekey");

	private Secrets() {
	}

	/**
	 * Whether a value may be secret.
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
			default -> !HARMLESS.contains(path.get(0));
		};
	}

}
