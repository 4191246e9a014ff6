package io.github.requests4j.internal.url;

import java.util.Locale;
import java.util.Set;

/**
 * Decides by its name which value must not be shown in messages and logs.
 */
public final class Secrets {

	/** What is shown instead. */
	public static final String MASK = "***";

	private static final String[] SUSPICIOUS = { "auth", "token", "secret", "password", "passwd", "apikey", "api-key",
			"api_key", "cookie", "session", "signature", "credential" };

	private Secrets() {
	}

	/**
	 * Returns whether the value of a header is secret: those with credentials and
	 * cookies, and those whose names suggest it, such as {@code X-Api-Key} and
	 * {@code X-Auth-Token}.
	 * @param name the name of the header, in any case
	 * @return whether its value must not be shown
	 */
	public static boolean isSecretHeader(String name) {
		return isSuspicious(name);
	}

	/**
	 * Returns whether a header carries credentials or cookies by its definition.
	 * @param name the name, in any case
	 * @return true for Authorization, Proxy-Authorization, Cookie and Set-Cookie
	 */
	public static boolean isCredentialHeader(String name) {
		return name.equalsIgnoreCase("Authorization") || name.equalsIgnoreCase("Proxy-Authorization")
				|| name.equalsIgnoreCase("Cookie") || name.equalsIgnoreCase("Set-Cookie");
	}

	private static boolean isSuspicious(String name) {
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
	 * @param url the URL
	 * @return the same text with {@code ***} for each such value
	 */
	public static String maskQuery(String url) {
		return maskQuery(url, Set.of());
	}

	/**
	 * Masks the values of suspicious names, and of the given ones, in the query of a URL.
	 * @param url the URL
	 * @param names further names whose values are secret, decoded
	 * @return the same text with {@code ***} for each such value
	 */
	public static String maskQuery(String url, Set<String> names) {
		int query = url.indexOf('?');
		return (query >= 0) ? url.substring(0, query + 1) + maskPairs(url.substring(query + 1), names) : url;
	}

	/**
	 * Returns a URL as messages show it: without userinfo and the values of secret
	 * parameters, and safe for a line of a log.
	 * @param url the URL
	 * @param names further names whose values are secret, decoded
	 * @return the printable text
	 */
	public static String printable(String url, Set<String> names) {
		int authority = url.indexOf("//") + 2;
		int end = authority;
		while (end < url.length() && "/?#\\".indexOf(url.charAt(end)) < 0) {
			end++;
		}
		int at = (authority >= 2) ? url.lastIndexOf('@', end - 1) : -1;
		String safe = (at >= authority) ? url.substring(0, authority) + url.substring(at + 1) : url;
		return UrlText.printable(maskQuery(safe, names));
	}

}
