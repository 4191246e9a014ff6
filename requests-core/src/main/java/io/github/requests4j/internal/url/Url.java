package io.github.requests4j.internal.url;

import org.jspecify.annotations.Nullable;

/**
 * An immutable URL: one text, and where its components lie in it. What is sent, dialled,
 * compared and shown all comes from the same object, so that no two parsers can disagree
 * about the host.
 * <p>
 * {@link #text()} is the URL itself; {@link #toString()} is for people and hides the
 * password. Safe for use by many threads.
 *
 * @see UrlPreparer
 */
public final class Url {

	private static final int HTTP_PORT = 80;

	private static final int HTTPS_PORT = 443;

	private final String text;

	private final @Nullable String scheme;

	private final UrlLayout layout;

	// Derived lazily, without a lock: any thread computes the same value
	private @Nullable String host;

	private @Nullable String requestTarget;

	Url(String text, @Nullable String scheme, UrlLayout layout) {
		this.text = text;
		this.scheme = scheme;
		this.layout = layout;
	}

	/**
	 * Parse a text as urllib3's {@code parse_url} does: URLs of http, of https and
	 * without a scheme are normalised (case of scheme and host, dot segments,
	 * percent-encoding of what a component cannot hold, IDNA), others are only taken
	 * apart. A text without a scheme is taken to begin with a host, as in
	 * {@code example.com:80/x}, unless it begins with a slash or with a name that could
	 * be a scheme, as in {@code localhost:80}. The text of a URL with a host and no
	 * scheme begins with two slashes.
	 * @param url the text
	 * @return the URL; scheme and host may be missing
	 * @throws UrlSyntaxException if the text cannot be parsed
	 */
	public static Url parse(String url) {
		return split(UrlParser.parse(url).toText(), false);
	}

	/**
	 * Take a text apart without changing it (RFC 3986 appendix B), as for a URL that was
	 * prepared before, set by hand, or taken from a redirect (behaviours 44, 46, 151).
	 * @param url the text
	 * @return the URL, with exactly that text
	 * @throws UrlSyntaxException if its scheme is http or https and its authority is not
	 * well-formed
	 */
	public static Url split(String url) {
		int schemeEnd = UrlSplitter.schemeEnd(url);
		boolean web = schemeEnd >= 0 && isWeb(schemeOf(url, schemeEnd));
		Url split = split(url, web);
		if (web && split.layout.hasHost()) {
			split.host = plainHost(split);
		}
		return split;
	}

	static Url split(String url, boolean strict) {
		UrlLayout layout = UrlSplitter.split(url, strict);
		String scheme = (layout.schemeEnd() < 0) ? null : schemeOf(url, layout.schemeEnd());
		return new Url(url, scheme, layout);
	}

	private static String plainHost(Url url) {
		String host = url.rawHost();
		if (host.startsWith("[")) {
			return Ipv6Literal.normalize(host);
		}
		if (UrlChars.isAscii(host)) {
			return UrlChars.lowerAscii(host);
		}
		return InternationalHost.toAscii(host, url.text);
	}

	static boolean isWeb(@Nullable String scheme) {
		return "http".equals(scheme) || "https".equals(scheme);
	}

	/** The scheme in lower case; the two usual ones cost no allocation. */
	static String schemeOf(String text, int end) {
		if (end == 5 && text.regionMatches(true, 0, "https", 0, 5)) {
			return "https";
		}
		if (end == 4 && text.regionMatches(true, 0, "http", 0, 4)) {
			return "http";
		}
		return UrlChars.lowerAscii(text.substring(0, end));
	}

	/**
	 * The whole URL, userinfo and fragment included.
	 * @return the text
	 */
	public String text() {
		return this.text;
	}

	/**
	 * The scheme in lower case.
	 * @return the scheme, or null when the text has none
	 */
	public @Nullable String scheme() {
		return this.scheme;
	}

	/**
	 * Whether the scheme is http or https.
	 * @return true for http and https
	 */
	public boolean isHttp() {
		return isWeb(this.scheme);
	}

	/**
	 * Whether the scheme is https.
	 * @return true for https
	 */
	public boolean isSecure() {
		return "https".equals(this.scheme);
	}

	/**
	 * The userinfo as it stands in the text, percent-encoded.
	 * @return the userinfo, or null when there is none
	 * @see UrlCredentials
	 */
	public @Nullable String userinfo() {
		return this.layout.hasUserinfo()
				? this.text.substring(this.layout.authorityStart(), this.layout.hostStart() - 1) : null;
	}

	/**
	 * The host, in lower case, IPv6 addresses in brackets.
	 * @return the host, or null when there is none
	 */
	public @Nullable String host() {
		String host = this.host;
		if (host == null && this.layout.hasHost()) {
			host = lowerHost(rawHost());
			this.host = host;
		}
		return host;
	}

	/** A zone keeps its case: it names an interface. */
	private static String lowerHost(String host) {
		int zone = zoneIndex(host);
		return (zone < 0) ? UrlChars.lowerAscii(host)
				: UrlChars.lowerAscii(host.substring(0, zone)) + host.substring(zone);
	}

	private String rawHost() {
		return this.text.substring(this.layout.hostStart(), this.layout.hostEnd());
	}

	/**
	 * The port that the text spells out.
	 * @return the port, or -1 when there is none
	 */
	public int port() {
		return this.layout.port();
	}

	/**
	 * The port to connect to: the one of the text, else the scheme's.
	 * @return the port, or -1 when neither is known
	 */
	public int effectivePort() {
		return (this.layout.port() > 0) ? this.layout.port() : defaultPort(this.scheme);
	}

