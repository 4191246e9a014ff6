package io.github.requests4j.internal.url;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.url.Url;

/**
 * The implementation of {@link Url}, which consists of a text and the positions of its
 * components.
 *
 * @see UrlPreparer
 */
public final class ParsedUrl implements Url {

	private final String text;

	private final @Nullable String scheme;

	private final UrlSplitter.Layout layout;

	// Computed lazily without a lock, because every thread computes the same value
	private @Nullable String host;

	private @Nullable String requestTarget;

	ParsedUrl(String text, @Nullable String scheme, UrlSplitter.Layout layout) {
		this.text = text;
		this.scheme = scheme;
		this.layout = layout;
	}

	/**
	 * Parses a text like {@code parse_url} in urllib3. URLs with http, https or no scheme
	 * are normalized (case of scheme and host, dot segments, percent-encoding, IDNA);
	 * others are only split. A text without a scheme starts with a host, as in
	 * {@code example.com:80/x}, unless it starts with a slash or a possible scheme, as in
	 * {@code localhost:80}. The text of a URL with a host but no scheme starts with two
	 * slashes.
	 * @param url the text
	 * @return the URL; scheme and host may be missing
	 * @throws UrlSyntaxException if the text cannot be parsed
	 */
	public static ParsedUrl parse(String url) {
		return split(UrlParser.parse(url).toText(), false);
	}

	/**
	 * Splits a text without changing it (RFC 3986 appendix B), for URLs that were already
	 * prepared, set without preparing, or received in a redirect.
	 * @param url the text
	 * @return the URL, with exactly that text
	 * @throws UrlSyntaxException if its scheme is http or https and its authority is not
	 * valid
	 */
	public static ParsedUrl split(String url) {
		int schemeEnd = UrlSplitter.schemeEnd(url);
		boolean web = schemeEnd >= 0 && isWeb(schemeOf(url, schemeEnd));
		ParsedUrl split = split(url, web);
		if (web && split.layout.hasHost()) {
			split.host = plainHost(split);
		}
		return split;
	}

	static ParsedUrl split(String url, boolean strict) {
		UrlSplitter.Layout layout = UrlSplitter.split(url, strict);
		String scheme = (layout.schemeEnd() < 0) ? null : schemeOf(url, layout.schemeEnd());
		return new ParsedUrl(url, scheme, layout);
	}

	private static String plainHost(ParsedUrl url) {
		String host = url.rawHost();
		if (host.startsWith("[")) {
			return Ipv6Literal.normalize(host);
		}
		String ascii = UrlChars.isAscii(host) ? UrlChars.lowerAscii(host) : InternationalHost.toAscii(host, url.text);
		return HostRules.checked(ascii, url.text);
	}

	static boolean isWeb(@Nullable String scheme) {
		return "http".equals(scheme) || "https".equals(scheme);
	}

	/** Returns the scheme in lower case. Does not allocate for http and https. */
	static String schemeOf(String text, int end) {
		if (end == 5 && text.regionMatches(true, 0, "https", 0, 5)) {
			return "https";
		}
		if (end == 4 && text.regionMatches(true, 0, "http", 0, 4)) {
			return "http";
		}
		return UrlChars.lowerAscii(text.substring(0, end));
	}

	@Override
	public String text() {
		return this.text;
	}

	@Override
	public @Nullable String scheme() {
		return this.scheme;
	}

	@Override
	public boolean isHttp() {
		return isWeb(this.scheme);
	}

	@Override
	public boolean isSecure() {
		return "https".equals(this.scheme);
	}

	@Override
	public @Nullable String userinfo() {
		return this.layout.hasUserinfo()
				? this.text.substring(this.layout.authorityStart(), this.layout.hostStart() - 1) : null;
	}

	@Override
	public @Nullable String host() {
		String host = this.host;
		if (host == null && this.layout.hasHost()) {
			host = lowerHost(rawHost());
			this.host = host;
		}
		return host;
	}

	/**
	 * Converts a host to lower case, except for a zone, which is the name of an
	 * interface.
	 */
	private static String lowerHost(String host) {
		int zone = zoneIndex(host);
		return (zone < 0) ? UrlChars.lowerAscii(host)
				: UrlChars.lowerAscii(host.substring(0, zone)) + host.substring(zone);
	}

	private String rawHost() {
		return this.text.substring(this.layout.hostStart(), this.layout.hostEnd());
	}

	@Override
	public int port() {
		return this.layout.port();
	}

	@Override
	public int effectivePort() {
		return (this.layout.port() > 0) ? this.layout.port() : Url.defaultPort(this.scheme);
	}

	@Override
	public String path() {
		return this.text.substring(this.layout.pathStart(), this.layout.pathEnd());
	}

