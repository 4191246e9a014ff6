package io.github.requests4j.cookies;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.url.Url;

/**
 * What cookies see of a URL. Only the URL counts, never a Host header: what a caller
 * writes there must not open the cookies of another host.
 *
 * @param host the host in the form in which hosts are compared
 * @param path the path as it is sent; starts with a slash
 * @param secure whether the connection is encrypted; loopback gets no favour
 */
record CookieTarget(String host, String path, boolean secure) {

	/** {@code null} if the URL has no host, and so neither gives nor takes cookies. */
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

	/** A zone of an IPv6 address means nothing to the other side. */
	private static String withoutZone(String host) {
		int zone = (host.charAt(0) == '[') ? host.indexOf('%') : -1;
		return (zone < 0) ? host : host.substring(0, zone) + ']';
	}

	/** Whether a cookie of that path is sent to this path (RFC 6265, section 5.1.4). */
	static boolean pathMatches(String requestPath, String cookiePath) {
		if (!requestPath.startsWith(cookiePath)) {
			return false;
		}
		return requestPath.length() == cookiePath.length() || cookiePath.endsWith("/")
				|| requestPath.charAt(cookiePath.length()) == '/';
	}

}
