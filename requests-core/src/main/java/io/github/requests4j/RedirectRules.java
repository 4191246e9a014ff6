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
 * The rules by which a redirect becomes the next request: the override points of
 * requests' {@code SessionRedirectMixin}. The defaults are its rules, with the
 * differences that safety asks for. Implementations must be safe for many threads.
 * <pre class="code">
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
	 * Where a response redirects to: its Location, when the status is 301, 302, 303, 307
	 * or 308.
	 * @param response the response
	 * @return the Location as it was sent, or {@code null} when the response is not to be
	 * followed
	 */
	default @Nullable String redirectTarget(Response response) {
		return response.isRedirect() ? LocationHeader.read(response) : null;
	}

	/**
	 * Sets the method: 303 and 302 make it GET unless it is HEAD, 301 makes a POST a GET.
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
			if (meansContent(String.valueOf(context.request().method()))) {
				headers.put("Content-Length", "0");
			}
		}
	}

	/**
	 * Returns whether a method means content, so that a request without any announces a
	 * length of 0 (RFC 9110 section 8.6).
	 */
	private static boolean meansContent(String method) {
		return switch (method) {
			case "GET", "HEAD", "DELETE", "OPTIONS", "TRACE", "CONNECT" -> false;
			default -> true;
		};
	}

	/**
	 * Drops headers that must not travel: a caller's Host when the host changes, the
	 * listed secret headers when the origin changes.
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
	 * Drops Authorization where {@link #shouldStripAuth} returns true. Where there is
	 * none then, credentials of the environment for the new host take its place, if the
	 * chain was not at that host before and does not go from https to http: credentials
	 * that were dropped, or that a caller sent under TLS only, do not come back at the
	 * bidding of a server.
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
	 * Returns whether no hop up to this response was at the host of a URL, or under TLS
	 * where the URL is not.
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
	 * Whether Authorization must be dropped: when the host changes, or the scheme or port
	 * does, except from http to https on the default ports unless the context is strict.
	 * @param context the step
	 * @param oldUrl the URL of the redirecting response
	 * @param newUrl the URL of the next request
	 * @return whether to drop it
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
	 * From http to https, both on their default ports: requests allows it for backwards
	 * compatibility.
	 */
	private static boolean isUpgrade(Url from, Url to) {
		return !from.isSecure() && to.isSecure() && from.effectivePort() == 80 && to.effectivePort() == 443;
	}

	/**
	 * Sets Proxy-Authorization anew: it goes to a proxy for plain http only, with that
	 * proxy's own credentials.
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
