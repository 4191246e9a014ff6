package io.github.requests4j.spring.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.StringUtils;

import io.github.requests4j.CookieScope;
import io.github.requests4j.Session;
import io.github.requests4j.auth.HttpDigestAuth;
import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.cookies.CookiePolicy;
import io.github.requests4j.http.Auth;
import io.github.requests4j.http.InvalidHeaderException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.spring.internal.config.CallDeadline;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.RequestsConfigurationException;
import io.github.requests4j.spring.internal.config.SessionProperties;
import io.github.requests4j.spring.internal.logging.BodyLog;
import io.github.requests4j.spring.internal.logging.ExchangeLog;
import io.github.requests4j.spring.internal.logging.FieldLog;
import io.github.requests4j.spring.internal.logging.HeaderFields;
import io.github.requests4j.spring.internal.logging.HeaderMasks;
import io.github.requests4j.spring.internal.session.CallerAuth;
import io.github.requests4j.spring.internal.session.SessionCookies;

/**
 * Applies the properties of a session to its builder. Auth, TLS and adapters have their
 * own mappers.
 */
final class SessionMapper {

	private final ConfiguredSessions sessions;

	private final AuthMapper auths;

	private final TlsMapper tls;

	private final AdapterMapper adapters;

	private final ObjectProvider<JsonMapper> jsonMappers;

	private final ObjectProvider<SessionCookies> sharedCookies;

	private final HeaderFields loggedHeaders = new HeaderFields();

	SessionMapper(ConfiguredSessions sessions, AuthMapper auths, TlsMapper tls, AdapterMapper adapters,
			ObjectProvider<JsonMapper> jsonMappers, ObjectProvider<SessionCookies> sharedCookies) {
		this.sessions = sessions;
		this.auths = auths;
		this.tls = tls;
		this.adapters = adapters;
		this.jsonMappers = jsonMappers;
		this.sharedCookies = sharedCookies;
	}

	/**
	 * Creates a builder with the settings of a session.
	 * @param existing the session whose transports are kept if their settings are the
	 * same, or {@code null} for new ones
	 */
	Session.Builder map(String name, @Nullable Session existing) {
		SessionProperties properties = this.sessions.get(name);
		SettingChecks checks = new SettingChecks(this.sessions, name);
		Session.Builder builder = Session.builder().name(name).settingNames(ConfiguredSessions::keyOf).frozen(true);
		BaseUrlList several = BaseUrlList.of(properties, checks);
		mapTarget(properties, several, checks, builder);
		mapCalls(properties, checks, builder);
		mapRedirects(properties, checks, builder);
		this.tls.map(properties, checks, builder);
		Auth auth = this.auths.map(properties, checks);
		checks.set("auth", auth, builder::auth);
		if (several != null && auth instanceof HttpDigestAuth) {
			throw checks.mistake("auth",
					"Digest authentication does not work with several base URLs, because only the"
							+ " server that sent a challenge accepts the answer.",
					"Use one base URL, or another type of auth.");
		}
		mapCookies(name, properties.cookies(), scope(properties.cookies(), auth, checks), checks, builder);
		this.jsonMappers.ifUnique(builder::jsonMapper);
		this.adapters.map(name, properties, checks, builder, existing);
		mapLogging(name, properties, builder);
		return builder;
	}

	/**
	 * Rejects a base URL whose scheme has no adapter, for example because of a typo. This
	 * check runs after the customizers, which may mount an adapter.
	 */
	void requireAdapter(String name, Session session) {
		new SettingChecks(this.sessions, name).set("base-url", target(this.sessions.get(name)), session::getAdapter);
	}

	/**
	 * Returns whether a session has an adapter for its base URL, or no base URL.
	 */
	boolean hasAdapter(String name, Session session) {
		try {
			requireAdapter(name, session);
			return true;
		}
		catch (RequestsConfigurationException ex) {
			return false;
		}
	}

	private static @Nullable String target(SessionProperties properties) {
		ServiceUrl service = ServiceUrl.of(properties.baseUrl());
		return (service != null) ? service.http() : emptyToNull(properties.baseUrl());
	}

	private static void mapTarget(SessionProperties properties, @Nullable BaseUrlList several, SettingChecks checks,
			Session.Builder builder) {
		checks.set("base-url", target(properties), builder::baseUrl);
		if (several != null) {
			builder.trustedOrigins(several.origins().toArray(String[]::new));
		}
		checks.set("trusted-origins", properties.trustedOrigins(),
				(origins) -> builder.trustedOrigins(origins.toArray(String[]::new)));
		properties.headers().forEach((name, value) -> {
			checkHeader(name, value, checks);
			builder.header(name, emptyToNull(value));
		});
		builder.idempotencyKeys(properties.idempotencyKey() == SessionProperties.IdempotencyKey.AUTO);
		SessionProperties.Compress compress = properties.compress();
		builder.compressBodies(
				(compress.coding() == SessionProperties.Compress.Coding.GZIP) ? compress.minSize().toBytes() : -1);
		Map<String, Object> params = ParamValues.of(properties.params());
		params.forEach(builder::param);
		// Parameters of a session are usually API keys, and logs do not need the others
		builder.maskedParams(params.keySet());
	}

