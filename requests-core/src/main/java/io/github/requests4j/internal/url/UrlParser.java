package io.github.requests4j.internal.url;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.text.Digits;

/**
 * Parses and normalizes a URL with the rules of {@code parse_url} in urllib3: RFC 3986
 * and RFC 6874, with the same treatment of stray percent signs. Does not use regular
 * expressions, so every component is scanned a fixed number of times.
 */
final class UrlParser {

	private final String source;

	private final String url;

	private final @Nullable String scheme;

	private final boolean normalize;

	private UrlParser(String source) {
		this.source = source;
		this.url = startsWithSchemeOrSlash(source) ? source : "//" + source;
		int schemeEnd = UrlSplitter.schemeEnd(this.url);
		this.scheme = (schemeEnd < 0) ? null : ParsedUrl.schemeOf(this.url, schemeEnd);
		this.normalize = this.scheme == null || ParsedUrl.isWeb(this.scheme);
	}

	static Components parse(String url) {
		return new UrlParser(url).parse();
	}

	private static boolean startsWithSchemeOrSlash(String url) {
		if (url.startsWith("/")) {
			return true;
		}
		int end = UrlSplitter.schemeEnd(url);
		// A dot is legal in a scheme, but text such as "example.com:" starts with a host
		return end > 0 && url.lastIndexOf('.', end) < 0;
	}

	private Components parse() {
		int start = (this.scheme == null) ? 0 : this.scheme.length() + 1;
		int queryEnd = indexOf('#', start, this.url.length());
		int pathEnd = indexOf('?', start, queryEnd);
		int authority = this.url.startsWith("//", start) ? start + 2 : start;
		int pathStart = (authority > start) ? authorityEnd(authority, pathEnd) : start;
		String path = path(this.url.substring(pathStart, pathEnd));
		String query = (pathEnd < queryEnd) ? suffix(this.url.substring(pathEnd + 1, queryEnd)) : null;
		String fragment = (queryEnd < this.url.length()) ? suffix(this.url.substring(queryEnd + 1)) : null;
		if (authority == pathStart) {
			return new Components(this.scheme, null, null, -1, path, query, fragment);
		}
		int at = this.url.lastIndexOf('@', pathStart - 1);
		int host = (at >= authority) ? at + 1 : authority;
		String userinfo = (at > authority) ? userinfo(this.url.substring(authority, at)) : null;
		int hostEnd = hostEnd(host, pathStart);
		int port = port(hostEnd, pathStart);
		return new Components(this.scheme, userinfo, host(this.url.substring(host, hostEnd)), port, path, query,
				fragment);
	}

	private int indexOf(char character, int from, int end) {
		int index = this.url.indexOf(character, from);
		return (index < 0 || index > end) ? end : index;
	}

	// A backslash ends the authority, as in browsers, so it is never followed by a host
	private int authorityEnd(int authority, int end) {
		return indexOf('\\', authority, indexOf('/', authority, end));
	}

	private String userinfo(String userinfo) {
		return this.normalize ? PercentCodec.encodeComponent(userinfo, UrlChars.USERINFO) : userinfo;
	}

	private String path(String path) {
		String normalized = path;
		if (this.normalize && !path.isEmpty()) {
			normalized = PercentCodec.encodeComponent(DotSegments.remove(path), UrlChars.PATH);
		}
		return (normalized.isEmpty() || normalized.charAt(0) == '/') ? normalized : '/' + normalized;
	}

	private String suffix(String suffix) {
		return this.normalize ? PercentCodec.encodeComponent(suffix, UrlChars.QUERY) : suffix;
	}

	private int hostEnd(int host, int end) {
		if (host < end && this.url.charAt(host) == '[') {
			int bracket = indexOf(']', host, end);
			if (bracket == end || !Ipv6Literal.matches(this.url, host + 1, bracket)) {
				throw UrlSyntaxException.unparsable(this.source);
			}
			return bracket + 1;
		}
		int colon = indexOf(':', host, end);
		checkRegName(host, colon);
		return colon;
	}

	/**
	 * Checks a registered name, which must not contain delimiters and stray percent
	 * signs.
	 */
	private void checkRegName(int from, int end) {
		for (int i = from; i < end; i++) {
			char character = this.url.charAt(i);
			boolean stray = character == '%' && (i + 2 >= end || UrlChars.escapedByte(this.url, i) < 0);
			if (stray || character == '[' || character == ']') {
				throw UrlSyntaxException.unparsable(this.source);
			}
			if (character < 0x20 || character == 0x7F) {
				throw UrlSyntaxException.unparsable(this.source, "The host contains a control character. Remove it.");
			}
		}
	}

	private int port(int hostEnd, int end) {
		if (hostEnd == end) {
			return -1;
		}
		int port = (this.url.charAt(hostEnd) == ':') ? Digits.port(this.url, hostEnd + 1, end) : -2;
		if (port == -2) {
			throw UrlSyntaxException.unparsable(this.source);
		}
		// Port 0 is treated as no port, because it is falsy in Python
		return (port > 0) ? port : -1;
	}

	private String host(String host) {
		if (!this.normalize || host.isEmpty()) {
			return host;
		}
		if (host.charAt(0) == '[') {
			return Ipv6Literal.normalize(host);
		}
		String ascii = UrlChars.isAscii(host) ? UrlChars.lowerAscii(host)
				: InternationalHost.toAscii(host, this.source);
		// An escape may represent a capital letter
		String lower = UrlChars.lowerAscii(PercentCodec.unquoteUnreserved(ascii));
		// A missing scheme is reported before an invalid host
		return (this.scheme != null) ? HostRules.checked(lower, this.source) : lower;
	}

	/**
	 * The components of a URL that is being built.
	 *
	 * @param scheme the scheme in lower case, or null
	 * @param userinfo the userinfo, or null
	 * @param host the host, null if there is no authority
	 * @param port the port, or -1
	 * @param path the path, empty or starting with a slash
	 * @param query the query, or null
	 * @param fragment the fragment, or null
	 */
	record Components(@Nullable String scheme, @Nullable String userinfo, @Nullable String host, int port, String path,
			@Nullable String query, @Nullable String fragment) {

		/** Returns the text of the URL. A host without a scheme follows two slashes. */
		String toText() {
			StringBuilder text = new StringBuilder();
			if (this.scheme != null) {
				text.append(this.scheme).append("://");
			}
			else if (this.host != null) {
				text.append("//");
			}
			appendAuthority(text);
			text.append(this.path);
			appendQueryAndFragment(text, this.query, this.fragment);
			return text.toString();
		}

		void appendAuthority(StringBuilder text) {
			appendUserinfo(text);
			if (this.host != null) {
				text.append(this.host);
			}
			appendPort(text);
		}

		void appendUserinfo(StringBuilder text) {
			if (this.userinfo != null) {
				text.append(this.userinfo).append('@');
			}
		}

		void appendPort(StringBuilder text) {
			if (this.port > 0) {
				text.append(':').append(this.port);
			}
		}

		Components withHost(String changed) {
			return new Components(this.scheme, this.userinfo, changed, this.port, this.path, this.query, this.fragment);
		}

		static void appendQueryAndFragment(StringBuilder text, @Nullable String query, @Nullable String fragment) {
			if (query != null) {
				text.append('?').append(query);
			}
			if (fragment != null) {
				text.append('#').append(fragment);
			}
		}

	}

}
