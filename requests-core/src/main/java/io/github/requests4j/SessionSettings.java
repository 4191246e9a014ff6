package io.github.requests4j;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.github.requests4j.http.Auth;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.ClientCert;
import io.github.requests4j.http.Hooks;
import io.github.requests4j.http.KeyValues;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.http.Verify;
import io.github.requests4j.internal.url.BaseUrl;
import io.github.requests4j.url.Url;

/**
 * Everything that a session can be told, as one snapshot: a call works with the snapshot
 * it began with. Immutable; its headers are never changed, only copied.
 *
 * @param name the name, or null
 * @param baseUrl what relative URLs are joined to, or null
 * @param trustedOrigins origins that get auth, headers and params beside that of the base
 * URL
 * @param headers the headers of every request
 * @param params the query parameters of every request, or null
 * @param auth the auth, or null
 * @param timeouts the timeouts
 * @param deadline the limit of a whole call, or null
 * @param proxies the proxies that were set
 * @param verify how certificates are checked, or null if never set
 * @param cert the client's certificate, or null
 * @param redirects how redirects are followed
 * @param stream whether bodies are left unread
 * @param trustEnv whether the environment counts
 * @param environment the environment
 * @param cookieScope who shares cookies
 * @param hooks the hooks
 * @param interceptors the interceptors, the outermost first
 * @param jsonMapper the mapper for JSON, or null for the default one
 * @param maskedParams names of query parameters whose values are in no message
 * @param frozen whether setters are refused
 */
record SessionSettings(@Nullable String name, @Nullable BaseUrl baseUrl, Set<String> trustedOrigins,
		CaseInsensitiveHeaders headers, @Nullable KeyValues params, @Nullable Auth auth, Timeouts timeouts,
		@Nullable Duration deadline, Proxies proxies, @Nullable Verify verify, @Nullable ClientCert cert,
		RedirectSettings redirects, boolean stream, boolean trustEnv, RequestsEnvironment environment,
		CookieScope cookieScope, Hooks hooks, List<CallInterceptor> interceptors, @Nullable JsonMapper jsonMapper,
		Set<String> maskedParams, boolean frozen) {

	/**
	 * Whether the session's own auth, headers and params may go to a URL: everywhere
	 * without a base URL, else to its origin and the trusted ones only.
	 */
	boolean trusts(Url url) {
		return this.baseUrl == null || this.baseUrl.url().sameOrigin(url)
				|| (!this.trustedOrigins.isEmpty() && this.trustedOrigins.contains(url.origin()));
	}

}
