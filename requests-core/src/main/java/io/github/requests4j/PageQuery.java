package io.github.requests4j;

import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.KeyValues;
import io.github.requests4j.internal.url.ParsedUrl;
import io.github.requests4j.internal.url.PercentCodec;

/**
 * Reads and changes single parameters of the query of a page's URL. The other parameters
 * keep their text. Static functions.
 */
final class PageQuery {

	private PageQuery() {
	}

	/** Returns the decoded value of a parameter, or null if the query has none. */
	static @Nullable String find(String url, String name) {
		for (String pair : pairs(ParsedUrl.split(url).query())) {
			if (nameOf(pair).equals(name)) {
				return decode(pair.substring(Math.min(pair.length(), pair.indexOf('=') + 1)));
			}
		}
		return null;
	}

	/** Returns a URL without fragment and with one value of a parameter. */
	static String replace(String url, String name, String value) {
		int fragment = url.indexOf('#');
		String whole = (fragment >= 0) ? url.substring(0, fragment) : url;
		int question = whole.indexOf('?');
		StringBuilder changed = new StringBuilder((question >= 0) ? whole.substring(0, question) : whole).append('?');
		for (String pair : pairs((question >= 0) ? whole.substring(question + 1) : null)) {
			if (!nameOf(pair).equals(name)) {
				changed.append(pair).append('&');
			}
		}
		PercentCodec.appendForm(changed, name);
		changed.append('=');
		PercentCodec.appendForm(changed, value);
		return changed.toString();
	}

	/**
	 * Returns the parameters of a session that a URL does not have. Servers build the URL
	 * of the next page from that of the last one, which has them already.
	 */
	static @Nullable KeyValues missing(@Nullable KeyValues own, String url) {
		String query = ParsedUrl.split(url).query();
		if (own == null || query == null) {
			return own;
		}
		Set<String> present = new HashSet<>();
		for (String pair : pairs(query)) {
			present.add(nameOf(pair));
		}
		StringBuilder missing = new StringBuilder();
		for (String pair : pairs(own.encode())) {
			if (!present.contains(nameOf(pair))) {
				missing.append(missing.isEmpty() ? "" : "&").append(pair);
			}
		}
		return KeyValues.fromText(missing.toString());
	}

	private static String[] pairs(@Nullable String query) {
		return (query == null || query.isEmpty()) ? new String[0] : query.split("&");
	}

	private static String nameOf(String pair) {
		int equals = pair.indexOf('=');
		return decode((equals >= 0) ? pair.substring(0, equals) : pair);
	}

	private static String decode(String text) {
		return PercentCodec.decode(text.replace('+', ' '));
	}

}