	/**
	 * Checks a header without showing its value, which may be secret, as the library's
	 * own message would.
	 */
	private static void checkHeader(String name, String value, SettingChecks checks) {
		try {
			new PreparedRequest().prepareHeaders(Map.of(name, value));
		}
		catch (InvalidHeaderException ex) {
			throw checks.mistake("headers[" + name + "]",
					"This header cannot be sent, because its name or value contains a character that is not allowed.",
					"Remove line ends, other control characters and leading spaces.");
		}
	}

	private static void mapCalls(SessionProperties properties, SettingChecks checks, Session.Builder builder) {
		builder.timeouts(Timeouts.of(properties.connectTimeout(), properties.readTimeout()));
		CallDeadline deadline = properties.deadline();
		checks.set("deadline", (deadline != null) ? deadline.limit() : null, builder::deadline);
		builder.proxies(proxies(properties, checks));
		builder.stream(properties.stream()).trustEnv(properties.trustEnv());
	}

	private void mapCookies(String name, SessionProperties.Cookies cookies, CookieScope scope, SettingChecks checks,
			Session.Builder builder) {
		builder.cookieScope(scope);
		if (cookies.store() != SessionProperties.Store.REDIS) {
			return;
		}
		if (scope != CookieScope.SESSION) {
			throw checks.mistake("cookies.store", "Only the cookies of the scope 'session' can be shared.",
					"Set the scope to session, or remove this key.");
		}
		SessionCookies shared = this.sharedCookies.getIfAvailable();
		if (shared == null) {
			throw this.sessions.redisMissing(name, "cookies.store");
		}
		builder.cookies(new CookieJar(CookiePolicy.defaults(), shared.mirror(name)));
	}

	private static void mapRedirects(SessionProperties properties, SettingChecks checks, Session.Builder builder) {
		checks.set("max-redirects", properties.maxRedirects(), builder::maxRedirects);
		checks.set("allow-redirects", properties.allowRedirects(), builder::allowRedirects);
		SessionProperties.Redirect redirect = properties.redirect();
		builder.strictRedirects(redirect.strict());
		builder.stripHeadersOnRedirect(redirect.stripHeaders().toArray(String[]::new));
	}

	private void mapLogging(String name, SessionProperties properties, Session.Builder builder) {
		SessionProperties.Logging logging = properties.logging();
		if (logging.level() == SessionProperties.Logging.Level.NONE) {
			return;
		}
		HeaderMasks masks = HeaderMasks.of(properties);
		builder.listener((logging.format() == SessionProperties.Logging.Format.FIELDS)
				? new FieldLog(name, logging.level(), masks, this.loggedHeaders)
				: new ExchangeLog(name, logging.level(), masks));
		if (logging.level() == SessionProperties.Logging.Level.BODY) {
			builder.interceptor(new BodyLog(name, logging.format()));
		}
	}

	private static Proxies proxies(SessionProperties properties, SettingChecks checks) {
		Map<String, @Nullable String> proxies = new LinkedHashMap<>();
		properties.proxies().forEach((key, url) -> {
			ProxyRules.check(key, url, checks);
			proxies.put(key, emptyToNull(url));
		});
		List<String> direct = properties.noProxy();
		if (!direct.isEmpty()) {
			proxies.put(Proxies.NO_PROXY, String.join(",", direct));
		}
		return Proxies.of(proxies);
	}

	/**
	 * Returns which calls share cookies. If calls have the credentials of different
	 * users, they share none, because the cookies of one user would be sent for another.
	 */
	private static CookieScope scope(SessionProperties.Cookies cookies, @Nullable Auth auth, SettingChecks checks) {
		boolean ofUsers = auth instanceof CallerAuth;
		if (ofUsers && cookies.scope() == SessionProperties.Cookies.Scope.SESSION && checks.isSet("cookies.scope")) {
			throw checks.mistake("cookies.scope",
					"The calls of this session have the tokens of different users, who would share the cookies.",
					"Set cookies to call, which is the default of such sessions, or to none.");
		}
		return switch (cookies.scope()) {
			case SESSION -> ofUsers ? CookieScope.CALL : CookieScope.SESSION;
			case CALL -> CookieScope.CALL;
			case NONE -> CookieScope.NONE;
		};
	}

	private static @Nullable String emptyToNull(@Nullable String value) {
		return StringUtils.hasLength(value) ? value : null;
	}

}
