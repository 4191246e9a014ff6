package io.github.requests4j.internal.url;

import org.jspecify.annotations.Nullable;

/**
 * Turns what the caller wrote into the URL of a prepared request, as {@code prepare_url}
 * of requests does (behaviours 23 to 53): white space, scheme and host checks,
 * normalisation, percent-encoding, IDNA, and the parameters in the query.
 * <p>
 * The usual URL, which is in its final form already, costs one scan and no copy.
 */
public final class UrlPreparer {

	private UrlPreparer() {
	}

	/**
	 * Prepare a URL.
	 * @param url the text as the caller wrote it
	 * @param params what to add to the query, or null
	 * @return the URL in its final form; a text of another scheme than http (behaviour
	 * 25) is kept as it is, without the parameters
	 * @throws UrlSyntaxException if there is no scheme or no host, or the text cannot be
	 * parsed
	 */
	public static Url prepare(String url, @Nullable KeyValues params) {
		String added = (params != null) ? params.encode() : "";
		Url clean = CleanUrl.scan(url);
		if (clean != null && (added.isEmpty() || CleanUrl.isStableQuery(added))) {
			return added.isEmpty() ? clean : append(clean, added);
		}
		String text = stripLeading(url);
		if (text.indexOf(':') >= 0 && !text.regionMatches(true, 0, "http", 0, 4)) {
			return Url.split(text, false);
		}
		return assemble(checked(UrlParser.parse(text), text), added);
	}

	private static Url append(Url url, String added) {
		String text = url.text();
		UrlLayout layout = url.layout();
		int end = layout.queryEnd();
		boolean query = end > layout.pathEnd();
		StringBuilder target = new StringBuilder(text.length() + added.length() + 1).append(text, 0, end)
			.append(query ? '&' : '?')
			.append(added);
		int queryEnd = target.length();
		target.append(text, end, text.length());
		return new Url(target.toString(), url.scheme(), layout.withQueryEnd(queryEnd));
	}

	/**
	 * Remove leading Unicode white space; what trails is part of the URL (behaviour 24).
	 */
	static String stripLeading(String url) {
		int start = 0;
		while (start < url.length() && isWhiteSpace(url.charAt(start))) {
			start++;
		}
		return url.substring(start);
	}

	// What Python's str.isspace says: U+0085 is white space to it and not to Java
	private static boolean isWhiteSpace(char character) {
		return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == 0x85;
	}

	private static UrlComponents checked(UrlComponents parsed, String url) {
		if (parsed.scheme() == null) {
			throw UrlSyntaxException.noScheme(url);
		}
		String host = parsed.host();
		if (host == null || host.isEmpty()) {
			throw UrlSyntaxException.noHost(url);
		}
		if (!UrlChars.isAscii(host)) {
			// Only other schemes, such as "httpx", come here with such a host (behaviour
			// 32)
			return parsed.withHost(InternationalHost.toAsciiMapped(host, url));
		}
		if (host.charAt(0) == '*' || host.charAt(0) == '.') {
			throw UrlSyntaxException.invalid(url, "URL has an invalid label.");
		}
		return parsed;
	}

	private static Url assemble(UrlComponents parsed, String added) {
		StringBuilder start = new StringBuilder(64).append(parsed.scheme()).append("://");
		StringBuilder end = new StringBuilder(64);
		// The zone's "%25" must survive the quoting of the rest (behaviour 34)
		boolean literal = parsed.host() != null && parsed.host().startsWith("[");
		if (literal) {
			parsed.appendUserinfo(start);
			parsed.appendPort(end);
		}
		else {
			parsed.appendAuthority(start);
		}
		end.append(parsed.path().isEmpty() ? "/" : parsed.path());
		UrlComponents.appendQueryAndFragment(end, query(parsed.query(), added), emptyToNull(parsed.fragment()));
		String text = literal
				? PercentCodec.requoteUri(start.toString()) + parsed.host() + PercentCodec.requoteUri(end.toString())
				: PercentCodec.requoteUri(start.append(end).toString());
		return Url.split(text, false);
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
