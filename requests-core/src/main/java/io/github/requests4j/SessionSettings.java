package io.github.requests4j;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.github.requests4j.http.Auth;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.Hooks;
import io.github.requests4j.http.KeyValues;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.RequestsEnvironment;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.internal.url.BaseUrl;
import io.github.requests4j.url.Url;

/**
 * All settings of a session, as one snapshot: a call works with the snapshot it began
 * with. Immutable; its headers are never changed, only copied.
 *
 * @param name the name, or null
 * @param baseUrl what relative URLs are joined to, or null
 * @param trustedOrigins origins that get auth, headers and params beside that of the base
 * URL
 * @param headers the headers of every request
 * @param params the query parameters of every request, or null
 * @param auth the auth, or null
 * @param defaults how requests are sent that set nothing else; the timeouts, proxies and
 * stream are never null, and the context has the name and the listeners of the session
 * @param deadline the limit of a whole call, or null
 * @param redirects how redirects are followed
 * @param trustEnv whether the environment counts
 * @param environment the environment
 * @param cookieScope who shares cookies
 * @param hooks the hooks
 * @param interceptors the interceptors, the outermost first
 * @param jsonMapper the mapper for JSON, or null for the default one
 * @param maskedParams names of query parameters whose values are in no message
 * @param settingNames how messages name the settings, or null for the names of methods
 * @param frozen whether changes are rejected
 */
record SessionSettings(@Nullable String name, @Nullable BaseUrl baseUrl, Set<String> trustedOrigins,
		CaseInsensitiveHeaders headers, @Nullable KeyValues params, @Nullable Auth auth, SendOptions defaults,
		@Nullable Duration deadline, Redirects redirects, boolean trustEnv, RequestsEnvironment environment,
		CookieScope cookieScope, Hooks hooks, List<CallInterceptor> interceptors, @Nullable JsonMapper jsonMapper,
		Set<String> maskedParams, @Nullable UnaryOperator<String> settingNames, boolean frozen) {

	/**
	 * How redirects are followed.
	 *
	 * @param max how many are followed
	 * @param rules the rules
	 * @param strict whether credentials are dropped even when http becomes https on the
	 * same host
	 * @param secretHeaders names of headers, in lower case, that never leave their origin
	 */
	record Redirects(int max, RedirectRules rules, boolean strict, Set<String> secretHeaders) {
	}

	/**
	 * Whether the session's own auth, headers and params may go to a URL: everywhere
	 * without a base URL, else to its origin and the trusted ones only.
	 */
	boolean trusts(Url url) {
		return this.baseUrl == null || this.baseUrl.url().sameOrigin(url)
				|| (!this.trustedOrigins.isEmpty() && this.trustedOrigins.contains(url.origin()));
	}

	Timeouts timeouts() {
		Timeouts timeouts = this.defaults.timeouts();
		return (timeouts != null) ? timeouts : Timeouts.NONE;
	}

	Proxies proxies() {
		Proxies proxies = this.defaults.proxies();
		return (proxies != null) ? proxies : Proxies.NONE;
	}

}
