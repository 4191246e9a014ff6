package io.github.requests4j.spring.test;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Compares URLs for tests. The order of parameters and optional percent-encoding are
 * ignored. A URL without a scheme is compared by path and query, with or without the path
 * of the base URL.
 */
final class UrlMatch {

	private UrlMatch() {
	}

	static boolean matches(String expected, String actual, String base) {
		if (expected.contains("://")) {
			return same(expected, actual);
		}
		String path = fromPath(actual);
		String prefix = fromPath(base);
		String wanted = expected.startsWith("/") ? expected : "/" + expected;
		if (same(wanted, path)) {
			return true;
		}
		String stripped = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
		return !stripped.isEmpty() && path.startsWith(stripped + "/")
				&& same(wanted, path.substring(stripped.length()));
	}

	/** Returns the path and query of a URL. */
	static String fromPath(String url) {
		int scheme = url.indexOf("://");
		if (scheme < 0) {
			return url;
		}
		int path = url.indexOf('/', scheme + 3);
		return (path >= 0) ? url.substring(path) : "/";
	}

	static boolean same(String one, String other) {
		return decoded(withoutQuery(one)).equals(decoded(withoutQuery(other))) && query(one).equals(query(other));
	}

	private static String withoutQuery(String url) {
		int query = url.indexOf('?');
		return (query >= 0) ? url.substring(0, query) : url;
	}

	private static List<String> query(String url) {
		int query = url.indexOf('?');
		if (query < 0 || query == url.length() - 1) {
			return List.of();
		}
		return Arrays.stream(url.substring(query + 1).split("&")).map(UrlMatch::decoded).sorted().toList();
	}

	/**
	 * Decodes text except for encoded delimiters such as a slash or an ampersand, which
	 * are not separators.
	 */
	private static String decoded(String text) {
		String kept = text.replaceAll("(?i)%(2f|26|3d|25)", "%25$1");
		try {
			return URLDecoder.decode(kept, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return text;
		}
	}

}
