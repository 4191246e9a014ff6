package io.github.requests4j;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.http.Auth;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.Hooks;
import io.github.requests4j.http.KeyValues;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Request;
import io.github.requests4j.internal.environment.Netrc;
import io.github.requests4j.internal.url.BaseUrl;
import io.github.requests4j.url.Url;

/**
 * Merges the settings of a session into a request and prepares it. Static functions over
 * one snapshot of settings.
 */
final class SettingsMerger {

	private SettingsMerger() {
	}

	static PreparedRequest prepare(Request request, SessionSettings settings, CookieJar sessionJar) {
		return prepare(request, request.url(), request.params(), settings.params(), settings, sessionJar);
	}

	/**
	 * Prepares a request for another URL, with these parameters instead of its own and
	 * those of the session.
	 */
	static PreparedRequest prepare(Request request, String url, @Nullable KeyValues params,
			@Nullable KeyValues sessionParams, SessionSettings settings, CookieJar sessionJar) {
		PreparedRequest prepared = new PreparedRequest();
		prepared.jsonMapper(settings.jsonMapper());
		prepared.settingNames(settings.settingNames());
		prepared.prepareMethod(request.method());
		boolean trusted = prepareUrl(prepared, url, params, sessionParams, settings);
		CaseInsensitiveHeaders headers = headers(request, prepared.method(), settings, trusted);
		CookieJar cookies = CallCookies.toSend(request, settings, sessionJar, prepared.parsedUrl());
		Auth auth = auth(request, settings, trusted);
		Auth netrc = (auth == null) ? environmentAuth(settings, headers, prepared.parsedUrl()) : null;
		Hooks hooks = request.hooks().orElse(settings.hooks());
		prepared.prepareHeaders(headers);
		prepared.prepareCookies(cookies);
		if (settings.compressFrom() >= 0 && trusted && !isSetToNull(request, "Content-Encoding")) {
			prepared.compressFrom(settings.compressFrom());
		}
		prepared.prepareBody(request.data(), request.files(), request.json());
		if (netrc != null) {
			prepared.prepareEnvironmentAuth(netrc);
		}
		else {
			prepared.prepareAuth(auth);
		}
		prepared.prepareHooks(hooks);
		return prepared;
	}

	/**
	 * Prepares the URL with the parameters of the request and, if its origin is trusted,
	 * those of the session.
	 * @return whether its origin is trusted
	 */
	private static boolean prepareUrl(PreparedRequest prepared, String reference, @Nullable KeyValues params,
			@Nullable KeyValues own, SessionSettings settings) {
		BaseUrl base = settings.baseUrl();
		String url = (base != null) ? resolve(reference, base) : reference;
		if (base == null || isBelow(url, base)) {
			prepared.prepareUrl(url, (own != null) ? KeyValues.merge(own, params) : params);
			return true;
		}
		prepared.prepareUrl(url, params);
		boolean trusted = settings.trusts(prepared.parsedUrl());
		if (trusted && own != null) {
			// Only the prepared form of an absolute URL shows its origin reliably
			prepared.prepareUrl(url, KeyValues.merge(own, params));
		}
		return trusted;
	}

	/** Returns whether a URL continues the base URL and so has the same origin. */
	private static boolean isBelow(String url, BaseUrl baseUrl) {
		String base = baseUrl.url().text();
		return url.startsWith(base) && (base.endsWith("/") || url.length() == base.length()
				|| "/?#".indexOf(url.charAt(base.length())) >= 0);
	}

	private static String resolve(String url, BaseUrl baseUrl) {
		try {
			return baseUrl.resolve(url);
		}
		catch (IllegalArgumentException ex) {
			throw SessionFailures.unresolvable(ex);
		}
	}

	private static CaseInsensitiveHeaders headers(Request request, @Nullable String method, SessionSettings settings,
			boolean trusted) {
		CaseInsensitiveHeaders merged = trusted ? settings.headers().copy() : DefaultHeaders.copy();
		merged.putAll(request.headers());
		if (merged.containsKey("Range")) {
			DefaultHeaders.forRange(merged);
		}
		if (settings.idempotencyKeys() && trusted) {
			IdempotencyKeys.add(method, merged);
		}
		merged.removeNulls();
		return merged;
	}

	private static boolean isSetToNull(Request request, String header) {
		return request.headers().containsKey(header) && request.headers().get(header) == null;
	}

	/**
	 * Removes the session's own headers from a request that is redirected to an untrusted
	 * origin. Headers that the caller set for this call are kept.
	 */
	static void removeSessionHeaders(SessionSettings settings, PreparedRequest next) {
		if (settings.trusts(next.parsedUrl())) {
			return;
		}
		CaseInsensitiveHeaders own = settings.headers();
		for (int i = 0; i < own.size(); i++) {
			String name = own.nameAt(i);
			if (Objects.equals(next.headers().get(name), own.valueAt(i))) {
				DefaultHeaders.restore(name, next.headers());
			}
		}
	}

	/** Returns the auth of the request, or that of the session. */
	private static @Nullable Auth auth(Request request, SessionSettings settings, boolean trusted) {
		return (request.auth() == null && trusted) ? settings.auth() : request.auth();
	}

	/**
	 * Returns credentials of the environment. Those of the request and the session take
	 * precedence. An Authorization header of the caller overrides them, as it does those
	 * in the URL.
	 */
	private static @Nullable Auth environmentAuth(SessionSettings settings, CaseInsensitiveHeaders headers, Url url) {
		return (settings.trustEnv() && !headers.containsKey("Authorization"))
				? Netrc.find(url, settings.environment(), true) : null;
	}

}
