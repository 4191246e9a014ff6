package io.github.requests4j;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.http.Auth;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.InvalidUrlException;
import io.github.requests4j.http.KeyValues;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Request;
import io.github.requests4j.internal.environment.Netrc;
import io.github.requests4j.internal.url.BaseUrl;
import io.github.requests4j.internal.url.UrlSyntaxException;

/**
 * Merges the settings of a session into a request and prepares it. Static functions over
 * one snapshot of settings.
 */
final class SettingsMerger {

	private SettingsMerger() {
	}

	static PreparedRequest prepare(Request request, SessionSettings settings, CookieJar sessionJar) {
		PreparedRequest prepared = new PreparedRequest();
		prepared.jsonMapper(settings.jsonMapper());
		prepared.prepareMethod(request.method());
		boolean trusted = prepareUrl(prepared, request, settings);
		prepared.prepareHeaders(headers(request, settings, trusted));
		prepared.prepareCookies(CallCookies.toSend(request, settings, sessionJar, prepared.parsedUrl()));
		prepared.prepareBody(request.data(), request.files(), request.json());
		prepared.prepareAuth(auth(request, settings, prepared, trusted));
		prepared.prepareHooks(request.hooks().orElse(settings.hooks()));
		return prepared;
	}

	/**
	 * Prepares the URL with the parameters of the request and, if its origin is trusted,
	 * of the session.
	 * @return whether its origin is trusted
	 */
	private static boolean prepareUrl(PreparedRequest prepared, Request request, SessionSettings settings) {
		BaseUrl base = settings.baseUrl();
		String url = (base != null) ? resolve(request.url(), base) : request.url();
		KeyValues own = settings.params();
		if (base == null || isBelow(url, base)) {
			prepared.prepareUrl(url, (own != null) ? KeyValues.merge(own, request.params()) : request.params());
			return true;
		}
		prepared.prepareUrl(url, request.params());
		boolean trusted = settings.trusts(prepared.parsedUrl());
		if (trusted && own != null) {
			// Only the prepared form of an absolute URL shows its origin reliably
			prepared.prepareUrl(url, KeyValues.merge(own, request.params()));
		}
		return trusted;
	}

	/** Whether a URL continues the base URL, so that it has the same origin. */
	private static boolean isBelow(String url, BaseUrl baseUrl) {
		String base = baseUrl.url().text();
		return url.startsWith(base) && (base.endsWith("/") || url.length() == base.length()
				|| "/?#".indexOf(url.charAt(base.length())) >= 0);
	}

	private static String resolve(String url, BaseUrl baseUrl) {
		try {
			return baseUrl.resolve(url);
		}
		catch (UrlSyntaxException ex) {
			throw new InvalidUrlException(String.valueOf(ex.getMessage()), ex);
		}
	}

	private static CaseInsensitiveHeaders headers(Request request, SessionSettings settings, boolean trusted) {
		CaseInsensitiveHeaders merged = trusted ? settings.headers().copy() : DefaultHeaders.copy();
		merged.putAll(request.headers());
		if (merged.containsKey("Range")) {
			DefaultHeaders.forRange(merged);
		}
		merged.removeNulls();
		return merged;
	}

	/**
	 * Takes the session's own headers out of a request that a redirect leads to an origin
	 * that is not trusted. What the caller gave for this call stays.
	 */
	static void withdraw(SessionSettings settings, PreparedRequest next) {
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

	/**
	 * Request, session, netrc, URL, in this order; an Authorization header of the caller
	 * beats netrc and URL.
	 */
	private static @Nullable Auth auth(Request request, SessionSettings settings, PreparedRequest prepared,
			boolean trusted) {
		if (request.auth() != null) {
			return request.auth();
		}
		if (trusted && settings.auth() != null) {
			return settings.auth();
		}
		if (settings.trustEnv() && !prepared.headers().containsKey("Authorization")) {
			return Netrc.find(prepared.parsedUrl(), settings.environment(), true);
		}
		return null;
	}

}
