package io.github.requests4j.adapters;

import java.util.Map;

/**
 * What the route and the body change about the headers of a request.
 *
 * @param addChunked whether the body goes out in chunks that no header announces yet
 * @param forwarded whether the request itself goes to a proxy, which forwards it
 * @param proxyHeaders the headers for that proxy, appended last (behaviour 183)
 */
record HeadExtras(boolean addChunked, boolean forwarded, Map<String, String> proxyHeaders) {

	static final HeadExtras NONE = new HeadExtras(false, false, Map.of());

	/**
	 * Proxy-Authorization is for the proxy that forwards a request; an origin must never
	 * see it (CVE-2023-32681). What goes to that proxy anyway is not said twice.
	 */
	boolean leavesOut(String name) {
		return this.forwarded ? !this.proxyHeaders.isEmpty() && isProxyHeader(name)
				: name.length() == 19 && name.equalsIgnoreCase("Proxy-Authorization");
	}

	private boolean isProxyHeader(String name) {
		for (String own : this.proxyHeaders.keySet()) {
			if (own.equalsIgnoreCase(name)) {
				return true;
			}
		}
		return false;
	}

}
