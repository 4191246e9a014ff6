package io.github.requests4j.spring.session;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;

import io.github.requests4j.auth.BearerAuth;
import io.github.requests4j.auth.HttpBasicAuth;
import io.github.requests4j.auth.HttpDigestAuth;
import io.github.requests4j.http.Auth;
import io.github.requests4j.spring.internal.config.SessionProperties;

/**
 * Creates the auth that the properties describe.
 */
final class AuthMapper {

	private final BeanFactory beans;

	private final ObjectProvider<RegistrationAuths> registrations;

	AuthMapper(BeanFactory beans, ObjectProvider<RegistrationAuths> registrations) {
		this.beans = beans;
		this.registrations = registrations;
	}

	@Nullable Auth map(SessionProperties.@Nullable Auth properties, SettingChecks checks) {
		if (properties == null) {
			return null;
		}
		SessionProperties.Auth.Type type = type(properties, checks);
		return switch (type) {
			case BASIC, DIGEST -> withPassword(properties, type, checks);
			case BEARER -> {
				String token = required("token", properties.token(), type, checks);
				yield create("token", () -> new BearerAuth(token), checks);
			}
			case OAUTH2 -> registered(required("registration-id", properties.registrationId(), type, checks), checks);
			case BEAN -> bean(required("bean", properties.bean(), type, checks), checks);
		};
	}

	/**
	 * Returns the type that the keys belong to. Keys of two types contradict each other.
	 */
	private static SessionProperties.Auth.Type type(SessionProperties.Auth properties, SettingChecks checks) {
		SessionProperties.Auth.Type declared = properties.type();
		Map<String, SessionProperties.Auth.Type> types = new LinkedHashMap<>();
		SessionProperties.Auth.Type passwordType = (declared == SessionProperties.Auth.Type.DIGEST) ? declared
				: SessionProperties.Auth.Type.BASIC;
		add(types, "type", (declared != null) ? declared.name() : null, declared);
		add(types, "username", properties.username(), passwordType);
		add(types, "password", properties.password(), passwordType);
		add(types, "token", properties.token(), SessionProperties.Auth.Type.BEARER);
		add(types, "registration-id", properties.registrationId(), SessionProperties.Auth.Type.OAUTH2);
		add(types, "bean", properties.bean(), SessionProperties.Auth.Type.BEAN);
		if (types.isEmpty()) {
			throw checks.mistake("auth", "The type of authentication is missing.",
					"Set auth.type and the keys that belong to it.");
		}
		Map.Entry<String, SessionProperties.Auth.Type> first = types.entrySet().iterator().next();
		types.forEach((key, type) -> {
			if (type != first.getValue()) {
				throw checks.mistake("auth." + first.getKey(),
						"This and " + checks.describe("auth." + key) + " belong to different types of authentication.",
						"Keep username and password for basic or digest, token for bearer, registration-id for oauth2,"
								+ " or bean.");
			}
		});
		return first.getValue();
	}

	private static void add(Map<String, SessionProperties.Auth.Type> types, String key, @Nullable String value,
			SessionProperties.Auth.@Nullable Type type) {
		if (value != null && type != null) {
			types.put(key, type);
		}
	}

	private static Auth withPassword(SessionProperties.Auth properties, SessionProperties.Auth.Type type,
			SettingChecks checks) {
		String username = required("username", properties.username(), type, checks);
		String password = required("password", properties.password(), type, checks);
		return create("username", () -> (type == SessionProperties.Auth.Type.DIGEST)
				? new HttpDigestAuth(username, password) : new HttpBasicAuth(username, password), checks);
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

	private Auth registered(String registrationId, SettingChecks checks) {
		RegistrationAuths auths = this.registrations.getIfAvailable();
		if (auths == null) {
			throw checks.mistake("auth.registration-id", "The application has no OAuth 2 client.",
					"Add spring-boot-starter-security-oauth2-client, or declare a bean of type "
							+ RegistrationAuths.class.getSimpleName() + ".");
		}
		try {
			return auths.of(registrationId);
		}
		catch (IllegalArgumentException ex) {
			throw checks.mistake("auth.registration-id", String.valueOf(ex.getMessage()),
					"Configure spring.security.oauth2.client.registration." + registrationId + ".", ex);
		}
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

	private static String required(String key, @Nullable String value, SessionProperties.Auth.Type type,
			SettingChecks checks) {
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