	@Override
	public @Nullable String query() {
		return (this.layout.pathEnd() < this.layout.queryEnd())
				? this.text.substring(this.layout.pathEnd() + 1, this.layout.queryEnd()) : null;
	}

	@Override
	public @Nullable String fragment() {
		return (this.layout.queryEnd() < this.text.length()) ? this.text.substring(this.layout.queryEnd() + 1) : null;
	}

	@Override
	public String pathUrl() {
		boolean query = this.layout.queryEnd() - this.layout.pathEnd() > 1;
		int end = query ? this.layout.queryEnd() : this.layout.pathEnd();
		String pathUrl = this.text.substring(this.layout.pathStart(), end);
		return (this.layout.pathStart() == this.layout.pathEnd()) ? "/" + pathUrl : pathUrl;
	}

	@Override
	public String requestTarget() {
		String target = this.requestTarget;
		if (target == null) {
			target = encodedTarget();
			this.requestTarget = target;
		}
		return target;
	}

	private String encodedTarget() {
		int pathEnd = this.layout.pathEnd();
		int queryEnd = this.layout.queryEnd();
		if (UrlChars.isClean(this.text, this.layout.pathStart(), pathEnd, UrlChars.PATH)
				&& (pathEnd == queryEnd || UrlChars.isClean(this.text, pathEnd + 1, queryEnd, UrlChars.QUERY))) {
			return pathUrl();
		}
		String path = path().isEmpty() ? "/" : PercentCodec.encodeComponent(path(), UrlChars.PATH);
		String query = query();
		return (query == null || query.isEmpty()) ? path
				: path + '?' + PercentCodec.encodeComponent(query, UrlChars.QUERY);
	}

	@Override
	public String absoluteTarget() {
		String port = (this.layout.port() > 0) ? ":" + this.layout.port() : "";
		return this.scheme + "://" + hostWithoutZone() + port + requestTarget();
	}

	@Override
	public String hostHeader() {
		String name = hostWithoutZone();
		int port = this.layout.port();
		return (port <= 0 || port == Url.defaultPort(this.scheme)) ? name : name + ':' + port;
	}

	@Override
	public String hostForConnect() {
		String host = requireHost();
		if (host.charAt(0) != '[') {
			return host;
		}
		int zone = zoneIndex(host);
		if (zone < 0) {
			return host.substring(1, host.length() - 1);
		}
		int name = host.startsWith("%25", zone) ? zone + 3 : zone + 1;
		return host.substring(1, zone) + '%' + PercentCodec.decode(host.substring(name, host.length() - 1));
	}

	private String hostWithoutZone() {
		String host = requireHost();
		int zone = zoneIndex(host);
		return (zone < 0) ? host : host.substring(0, zone) + ']';
	}

	private String requireHost() {
		String host = host();
		if (host == null) {
			throw new IllegalStateException(this + " has no host");
		}
		return host;
	}

	private static int zoneIndex(String host) {
		return (host.charAt(0) == '[') ? host.indexOf('%') : -1;
	}

	@Override
	public String origin() {
		int port = this.layout.port();
		String start = this.scheme + "://" + requireHost();
		return (port <= 0 || port == Url.defaultPort(this.scheme)) ? start : start + ':' + port;
	}

	@Override
	public boolean sameOrigin(Url other) {
		String host = host();
		return host != null && this.scheme != null && this.scheme.equals(other.scheme())
				&& effectivePort() == other.effectivePort() && host.equals(other.host());
	}

	@Override
	public String withoutUserinfoAndFragment() {
		int end = this.layout.queryEnd();
		if (!this.layout.hasUserinfo()) {
			return this.text.substring(0, end);
		}
		return this.text.substring(0, this.layout.authorityStart()) + this.text.substring(this.layout.hostStart(), end);
	}

	UrlSplitter.Layout layout() {
		return this.layout;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof ParsedUrl url && this.text.equals(url.text);
	}

	@Override
	public int hashCode() {
		return this.text.hashCode();
	}

	/**
	 * Returns the URL for logs, with its password and the values of secret names in query
	 * and fragment replaced by {@code ***}.
	 * @return the masked text
	 */
	@Override
	public String toString() {
		String userinfo = userinfo();
		int colon = (userinfo == null) ? -1 : userinfo.indexOf(':');
		if (colon < 0 && this.layout.pathEnd() == this.text.length()) {
			return this.text;
		}
		String start = (colon < 0) ? this.text.substring(0, this.layout.pathEnd())
				: this.text.substring(0, this.layout.authorityStart() + colon + 1) + Secrets.MASK
						+ this.text.substring(this.layout.hostStart() - 1, this.layout.pathEnd());
		String suffix = this.text.substring(this.layout.pathEnd());
		return suffix.isEmpty() ? start : start + suffix.charAt(0) + SecretMasker.DEFAULT.pairs(suffix.substring(1));
	}

}
