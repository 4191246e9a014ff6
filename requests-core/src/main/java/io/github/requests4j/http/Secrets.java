package io.github.requests4j.http;

import java.util.Locale;
import java.util.Set;

import io.github.requests4j.internal.url.PercentCodec;

/**
 * Guesses by its name what must not be shown.
 */
public final class Secrets {

	static final String MASK = "***";

	private static final String[] SUSPICIOUS = { "auth", "token", "secret", "password", "passwd", "apikey", "api-key",
			"api_key", "cookie", "session", "signature", "credential" };

	private Secrets() {
	}

	/**
	 * Headers with credentials, and those of which the name says so: {@code X-Api-Key},
	 * {@code X-Auth-Token}.
	 * @param name the name of the header, in any case
	 * @return whether its value must not be shown
	 */
	public static boolean isSecretHeader(String name) {
		return CaseInsensitiveHeaders.isSecret(name) || isSuspicious(name);
	}

	static boolean isSuspicious(String name) {
		String lower = name.toLowerCase(Locale.ROOT);
		for (String word : SUSPICIOUS) {
			if (lower.contains(word)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Masks the values of suspicious names in a query or form.
	 * @param pairs the query or form, encoded already
	 * @return the same text with {@code ***} for each such value
	 */
	public static String maskPairs(String pairs) {
		return maskPairs(pairs, Set.of());
	}

	private static String maskPairs(String pairs, Set<String> names) {
		StringBuilder masked = new StringBuilder(pairs.length());
		int start = 0;
		while (start <= pairs.length()) {
			int end = pairs.indexOf('&', start);
			end = (end < 0) ? pairs.length() : end;
			int equals = pairs.indexOf('=', start);
			if (equals >= 0 && equals < end && isSecretPair(pairs.substring(start, equals), names)) {
				masked.append(pairs, start, equals + 1).append(MASK);
			}
			else {
				masked.append(pairs, start, end);
			}
			if (end < pairs.length()) {
				masked.append('&');
			}
			start = end + 1;
		}
		return masked.toString();
	}

	private static boolean isSecretPair(String name, Set<String> names) {
		return isSuspicious(name) || (!names.isEmpty() && names.contains(PercentCodec.decode(name.replace('+', ' '))));
	}

	/**
	 * Masks the values of suspicious names in the query of a URL.
	 */
	static String maskQuery(String url) {
		return maskQuery(url, Set.of());
	}

	/**
	 * Masks the values of suspicious names, and of these, in the query of a URL.
	 */
	static String maskQuery(String url, Set<String> names) {
		int query = url.indexOf('?');
		return (query >= 0) ? url.substring(0, query + 1) + maskPairs(url.substring(query + 1), names) : url;
	}

}
