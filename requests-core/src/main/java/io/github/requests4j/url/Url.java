package io.github.requests4j.url;

import org.jspecify.annotations.Nullable;

/**
 * An immutable, parsed URL. What is sent, connected to, compared and shown comes from the
 * same object, so that no two parsers can disagree about the host. <pre>{@code
 * Url url = Urls.split("https://api.example.com/items?page=2");
 * String host = url.host();
 * }</pre>
 * <p>
 * {@link #text()} is the URL itself, secrets included; {@code toString()} hides the
 * password, and the values of query and fragment whose names tell of a secret, and is
 * safe to log. Two URLs are equal when their texts are. Implementations are immutable and
 * safe for use by many threads; applications do not implement this interface.
 */
public interface Url {

	/**
	 * Returns the whole URL, userinfo and fragment included.
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
	 * Returns the userinfo as it is in the text, percent-encoded.
	 * @return the userinfo, or null if there is none
	 */
	@Nullable String userinfo();

	/**
	 * Returns the host in lower case, IPv6 addresses in brackets.
	 * @return the host, or null if there is none
	 */
	@Nullable String host();

	/**
	 * Returns the port that the text spells out.
	 * @return the port, or -1 if there is none
	 */
	int port();

	/**
	 * Returns the port to connect to: the one in the text, else the default of the
	 * scheme.
	 * @return the port, or -1 if neither is known
	 */
	int effectivePort();

	/**
	 * Returns the path as it is in the text.
	 * @return the path, possibly empty
	 */
	String path();

	/**
	 * Returns the query as it is in the text, without the question mark.
	 * @return the query, or null if there is no question mark
	 */
	@Nullable String query();

	/**
	 * Returns the fragment as it is in the text, without the hash sign. It is never sent.
	 * @return the fragment, or null if there is no hash sign
	 */
	@Nullable String fragment();

	/**
	 * Returns the path, or "/" if it is empty, and the query unless it is empty: the
	 * {@code path_url} of requests.
	 * @return the path and query as they are in the text
	 */
	String pathUrl();

	/**
	 * Returns what goes on the request line: {@link #pathUrl()} with every character
	 * encoded that is not allowed there (RFC 9112 section 3.2.1). The result is US-ASCII
	 * without blanks and controls, whatever the text contains.
	 * @return the origin-form of the request target
	 */
	String requestTarget();

	/**
	 * Returns the absolute-form of the request target, for a plain http request through a
	 * proxy (RFC 9112 section 3.2.2). It has no userinfo, no fragment and no IPv6 zone
	 * (RFC 6874 section 4).
	 * @return scheme, host, port as in the text, and {@link #requestTarget()}
	 */
	String absoluteTarget();

	/**
	 * Returns the value of the Host header: the host, and the port unless it is the
	 * scheme's default (RFC 9110 section 7.2). It has no userinfo and no IPv6 zone, which
	 * means nothing to the other side (RFC 6874 section 4).
	 * @return the value
	 * @throws IllegalStateException if there is no host
	 */
	String hostHeader();

	/**
	 * Returns the host as name resolution takes it: IPv6 addresses without brackets, a
	 * zone after a plain percent sign.
	 * @return the name or address
	 * @throws IllegalStateException if there is no host
	 */
	String hostForConnect();

	/**
	 * Returns the origin: scheme, host, and the port unless it is the scheme's default
	 * (RFC 6454).
	 * @return for instance {@code https://example.com} or {@code http://[::1]:8080}
	 * @throws IllegalStateException if there is no host
	 */
	String origin();

	/**
	 * Returns whether scheme, host and effective port are the same.
	 * @param other the URL to compare with
	 * @return false also if one of them has no scheme or no host
	 */
	boolean sameOrigin(Url other);

	/**
	 * Returns the URL without its userinfo and fragment, as for a Referer header, a
	 * metric or a log.
	 * @return the text without them
	 */
	String withoutUserinfoAndFragment();

	/**
	 * Returns the port that a scheme implies.
	 * @param scheme a scheme in lower case, or null
	 * @return 80 for http, 443 for https, else -1
	 */
	static int defaultPort(@Nullable String scheme) {
		if ("http".equals(scheme)) {
			return 80;
		}
		return "https".equals(scheme) ? 443 : -1;
	}

}
