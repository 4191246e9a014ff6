package io.github.requests4j.spring.session;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.StringUtils;

import io.github.requests4j.auth.BearerAuth;
import io.github.requests4j.auth.HttpBasicAuth;
import io.github.requests4j.auth.HttpDigestAuth;
import io.github.requests4j.http.Auth;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.SessionProperties;
import io.github.requests4j.spring.internal.config.SessionProperties.Auth.Scheme;
import io.github.requests4j.spring.internal.session.SharedTokens;
import io.github.requests4j.spring.internal.session.TokenRelay;

/**
 * Creates the auth that the properties describe.
 */
final class AuthMapper {

	private final ConfiguredSessions sessions;

	private final BeanFactory beans;

	private final ObjectProvider<RegistrationAuths> registrations;

	AuthMapper(ConfiguredSessions sessions, BeanFactory beans, ObjectProvider<RegistrationAuths> registrations) {
		this.sessions = sessions;
		this.beans = beans;
		this.registrations = registrations;
	}

	@Nullable Auth map(SessionProperties session, SettingChecks checks) {
		SessionProperties.Auth properties = session.auth();
		if (properties == null) {
			return null;
		}
		Scheme type = type(properties, checks);
		return switch (type) {
			case BASIC, DIGEST -> withPassword(properties, type, checks);
			case BEARER -> {
				String token = required("token", properties.token(), type, checks);
				yield create("token", () -> new BearerAuth(token), checks);
			}
			case OAUTH2 -> {
				String registration = required("registration-id", properties.registrationId(), type, checks);
				checkTokenSession(properties, checks);
				yield registered(registration, properties, checks);
			}
			case RELAY -> relay(session, checks);
			case BEAN -> bean(required("bean", properties.bean(), type, checks), checks);
		};
	}

	/**
	 * Returns the type that the keys belong to. Keys of two types contradict each other.
	 */
	private static Scheme type(SessionProperties.Auth properties, SettingChecks checks) {
		Scheme declared = properties.type();
		Map<String, Scheme> types = new LinkedHashMap<>();
		Scheme passwordType = (declared == Scheme.DIGEST) ? declared : Scheme.BASIC;
		add(types, "type", (declared != null) ? declared.name() : null, declared);
		add(types, "username", properties.username(), passwordType);
		add(types, "password", properties.password(), passwordType);
		add(types, "token", properties.token(), Scheme.BEARER);
		add(types, "registration-id", properties.registrationId(), Scheme.OAUTH2);
		add(types, "session", properties.session(), Scheme.OAUTH2);
		boolean shared = properties.store() == SessionProperties.Store.REDIS;
		add(types, "store", shared ? "redis" : null, Scheme.OAUTH2);
		add(types, "bean", properties.bean(), Scheme.BEAN);
		if (types.isEmpty()) {
			throw checks.mistake("auth", "The type of authentication is missing.",
					"Set auth.type and the keys that belong to it.");
		}
		Map.Entry<String, Scheme> first = types.entrySet().iterator().next();
		types.forEach((key, type) -> {
			if (type != first.getValue()) {
				throw checks.mistake("auth." + first.getKey(),
						"This and " + checks.describe("auth." + key) + " belong to different types of authentication.",
						"Keep username and password for basic or digest, token for bearer, registration-id, session and"
								+ " store for oauth2, or bean.");
			}
		});
		return first.getValue();
	}

	private static void add(Map<String, Scheme> types, String key, @Nullable String value, @Nullable Scheme type) {
		if (value != null && type != null) {
			types.put(key, type);
		}
	}

	private static Auth withPassword(SessionProperties.Auth properties, Scheme type, SettingChecks checks) {
		String username = required("username", properties.username(), type, checks);
		String password = required("password", properties.password(), type, checks);
		return create("username", () -> (type == Scheme.DIGEST) ? new HttpDigestAuth(username, password)
				: new HttpBasicAuth(username, password), checks);
	}

	/**
	 * Creates an auth and reports credentials that the library rejects with their
	 * property.
	 */
	private static Auth create(String key, Supplier<Auth> constructor, SettingChecks checks) {
		Auth[] auth = new Auth[1];
		checks.check("auth." + key, () -> auth[0] = constructor.get());
		return auth[0];
	}

