package io.github.requests4j.internal.url;

import io.github.requests4j.internal.text.Digits;

/**
 * Splits a text at the delimiters of RFC 3986 without changing it, like {@code urlsplit}
 * in Python. Runs in linear time, because indexes only move forward.
 */
public final class UrlSplitter {

	private final String text;

	private final boolean strict;

	private UrlSplitter(String text, boolean strict) {
		this.text = text;
		this.strict = strict;
	}

	/**
	 * Splits a text.
	 * @param text the text
	 * @param strict whether to reject an invalid authority; otherwise it has no port
	 * @return the positions of the components
	 */
	static Layout split(String text, boolean strict) {
		return new UrlSplitter(text, strict).split();
	}

	/** Returns the index of the colon after a valid scheme, or -1. */
	static int schemeEnd(String text) {
		if (text.isEmpty() || !UrlChars.isAsciiLetter(text.charAt(0))) {
			return -1;
		}
		for (int i = 1; i < text.length(); i++) {
			char character = text.charAt(i);
			if (character == ':') {
				return i;
			}
			if (!UrlChars.is(character, UrlChars.SCHEME)) {
				return -1;
			}
		}
		return -1;
	}

	private Layout split() {
		int schemeEnd = schemeEnd(this.text);
		int start = schemeEnd + 1;
		int queryEnd = indexOf('#', start, this.text.length());
		int pathEnd = indexOf('?', start, queryEnd);
		if (!this.text.startsWith("//", start)) {
			return new Layout(schemeEnd, -1, -1, -1, -1, start, pathEnd, queryEnd);
		}
		int authority = start + 2;
		int pathStart = indexOf('/', authority, pathEnd);
		int at = (authority < pathStart) ? this.text.lastIndexOf('@', pathStart - 1) : -1;
		int host = (at >= authority) ? at + 1 : authority;
		if (this.strict) {
			rejectAmbiguity(authority, host, pathStart);
		}
		int hostEnd = hostEnd(host, pathStart);
		int port = port(hostEnd, pathStart);
		return new Layout(schemeEnd, authority, host, hostEnd, port, pathStart, pathEnd, queryEnd);
	}

	private int indexOf(char character, int from, int end) {
		int index = this.text.indexOf(character, from);
		return (index < 0 || index > end) ? end : index;
	}

	/**
	 * Rejects characters about which parsers disagree. A backslash ends the authority in
	 * browsers but not in RFC 3986, so parsers would see different hosts. Brackets
	 * outside a host have the same effect. Control characters could end a line where the
	 * host is printed.
	 */
	private void rejectAmbiguity(int from, int host, int end) {
		for (int i = from; i < end; i++) {
			char character = this.text.charAt(i);
			boolean bracket = i < host && (character == '[' || character == ']');
			if (bracket || character == '\\' || UrlChars.isControl(character)) {
				throw UrlSyntaxException.unparsable(this.text,
						"There is a backslash, bracket or control character before the path. Encode or remove it.");
			}
		}
	}

	private int hostEnd(int host, int end) {
		if (host < end && this.text.charAt(host) == '[') {
			int bracket = indexOf(']', host, end);
			if (bracket < end && (!this.strict || Ipv6Literal.matches(this.text, host + 1, bracket))) {
				return bracket + 1;
			}
			rejectWhenStrict();
		}
		int colon = indexOf(':', host, end);
		if (this.strict && (indexOf('[', host, end) < end || indexOf(']', host, end) < end)) {
			rejectWhenStrict();
		}
		return colon;
	}

	private int port(int hostEnd, int end) {
		if (hostEnd == end) {
			return -1;
		}
		int port = (this.text.charAt(hostEnd) == ':') ? Digits.port(this.text, hostEnd + 1, end) : -2;
		if (port == -2) {
			rejectWhenStrict();
		}
		// Port 0 is treated as no port, because it is falsy in Python
		return (port > 0) ? port : -1;
	}

	private void rejectWhenStrict() {
		if (this.strict) {
			throw UrlSyntaxException.unparsable(this.text);
		}
	}

	/**
	 * Removes the fragment and the userinfo from a URL, as for the target of a request
	 * through a proxy. A text without an authority is treated as if it started with one.
	 * @param url a URL
	 * @return the URL without them
	 */
	public static String urldefragauth(String url) {
		ParsedUrl split = ParsedUrl.split(url, false);
		Layout layout = split.layout();
		String query = split.query();
		String suffix = (query == null || query.isEmpty()) ? "" : '?' + query;
		String scheme = (split.scheme() == null) ? "" : split.scheme() + ':';
		if (layout.authorityStart() >= 0 && layout.authorityStart() < layout.pathStart()) {
			String authority = url.substring(layout.hostStart(), layout.pathStart());
			return scheme + "//" + authority + split.path() + suffix;
		}
		String authority = split.path();
		if (url.isEmpty()) {
			return url;
		}
		return scheme + "//" + authority.substring(authority.lastIndexOf('@') + 1) + suffix;
	}

	/**
	 * The positions of the components in the text of a URL.
	 *
	 * @param schemeEnd the index of the colon after the scheme, or -1
	 * @param authorityStart the index after the two slashes, or -1
	 * @param hostStart the index after the userinfo, or -1
	 * @param hostEnd the index after the host, or -1
	 * @param port the port, or -1
	 * @param pathStart the start of the path, which is the end of the authority
	 * @param pathEnd the end of the path, at which a query may start
	 * @param queryEnd the end of the query, at which a fragment may start
	 */
	record Layout(int schemeEnd, int authorityStart, int hostStart, int hostEnd, int port, int pathStart, int pathEnd,
			int queryEnd) {

		/** Returns this layout with another end of the query, and no fragment. */
		Layout withQueryEnd(int end) {
			return new Layout(this.schemeEnd, this.authorityStart, this.hostStart, this.hostEnd, this.port,
					this.pathStart, this.pathEnd, end);
		}

		boolean hasHost() {
			return this.hostStart < this.hostEnd;
		}

		boolean hasUserinfo() {
			return this.hostStart > this.authorityStart;
		}

	}

}
