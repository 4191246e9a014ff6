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
 * Makes the auth that the properties describe.
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
				yield made("token", () -> new BearerAuth(token), checks);
			}
			case OAUTH2 -> registered(required("registration-id", properties.registrationId(), type, checks), checks);
			case BEAN -> bean(required("bean", properties.bean(), type, checks), checks);
		};
	}

	/** The kind that the keys belong to; keys of two kinds contradict each other. */
	private static SessionProperties.Auth.Type type(SessionProperties.Auth properties, SettingChecks checks) {
		SessionProperties.Auth.Type declared = properties.type();
		Map<String, SessionProperties.Auth.Type> meant = new LinkedHashMap<>();
		SessionProperties.Auth.Type named = (declared == SessionProperties.Auth.Type.DIGEST) ? declared
				: SessionProperties.Auth.Type.BASIC;
		add(meant, "type", (declared != null) ? declared.name() : null, declared);
		add(meant, "username", properties.username(), named);
		add(meant, "password", properties.password(), named);
		add(meant, "token", properties.token(), SessionProperties.Auth.Type.BEARER);
		add(meant, "registration-id", properties.registrationId(), SessionProperties.Auth.Type.OAUTH2);
		add(meant, "bean", properties.bean(), SessionProperties.Auth.Type.BEAN);
		String first = meant.isEmpty() ? "" : meant.keySet().iterator().next();
		meant.forEach((key, type) -> {
			if (type != meant.get(first)) {
				throw checks.mistake("auth." + first,
						"This and " + checks.describe("auth." + key) + " belong to different kinds of authentication.",
						"Keep username and password for basic or digest, token for bearer, registration-id for oauth2,"
								+ " or bean.");
			}
		});
		if (meant.isEmpty()) {
			throw checks.mistake("auth", "It does not say how to authenticate.",
					"Set auth.type and the keys that belong to it.");
		}
		return meant.get(first);
	}

	private static void add(Map<String, SessionProperties.Auth.Type> meant, String key, @Nullable String value,
			SessionProperties.Auth.@Nullable Type type) {
		if (value != null && type != null) {
			meant.put(key, type);
		}
	}

	private static Auth withPassword(SessionProperties.Auth properties, SessionProperties.Auth.Type type,
			SettingChecks checks) {
		String username = required("username", properties.username(), type, checks);
		String password = required("password", properties.password(), type, checks);
		return made("username", () -> (type == SessionProperties.Auth.Type.DIGEST)
				? new HttpDigestAuth(username, password) : new HttpBasicAuth(username, password), checks);
	}

	/** Credentials that the library rejects are a mistake of their property. */
	private static Auth made(String key, Supplier<Auth> maker, SettingChecks checks) {
		Auth[] made = new Auth[1];
		checks.check("auth." + key, () -> made[0] = maker.get());
		return made[0];
	}

	private Auth registered(String registrationId, SettingChecks checks) {
		RegistrationAuths auths = this.registrations.getIfAvailable();
		if (auths == null) {
			throw checks.mistake("auth.registration-id", "There is no OAuth 2 client in this application.",
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

	/** Looked up when the first request needs it, since it may itself need sessions. */
	private Auth bean(String name, SettingChecks checks) {
		if (!this.beans.containsBean(name)) {
			throw checks.mistake("auth.bean", "There is no bean '" + name + "'.", "Declare it, or correct the name.");
		}
		if (!this.beans.isTypeMatch(name, Auth.class)) {
			throw checks.mistake("auth.bean", "The bean '" + name + "' is no " + Auth.class.getName() + ".",
					"Give the name of a bean of that type.");
		}
		return (request) -> this.beans.getBean(name, Auth.class).apply(request);
	}

	private static String required(String key, @Nullable String value, SessionProperties.Auth.Type type,
			SettingChecks checks) {
		if (value == null || value.isEmpty()) {
			String fix = "Set auth." + key
					+ ". If its value comes from a variable or a file, check that this is not empty.";
			throw checks.mistake("auth." + key,
					"Authentication of type " + type.name().toLowerCase(Locale.ROOT) + " requires auth." + key
							+ ", which is " + ((value == null) ? "not set." : "empty."),
					key.equals("password") ? fix
							+ " For an API that takes a key as user name and no password, set auth.bean to a bean of type Auth."
							: fix);
		}
		return value;
	}

}