	/**
	 * Rejects a session for tokens that does not exist, or that would need such a token
	 * itself.
	 */
	private void checkTokenSession(SessionProperties.Auth properties, SettingChecks checks) {
		String name = properties.tokenSession();
		if (properties.isSessionSet() && !this.sessions.names().contains(name)) {
			throw checks.mistake("auth.session", "There is no session named '" + name + "'.",
					"Configure requests.sessions." + name + ", or correct the name.");
		}
		Set<String> path = new LinkedHashSet<>(List.of(checks.session()));
		while (name != null) {
			if (!path.add(name)) {
				throw checks.mistake(properties.isSessionSet() ? "auth.session" : "auth.registration-id",
						"The session '" + name + "' would need a token to request one: " + String.join(" -> ", path)
								+ " -> " + name + ".",
						"Remove auth from the session that requests the tokens, or request them with another session.");
			}
			SessionProperties.Auth next = this.sessions.names().contains(name) ? this.sessions.get(name).auth() : null;
			name = (next != null) ? next.tokenSession() : null;
		}
	}

	private Auth relay(SessionProperties session, SettingChecks checks) {
		if (!StringUtils.hasLength(session.baseUrl())) {
			throw checks.mistake("auth.type",
					"Authentication of type relay requires a base-url, because the token of the caller is only sent to its"
							+ " origin and to trusted-origins.",
					"Set base-url.");
		}
		TokenRelay relay = this.beans.getBeanProvider(TokenRelay.class).getIfAvailable();
		if (relay == null) {
			throw checks.mistake("auth.type", "Authentication of type relay requires Spring Security.",
					"Add spring-boot-starter-security-oauth2-resource-server, which authenticates callers by their"
							+ " bearer token.");
		}
		return relay.of(checks.session());
	}

	private Auth registered(String registrationId, SessionProperties.Auth properties, SettingChecks checks) {
		String session = Objects.requireNonNull(properties.tokenSession());
		RegistrationAuths auths = this.registrations.getIfAvailable();
		if (auths == null) {
			throw checks.mistake("auth.registration-id", "The application has no OAuth 2 client.",
					"Add spring-boot-starter-security-oauth2-client, or declare a bean of type "
							+ RegistrationAuths.class.getSimpleName() + ".");
		}
		try {
			return (properties.store() == SessionProperties.Store.REDIS)
					? shared(auths, registrationId, session, checks) : auths.of(registrationId, session);
		}
		catch (IllegalArgumentException ex) {
			throw checks.mistake("auth.registration-id", String.valueOf(ex.getMessage()),
					"Check spring.security.oauth2.client.registration." + registrationId + ".", ex);
		}
	}

	private static Auth shared(RegistrationAuths auths, String registrationId, String session, SettingChecks checks) {
		if (!(auths instanceof SharedTokens tokens)) {
			throw checks.mistake("auth.store", "The application's own bean of type RegistrationAuths keeps the tokens.",
					"Remove this key, or the bean.");
		}
		Auth auth = tokens.shared(registrationId, session);
		if (auth == null) {
			throw checks.redisMissing("auth.store");
		}
		return auth;
	}

	/**
	 * Looks up the bean when the first request needs it, because the bean may itself need
	 * sessions.
	 */
	private Auth bean(String name, SettingChecks checks) {
		if (!this.beans.containsBean(name)) {
			throw checks.mistake("auth.bean", "There is no bean named '" + name + "'.",
					"Declare it, or correct the name.");
		}
		if (!this.beans.isTypeMatch(name, Auth.class)) {
			throw checks.mistake("auth.bean", "The bean '" + name + "' is not of type " + Auth.class.getName() + ".",
					"Set the name of a bean of that type.");
		}
		return (request) -> this.beans.getBean(name, Auth.class).apply(request);
	}

	private static String required(String key, @Nullable String value, Scheme type, SettingChecks checks) {
		if (value == null || value.isEmpty()) {
			String fix = "Set auth." + key
					+ ". If its value comes from a variable or a file, check that it is not empty.";
			throw checks.mistake("auth." + key,
					"Authentication of type " + type.name().toLowerCase(Locale.ROOT) + " requires auth." + key
							+ ", which is " + ((value == null) ? "not set." : "empty."),
					key.equals("password") ? fix
							+ " For an API that expects a key as the user name and no password, set auth.bean to a bean of type Auth."
							: fix);
		}
		return value;
	}

}
