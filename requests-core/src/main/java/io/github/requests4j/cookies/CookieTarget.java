package io.github.requests4j.cookies;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.url.Url;

/**
 * The parts of a URL that cookies depend on. A Host header is never used, because it must
 * not give access to the cookies of another host.
 *
 * @param host the host in canonical form
 * @param path the path that is sent, which starts with a slash
 * @param secure whether the connection is encrypted; loopback addresses are not treated
 * as secure
 */
record CookieTarget(String host, String path, boolean secure) {

	/**
	 * Returns the target of a URL, or {@code null} if the URL has no host and therefore
	 * no cookies.
	 */
	static @Nullable CookieTarget of(Url url) {
		String host = url.host();
		String canonical = (host != null) ? Domains.canonical(withoutZone(host)) : null;
		if (canonical == null) {
			return null;
		}
		String target = url.requestTarget();
		int query = target.indexOf('?');
		return new CookieTarget(canonical, (query < 0) ? target : target.substring(0, query),
				url.isSecure() || "wss".equals(url.scheme()));
	}

	/** Removes the zone of an IPv6 address, which only has a meaning on this host. */
	private static String withoutZone(String host) {
		int zone = (host.charAt(0) == '[') ? host.indexOf('%') : -1;
		return (zone < 0) ? host : host.substring(0, zone) + ']';
	}

	/**
	 * Returns whether a cookie with this path is sent to a request path (RFC 6265,
	 * section 5.1.4).
	 */
	static boolean pathMatches(String requestPath, String cookiePath) {
		if (!requestPath.startsWith(cookiePath)) {
			return false;
		}
		return requestPath.length() == cookiePath.length() || cookiePath.endsWith("/")
				|| requestPath.charAt(cookiePath.length()) == '/';
	}

}
