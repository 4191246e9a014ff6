package io.github.requests4j;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Request;
import io.github.requests4j.url.Url;

/**
 * Decides from which jar a call sends cookies and in which jar it stores those of its
 * responses.
 *
 * @see CookieScope
 */
final class CallCookies {

	private CallCookies() {
	}

	/**
	 * Returns the jar to send from: the session's own jar if the request adds no cookies,
	 * otherwise a copy with the request's cookies, bound to the host of the URL.
	 */
	static CookieJar toSend(Request request, SessionSettings settings, CookieJar sessionJar, Url url) {
		CookieJar base = isIsolated(request, settings.cookieScope()) ? new CookieJar(sessionJar.policy()) : sessionJar;
		CookieJar own = request.cookies();
		if (own == null || own.isEmpty()) {
			return base;
		}
		CookieJar merged = (base == sessionJar) ? base.copy() : base;
		merged.update(own.boundTo(url));
		return merged;
	}

	/**
	 * Returns the jar that stores the cookies of responses.
	 * @return the jar, or null to discard them
	 */
	static @Nullable CookieJar toStoreIn(PreparedRequest request, SessionSettings settings, CookieJar sessionJar) {
		CookieScope scope = settings.cookieScope();
		if (scope == CookieScope.NONE) {
			return null;
		}
		boolean shared = scope == CookieScope.SHARED
				|| (scope == CookieScope.SESSION && belongsToSession(request, settings, sessionJar));
		return shared ? sessionJar : request.cookies();
	}

	private static boolean isIsolated(Request request, CookieScope scope) {
		return scope != CookieScope.SHARED && (scope != CookieScope.SESSION || bringsCredentials(request));
	}

	private static boolean bringsCredentials(Request request) {
		return request.auth() != null || request.headers().containsKey("Authorization")
				|| request.headers().containsKey("Cookie") || request.cookies() != null;
	}

	/**
	 * Returns whether a request was prepared with the session's own identity, in which
	 * case it uses the session's own jar.
	 */
	private static boolean belongsToSession(PreparedRequest request, SessionSettings settings, CookieJar sessionJar) {
		CookieJar jar = request.cookies();
		return jar == sessionJar || (jar == null && !request.headers().containsKey("Cookie")
				&& (settings.auth() != null || !request.headers().containsKey("Authorization")));
	}

}
