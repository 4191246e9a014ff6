package io.github.requests4j.url;

import org.jspecify.annotations.Nullable;

/**
 * An immutable, parsed URL. The same object is used for sending, connecting, comparing
 * and logging, so that different parsers cannot disagree about the host. <pre>{@code
 * Url url = Urls.split("https://api.example.com/items?page=2");
 * String host = url.host();
 * }</pre>
 * <p>
 * {@link #text()} is the whole URL, including secrets. {@code toString()} is safe to log:
 * it masks the password and values of secret parameters in query and fragment. Two URLs
 * are equal if their texts are equal. Implementations are immutable and thread-safe.
 * Applications do not implement this interface.
 */
public interface Url {

	/**
	 * Returns the whole URL, including userinfo and fragment.
	 * @return the text
	 */
	String text();

	/**
	 * Returns the scheme in lower case.
	 * @return the scheme, or null if the text has none
	 */
	@Nullable String scheme();

	/**
	 * Returns whether the scheme is http or https.
	 * @return true for http and https
	 */
	boolean isHttp();

	/**
	 * Returns whether the scheme is https.
	 * @return true for https
	 */
	boolean isSecure();

	/**
	 * Returns the percent-encoded userinfo.
	 * @return the userinfo, or null if there is none
	 */
	@Nullable String userinfo();

	/**
	 * Returns the host in lower case, IPv6 addresses in brackets.
	 * @return the host, or null if there is none
	 */
	@Nullable String host();

	/**
	 * Returns the explicit port.
	 * @return the port, or -1 if there is none
	 */
	int port();

	/**
	 * Returns the port to connect to: the explicit port, otherwise the default port of
	 * the scheme.
	 * @return the port, or -1 if neither is known
	 */
	int effectivePort();

	/**
	 * Returns the path without decoding it.
	 * @return the path, possibly empty
	 */
	String path();

	/**
	 * Returns the query without the question mark and without decoding it.
	 * @return the query, or null if there is no question mark
	 */
	@Nullable String query();

	/**
	 * Returns the fragment without the hash sign and without decoding it. It is never
	 * sent.
	 * @return the fragment, or null if there is no hash sign
	 */
	@Nullable String fragment();

	/**
	 * Returns the path, or "/" if it is empty, and the query unless it is empty
	 * ({@code path_url} of requests).
	 * @return the path and query
	 */
	String pathUrl();

	/**
	 * Returns the target for the request line: {@link #pathUrl()} with all characters
	 * encoded that are not allowed there (RFC 9112 section 3.2.1). The result is always
	 * US-ASCII without blanks and control characters.
	 * @return the origin-form of the request target
	 */
	String requestTarget();

	/**
	 * Returns the absolute-form of the request target, for a plain http request through a
	 * proxy (RFC 9112 section 3.2.2). It has no userinfo, no fragment and no IPv6 zone
	 * (RFC 6874 section 4).
	 * @return scheme, host, explicit port and {@link #requestTarget()}
	 */
	String absoluteTarget();

	/**
	 * Returns the value of the Host header: the host, and the port unless it is the
	 * scheme's default (RFC 9110 section 7.2). It has no userinfo and no IPv6 zone, which
	 * only has a meaning on this host (RFC 6874 section 4).
	 * @return the value
	 * @throws IllegalStateException if there is no host
	 */
	String hostHeader();

	/**
	 * Returns the host in the form for name resolution: IPv6 addresses without brackets,
	 * with a zone after a plain percent sign.
	 * @return the name or address
	 * @throws IllegalStateException if there is no host
	 */
	String hostForConnect();

	/**
	 * Returns the origin: scheme, host, and the port unless it is the scheme's default
	 * (RFC 6454).
	 * @return the origin, such as {@code https://example.com} or
	 * {@code http://[::1]:8080}
	 * @throws IllegalStateException if there is no host
	 */
	String origin();

	/**
	 * Returns whether scheme, host and effective port are equal.
	 * @param other the URL to compare with
	 * @return true if they are; false if a URL has no scheme or no host
	 */
	boolean sameOrigin(Url other);

	/**
	 * Returns the URL without userinfo and fragment, for example for a Referer header, a
	 * metric or a log.
	 * @return the text
	 */
	String withoutUserinfoAndFragment();

	/**
	 * Returns the default port of a scheme.
	 * @param scheme a scheme in lower case, or null
	 * @return 80 for http, 443 for https, otherwise -1
	 */
	static int defaultPort(@Nullable String scheme) {
		if ("http".equals(scheme)) {
			return 80;
		}
		return "https".equals(scheme) ? 443 : -1;
	}

}
