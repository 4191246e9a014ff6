package io.github.requests4j;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Auth;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.ProxyUrl;
import io.github.requests4j.http.Response;
import io.github.requests4j.internal.url.ParsedUrl;
import io.github.requests4j.url.Url;

/**
 * Turns a redirect into the next request. The methods are the override points of
 * requests' {@code SessionRedirectMixin}; their defaults follow requests, except where
 * that would be unsafe. Implementations must be thread-safe. <pre class="code">
 * RedirectRules permanentOnly = new RedirectRules() {
 *     &#64;Override
 *     public &#64;Nullable String redirectTarget(Response response) {
 *         return response.isPermanentRedirect() ? RedirectRules.super.redirectTarget(response) : null;
 *     }
 * };
 * Session session = Session.builder().redirectRules(permanentOnly).build();
 * </pre>
 */
public interface RedirectRules {

	/** The rules of requests. */
	RedirectRules DEFAULTS = new RedirectRules() {
	};

	/**
	 * Returns where a response redirects to: its Location, if the status is 301, 302,
	 * 303, 307 or 308.
	 * @param response the response
	 * @return the unresolved Location, or {@code null} if the response must not be
	 * followed
	 */
	default @Nullable String redirectTarget(Response response) {
		return response.isRedirect() ? LocationHeader.read(response) : null;
	}

	/**
	 * Sets the method. A 303 or 302 changes any method except HEAD to GET; a 301 changes
	 * POST to GET.
	 * @param context the step
	 */
	default void rebuildMethod(RedirectContext context) {
		PreparedRequest request = context.request();
		int status = context.response().statusCode();
		boolean head = "HEAD".equals(request.method());
		if (((status == 303 || status == 302) && !head) || (status == 301 && "POST".equals(request.method()))) {
			request.method("GET");
		}
	}

	/**
	 * Drops the body and its headers unless the status is 307 or 308.
	 * @param context the step
	 */
	default void rebuildBody(RedirectContext context) {
		int status = context.response().statusCode();
		if (status != 307 && status != 308) {
			CaseInsensitiveHeaders headers = context.request().headers();
			headers.remove("Content-Length");
			headers.remove("Content-Type");
			headers.remove("Transfer-Encoding");
			context.request().body(null);
			if (expectsContent(String.valueOf(context.request().method()))) {
				headers.put("Content-Length", "0");
			}
		}
	}

	/**
	 * Returns whether a method usually has content, so that a request without any sends a
	 * Content-Length of 0 (RFC 9110 section 8.6).
	 */
	private static boolean expectsContent(String method) {
		return switch (method) {
			case "GET", "HEAD", "DELETE", "OPTIONS", "TRACE", "CONNECT" -> false;
			default -> true;
		};
	}

	/**
	 * Drops headers that must not be carried over: a caller's Host and the secret headers
	 * of the context, if the origin changes.
	 * @param context the step
	 */
	default void rebuildHeaders(RedirectContext context) {
		Url from = context.response().request().parsedUrl();
		Url to = context.request().parsedUrl();
		CaseInsensitiveHeaders headers = context.request().headers();
		if (!from.sameOrigin(to)) {
			headers.remove("Host");
			context.secretHeaders().forEach(headers::remove);
		}
	}

	/**
	 * Drops Authorization if {@link #shouldStripAuth} returns true. If no Authorization
	 * is left, credentials of the environment for the new host are used, unless an
	 * earlier hop was at that host or the redirect goes from https to http. A server must
	 * not be able to restore credentials that were dropped, or to make the client send
	 * them without TLS.
	 * @param context the step
	 */
	default void rebuildAuth(RedirectContext context) {
		PreparedRequest request = context.request();
		CaseInsensitiveHeaders headers = request.headers();
		boolean strip = shouldStripAuth(context, context.response().url(), String.valueOf(request.url()));
		if (strip) {
			headers.remove("Authorization");
		}
		RedirectContext.CredentialsLookup netrc = context.netrc();
		if (netrc != null && !headers.containsKey("Authorization")
				&& isNewHost(context.response(), request.parsedUrl())) {
			Auth auth = netrc.find(String.valueOf(request.url()));
			if (auth != null) {
				request.prepareEnvironmentAuth(auth);
			}
		}
	}

	/**
	 * Returns whether no hop up to this response was at the host of a URL or, if the URL
	 * is not secure, used TLS.
	 */
	private static boolean isNewHost(Response response, Url to) {
		if (isKnown(response, to)) {
			return false;
		}
		for (Response earlier : response.history()) {
			if (isKnown(earlier, to)) {
				return false;
			}
		}
		return true;
	}

	private static boolean isKnown(Response response, Url to) {
		Url from = ParsedUrl.parse(response.url());
		return Objects.equals(from.host(), to.host()) || (from.isSecure() && !to.isSecure());
	}

	/**
	 * Returns whether Authorization must be dropped: if the host, scheme or port changes.
	 * Unless the context is strict, a change from http to https on the default ports is
	 * allowed.
	 * @param context the step
	 * @param oldUrl the URL of the redirecting response
	 * @param newUrl the URL of the next request
	 * @return {@code true} if it must be dropped
	 */
	default boolean shouldStripAuth(RedirectContext context, String oldUrl, String newUrl) {
		Url from = ParsedUrl.parse(oldUrl);
		Url to = ParsedUrl.parse(newUrl);
		if (from.host() == null || to.host() == null || !from.host().equalsIgnoreCase(to.host())) {
			return true;
		}
		return !from.sameOrigin(to) && (context.strict() || !isUpgrade(from, to));
	}

	/**
	 * Returns whether http becomes https on the default ports, which requests allows for
	 * backwards compatibility.
	 */
	private static boolean isUpgrade(Url from, Url to) {
		return !from.isSecure() && to.isSecure() && from.effectivePort() == 80 && to.effectivePort() == 443;
	}

	/**
	 * Replaces Proxy-Authorization. The header is only sent to a proxy for plain http,
	 * with the credentials of that proxy.
	 * @param context the step
	 * @return the proxies of the next request
	 */
	default Proxies rebuildProxies(RedirectContext context) {
		Proxies proxies = context.proxies();
		PreparedRequest request = context.request();
		request.headers().remove("Proxy-Authorization");
		ProxyUrl proxy = request.parsedUrl().isSecure() ? null : proxies.select(request.parsedUrl());
		if (proxy != null && proxy.authorization() != null && !proxy.isSocks()) {
			request.headers().put("Proxy-Authorization", proxy.authorization());
		}
		return proxies;
	}

}
