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
 * A snapshot of all settings of a session. A call uses the snapshot that it started with.
 * Immutable; the headers are never changed, only copied.
 *
 * @param name the name, or null
 * @param baseUrl the URL that relative URLs are resolved against, or null
 * @param trustedOrigins origins to which auth, headers and params are sent, in addition
 * to that of the base URL
 * @param headers the headers of every request
 * @param params the query parameters of every request, or null
 * @param auth the auth, or null
 * @param defaults the default options; the timeouts, proxies and stream are never null,
 * and the context has the name and the listeners of the session
 * @param deadline the limit of a whole call, or null
 * @param redirects how redirects are followed
 * @param trustEnv whether the environment is used
 * @param environment the environment
 * @param cookieScope which calls share cookies
 * @param hooks the hooks
 * @param interceptors the interceptors, the outermost first
 * @param idempotencyKeys whether POST and PATCH requests get an Idempotency-Key
 * @param compressFrom the length from which bodies are compressed; negative for never
 * @param jsonMapper the mapper for JSON, or null for the default one
 * @param maskedParams names of query parameters whose values are masked in messages
 * @param settingNames how messages name the settings, or null for the names of methods
 * @param frozen whether changes are rejected
 * @param adapters the adapters
 */
record SessionSettings(@Nullable String name, @Nullable BaseUrl baseUrl, Set<String> trustedOrigins,
		CaseInsensitiveHeaders headers, @Nullable KeyValues params, @Nullable Auth auth, SendOptions defaults,
		@Nullable Duration deadline, Redirects redirects, boolean trustEnv, RequestsEnvironment environment,
		CookieScope cookieScope, Hooks hooks, List<CallInterceptor> interceptors, boolean idempotencyKeys,
		long compressFrom, @Nullable JsonMapper jsonMapper, Set<String> maskedParams,
		@Nullable UnaryOperator<String> settingNames, boolean frozen, AdapterRegistry adapters) {

	/**
	 * Determines how redirects are followed.
	 *
	 * @param max the limit
	 * @param rules the rules
	 * @param strict whether credentials are dropped even if http becomes https on the
	 * same host
	 * @param secretHeaders lower-case names of headers that are dropped when the origin
	 * changes
	 */
	record Redirects(int max, RedirectRules rules, boolean strict, Set<String> secretHeaders) {
	}

	/**
	 * Returns whether the session's own auth, headers and params may be sent to a URL.
	 * Without a base URL they may be sent anywhere, otherwise only to its origin and the
	 * trusted ones.
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
