package io.github.requests4j.auth;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.url.Url;

/**
 * Whom a challenge came from: an origin, seen directly or through a proxy (threat 12,
 * curl CVE-2026-11856). On plain http the proxy may have made it up.
 *
 * @param origin scheme, host and port
 * @param proxy the URL of the proxy, credentials included, or null
 */
record DigestRoute(String origin, @Nullable String proxy) {

	static DigestRoute of(PreparedRequest request, SendOptions options) {
		Url url = request.parsedUrl();
		Proxies proxies = options.proxies();
		return new DigestRoute(url.origin(), (proxies != null) ? proxies.selectText(url) : null);
	}

	@Override
	public String toString() {
		return "DigestRoute[" + this.origin + ((this.proxy != null) ? " through a proxy]" : "]");
	}

}
