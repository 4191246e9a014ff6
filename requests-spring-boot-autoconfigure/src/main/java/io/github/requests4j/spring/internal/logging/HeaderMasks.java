package io.github.requests4j.spring.internal.logging;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.github.requests4j.internal.url.Secrets;
import io.github.requests4j.spring.internal.config.SessionProperties;

/**
 * Which headers of a session no log shows: those whose names say so, those that the
 * configuration lists, and those that it sets itself unless they are known to be
 * harmless, since a value that is configured may well be a key.
 */
public final class HeaderMasks {

	private static final Set<String> HARMLESS = Set.of("accept", "accept-charset", "accept-encoding", "accept-language",
			"cache-control", "connection", "content-language", "content-type", "date", "expect", "host", "if-match",
			"if-modified-since", "if-none-match", "if-range", "if-unmodified-since", "max-forwards", "origin", "pragma",
			"prefer", "priority", "range", "te", "upgrade-insecure-requests", "user-agent");

	private HeaderMasks() {
	}

	/**
	 * The names beside those that are always masked.
	 * @param properties the settings of a session
	 * @return the names in lower case
	 */
	public static Set<String> of(SessionProperties properties) {
		Set<String> masked = new TreeSet<>();
		properties.logging().maskedHeaders().forEach((name) -> masked.add(lower(name)));
		for (Map.Entry<String, String> header : properties.headers().entrySet()) {
			String name = lower(header.getKey());
			if (!header.getValue().isEmpty() && !HARMLESS.contains(name)) {
				masked.add(name);
			}
		}
		return Set.copyOf(masked);
	}

	/** Whether the value of a header must not be shown. */
	static boolean isMasked(String name, Set<String> masked) {
		return Secrets.isSecretHeader(name) || masked.contains(lower(name));
	}

	private static String lower(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

}
