package io.github.requests4j.internal.url;

import org.jspecify.annotations.Nullable;

/**
 * Prepares a URL that must be changed: removes white space, checks scheme and host,
 * normalizes, percent-encodes, applies IDNA, and adds parameters to the query.
 *
 * @see UrlPreparer
 */
final class UrlNormalizer {

	private UrlNormalizer() {
	}

	/**
	 * Normalizes a URL.
	 * @param url the text of the caller
	 * @param added encoded text to add to the query, empty for none
	 * @return the URL; a text with a scheme other than http is not changed and has no
	 * added parameters
	 * @throws UrlSyntaxException if there is no scheme or no host, or the text cannot be
	 * parsed
	 */
	static ParsedUrl normalize(String url, String added) {
		String text = stripLeading(url);
		if (text.indexOf(':') >= 0 && !text.regionMatches(true, 0, "http", 0, 4)) {
			return ParsedUrl.split(text, false);
		}
		return assemble(checked(UrlParser.parse(text), text), added);
	}

	/**
	 * Removes leading Unicode white space. Trailing white space is part of the URL.
	 */
	static String stripLeading(String url) {
		int start = 0;
		while (start < url.length() && isWhiteSpace(url.charAt(start))) {
			start++;
		}
		return url.substring(start);
	}

	// Like str.isspace in Python, which unlike Java includes U+0085
	private static boolean isWhiteSpace(char character) {
		return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == 0x85;
	}

	private static UrlParser.Components checked(UrlParser.Components parsed, String url) {
		if (parsed.scheme() == null) {
			throw UrlSyntaxException.noScheme(url);
		}
		String host = parsed.host();
		if (host == null || host.isEmpty()) {
			throw UrlSyntaxException.noHost(url);
		}
		if (!UrlChars.isAscii(host)) {
			// Only other schemes, such as "httpx", can have such a host here
			return parsed.withHost(InternationalHost.toAsciiMapped(host, url));
		}
		if (host.charAt(0) == '*' || host.charAt(0) == '.') {
			throw UrlSyntaxException.invalid(url, "URL has an invalid label.");
		}
		return parsed;
	}

	private static ParsedUrl assemble(UrlParser.Components parsed, String added) {
		StringBuilder start = new StringBuilder(64).append(parsed.scheme()).append("://");
		StringBuilder end = new StringBuilder(64);
		// The "%25" of the zone must not be changed by quoting
		boolean literal = parsed.host() != null && parsed.host().startsWith("[");
		if (literal) {
			parsed.appendUserinfo(start);
			parsed.appendPort(end);
		}
		else {
			parsed.appendAuthority(start);
		}
		end.append(parsed.path().isEmpty() ? "/" : parsed.path());
		UrlParser.Components.appendQueryAndFragment(end, query(parsed.query(), added), emptyToNull(parsed.fragment()));
		String text = literal
				? PercentCodec.requoteUri(start.toString()) + parsed.host() + PercentCodec.requoteUri(end.toString())
				: PercentCodec.requoteUri(start.append(end).toString());
		return ParsedUrl.split(text, false);
	}

	private static @Nullable String query(@Nullable String query, String added) {
		if (added.isEmpty()) {
			return emptyToNull(query);
		}
		return (query == null || query.isEmpty()) ? added : query + '&' + added;
	}

	private static @Nullable String emptyToNull(@Nullable String text) {
		return (text == null || text.isEmpty()) ? null : text;
	}

}
