package io.github.requests4j;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Request;
import io.github.requests4j.url.Url;

/**
 * Decides which jar a call sends from and which one its responses fill.
 *
 * @see CookieScope
 */
final class CallCookies {

	private CallCookies() {
	}

	/**
	 * The jar to send from: the session's own where the request adds nothing, else a copy
	 * with the request's cookies, bound to the host that is called.
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
	 * The jar that the cookies of responses go to.
	 * @return the jar, or null to forget them
	 */
	static @Nullable CookieJar toFill(PreparedRequest request, SessionSettings settings, CookieJar sessionJar) {
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
	 * A request that was prepared with the session's own identity has the session's own
	 * jar.
	 */
	private static boolean belongsToSession(PreparedRequest request, SessionSettings settings, CookieJar sessionJar) {
		CookieJar jar = request.cookies();
		return jar == sessionJar || (jar == null && !request.headers().containsKey("Cookie")
				&& (settings.auth() != null || !request.headers().containsKey("Authorization")));
	}

}