	/**
	 * The port that a scheme implies.
	 * @param scheme a scheme in lower case, or null
	 * @return 80 for http, 443 for https, else -1
	 */
	public static int defaultPort(@Nullable String scheme) {
		if ("http".equals(scheme)) {
			return HTTP_PORT;
		}
		return "https".equals(scheme) ? HTTPS_PORT : -1;
	}

	/**
	 * The path as it stands in the text.
	 * @return the path, possibly empty
	 */
	public String path() {
		return this.text.substring(this.layout.pathStart(), this.layout.pathEnd());
	}

	/**
	 * The query as it stands in the text, without the question mark.
	 * @return the query, or null when there is no question mark
	 */
	public @Nullable String query() {
		return (this.layout.pathEnd() < this.layout.queryEnd())
				? this.text.substring(this.layout.pathEnd() + 1, this.layout.queryEnd()) : null;
	}

	/**
	 * The fragment as it stands in the text, without the hash sign. It is never sent.
	 * @return the fragment, or null when there is no hash sign
	 */
	public @Nullable String fragment() {
		return (this.layout.queryEnd() < this.text.length()) ? this.text.substring(this.layout.queryEnd() + 1) : null;
	}

	/**
	 * The path, or "/", and the query when it is not empty: {@code path_url} of requests
	 * (behaviour 44).
	 * @return the path and query as they stand in the text
	 */
	public String pathUrl() {
		boolean query = this.layout.queryEnd() - this.layout.pathEnd() > 1;
		int end = query ? this.layout.queryEnd() : this.layout.pathEnd();
		String pathUrl = this.text.substring(this.layout.pathStart(), end);
		return (this.layout.pathStart() == this.layout.pathEnd()) ? "/" + pathUrl : pathUrl;
	}

	/**
	 * What goes on the request line: {@link #pathUrl()} with everything encoded that must
	 * not stand there (behaviours 44 to 46; RFC 9112 section 3.2.1). Only US-ASCII
	 * without blanks and controls, whatever the text holds.
	 * @return the origin-form of the request target
	 */
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
		if (ComponentEncoder.isClean(this.text, this.layout.pathStart(), pathEnd, UrlChars.PATH) && (pathEnd == queryEnd
				|| ComponentEncoder.isClean(this.text, pathEnd + 1, queryEnd, UrlChars.QUERY))) {
			return pathUrl();
		}
		String path = path().isEmpty() ? "/" : ComponentEncoder.encode(path(), UrlChars.PATH);
		String query = query();
		return (query == null || query.isEmpty()) ? path : path + '?' + ComponentEncoder.encode(query, UrlChars.QUERY);
	}

	/**
	 * The absolute-form of the request target, for a plain http request through a proxy
	 * (RFC 9112 section 3.2.2): without userinfo and fragment (behaviour 183), and
	 * without an IPv6 zone, as RFC 6874 section 4 wants it of what is sent.
	 * @return scheme, host, port as in the text, and {@link #requestTarget()}
	 */
	public String absoluteTarget() {
		String port = (this.layout.port() > 0) ? ":" + this.layout.port() : "";
		return this.scheme + "://" + hostWithoutZone() + port + requestTarget();
	}

	/**
	 * The value of the Host header: the host, and the port when it is not the scheme's
	 * (behaviour 59; RFC 9110 section 7.2). Without userinfo, and without an IPv6 zone,
	 * which means nothing to the other side (RFC 6874 section 4).
	 * @return the value
	 * @throws IllegalStateException if there is no host
	 */
	public String hostHeader() {
		String name = hostWithoutZone();
		int port = this.layout.port();
		return (port <= 0 || port == defaultPort(this.scheme)) ? name : name + ':' + port;
	}

	/**
	 * The host as name resolution takes it: IPv6 addresses without brackets, a zone after
	 * a plain percent sign.
	 * @return the name or address
	 * @throws IllegalStateException if there is no host
	 */
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

	/**
	 * The origin: scheme, host, and the port when it is not the scheme's (RFC 6454).
	 * @return for instance {@code https://example.com} or {@code http://[::1]:8080}
	 * @throws IllegalStateException if there is no host
	 */
	public String origin() {
		int port = this.layout.port();
		String start = this.scheme + "://" + requireHost();
		return (port <= 0 || port == defaultPort(this.scheme)) ? start : start + ':' + port;
	}

	/**
	 * Whether scheme, host and effective port are the same.
	 * @param other the URL to compare with
	 * @return false also when one of them has no scheme or no host
	 */
	public boolean sameOrigin(Url other) {
		String host = host();
		return host != null && this.scheme != null && this.scheme.equals(other.scheme)
				&& effectivePort() == other.effectivePort() && host.equals(other.host());
	}

	/**
	 * The URL without its userinfo and fragment, as for a Referer header, a metric or a
	 * log.
	 * @return the text without them
	 */
	public String withoutUserinfoAndFragment() {
		int end = this.layout.queryEnd();
		if (!this.layout.hasUserinfo()) {
			return this.text.substring(0, end);
		}
		return this.text.substring(0, this.layout.authorityStart()) + this.text.substring(this.layout.hostStart(), end);
	}

	UrlLayout layout() {
		return this.layout;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Url url && this.text.equals(url.text);
	}

	@Override
	public int hashCode() {
		return this.text.hashCode();
	}

	/**
	 * The URL with its password replaced by {@code ***}: fit for logs.
	 * @return the masked text
	 */
	@Override
	public String toString() {
		String userinfo = userinfo();
		int colon = (userinfo == null) ? -1 : userinfo.indexOf(':');
		if (colon < 0) {
			return this.text;
		}
		return this.text.substring(0, this.layout.authorityStart() + colon + 1) + "***"
				+ this.text.substring(this.layout.hostStart() - 1);
	}

}
