package io.github.requests4j.cookies;

import java.net.URI;

import org.jspecify.annotations.Nullable;

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
	static @Nullable CookieTarget of(URI url) {
		String host = (url.getHost() != null) ? url.getHost() : hostOf(url.getRawAuthority());
		String canonical = (host != null) ? Domains.canonical(host) : null;
		if (canonical == null) {
			return null;
		}
		String path = url.getRawPath();
		return new CookieTarget(canonical, (path != null && path.startsWith("/")) ? path : "/",
				isSecure(url.getScheme()));
	}

	private static boolean isSecure(@Nullable String scheme) {
		return "https".equalsIgnoreCase(scheme) || "wss".equalsIgnoreCase(scheme);
	}

	/** {@link URI} does not take an underscore for part of a host, name services do. */
	private static @Nullable String hostOf(@Nullable String authority) {
		if (authority == null) {
			return null;
		}
		String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
		int colon = hostAndPort.lastIndexOf(':');
		return (colon > hostAndPort.lastIndexOf(']')) ? hostAndPort.substring(0, colon) : hostAndPort;
	}

}
