package io.github.requests4j.internal.url;

import io.github.requests4j.internal.text.Digits;

/**
 * Splits a text at the delimiters of RFC 3986 without changing it, as Python's
 * {@code urlsplit} does. Each index only moves forward, so the time is linear.
 */
public final class UrlSplitter {

	private final String text;

	private final boolean strict;

	private UrlSplitter(String text, boolean strict) {
		this.text = text;
		this.strict = strict;
	}

	/**
	 * Split a text.
	 * @param text the text
	 * @param strict whether to refuse an authority that is not well-formed; otherwise it
	 * has no port
	 * @return where the components lie
	 */
	static Layout split(String text, boolean strict) {
		return new UrlSplitter(text, strict).split();
	}

	/** The index of the colon after a well-formed scheme, or -1. */
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
			refuseAmbiguity(authority, host, pathStart);
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
	 * A backslash ends the authority for browsers and not for RFC 3986, so that two
	 * parsers would see two hosts, and brackets outside a host have the same effect;
	 * controls could end a line in whatever prints the host.
	 */
	private void refuseAmbiguity(int from, int host, int end) {
		for (int i = from; i < end; i++) {
			char character = this.text.charAt(i);
			boolean bracket = i < host && (character == '[' || character == ']');
			if (bracket || character == '\\' || UrlChars.isControl(character)) {
				throw UrlSyntaxException.unparsable(this.text,
						"a backslash, bracket or control character stands before the path; encode it or remove it");
			}
		}
	}

	private int hostEnd(int host, int end) {
		if (host < end && this.text.charAt(host) == '[') {
			int bracket = indexOf(']', host, end);
			if (bracket < end && (!this.strict || Ipv6Literal.matches(this.text, host + 1, bracket))) {
				return bracket + 1;
			}
			refuse();
		}
		int colon = indexOf(':', host, end);
		if (this.strict && (indexOf('[', host, end) < end || indexOf(']', host, end) < end)) {
			refuse();
		}
		return colon;
	}

	private int port(int hostEnd, int end) {
		if (hostEnd == end) {
			return -1;
		}
		int port = (this.text.charAt(hostEnd) == ':') ? Digits.port(this.text, hostEnd + 1, end) : -2;
		if (port == -2) {
			refuse();
		}
		// Port 0 counts as none, as it is falsy in Python
		return (port > 0) ? port : -1;
	}

	private void refuse() {
		if (this.strict) {
			throw UrlSyntaxException.unparsable(this.text);
		}
	}

	/**
	 * Removes the fragment and the userinfo of a URL, as for the target of a request
	 * through a proxy. A text without an authority is taken to begin with one.
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
	 * @param pathStart the index at which the path begins, and the authority ends
	 * @param pathEnd the index at which the path ends, and a query may begin
	 * @param queryEnd the index at which the query ends, and a fragment may begin
	 */
	record Layout(int schemeEnd, int authorityStart, int hostStart, int hostEnd, int port, int pathStart, int pathEnd,
			int queryEnd) {

		/** The same layout with a query that ends elsewhere, and no fragment. */
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
