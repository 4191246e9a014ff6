package io.github.requests4j;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Auth;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.ProxyUrl;
import io.github.requests4j.http.Response;
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
	 * or 308 (behaviours 146, 150).
	 * @param response the response
	 * @return the Location as it was sent, or {@code null} when the response is not to be
	 * followed
	 */
	default @Nullable String redirectTarget(Response response) {
		return response.isRedirect() ? LocationHeader.read(response) : null;
	}

	/**
	 * Sets the method (behaviour 147): 303 and 302 make it GET unless it is HEAD, 301
	 * makes a POST a GET.
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
	 * Drops the body and its headers unless the status is 307 or 308 (behaviour 148).
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
			if (RedirectMethods.meansContent(String.valueOf(context.request().method()))) {
				headers.put("Content-Length", "0");
			}
		}
	}

	/**
	 * Drops headers that must not travel (difference row 159): a caller's Host when the
	 * host changes, the listed secret headers when the origin changes.
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
	 * Drops Authorization where {@link #shouldStripAuth} says so; where there is none
	 * then, credentials of the environment for the new host may take its place
	 * (behaviours 156-158, difference rows 126, 158).
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
		if (netrc != null && !headers.containsKey("Authorization")) {
			Auth auth = netrc.find(String.valueOf(request.url()));
			if (auth != null) {
				request.prepareAuth(auth);
			}
		}
	}

	/**
	 * Whether Authorization must be dropped (behaviour 157): when the host changes, or
	 * the scheme or port does, except from http to https on the default ports unless the
	 * context is strict.
	 * @param context the step
	 * @param oldUrl the URL of the redirecting response
	 * @param newUrl the URL of the next request
	 * @return whether to drop it
	 */
	default boolean shouldStripAuth(RedirectContext context, String oldUrl, String newUrl) {
		return AuthStripping.mustStrip(oldUrl, newUrl, context.strict());
	}

	/**
	 * Sets Proxy-Authorization anew: it goes to a proxy for plain http only, with that
	 * proxy's own credentials (behaviours 159, 187).
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
