package io.github.requests4j.spring.config;

import org.jspecify.annotations.Nullable;

/**
 * How requests of a session prove who they come from. Never shows a secret.
 *
 * @param type Kind of authentication. Found out from the other keys when left out.
 * @param username User name, for basic and digest.
 * @param password Password, for basic and digest.
 * @param token Token, for bearer.
 * @param registrationId Registration of Spring Security's OAuth 2 client, for oauth2.
 * @param bean Name of a bean of type Auth, for bean.
 */
public record AuthProperties(@Nullable Type type, @Nullable String username, @Nullable String password,
		@Nullable String token, @Nullable String registrationId, @Nullable String bean) {

	@Override
	public String toString() {
		return "AuthProperties[type=" + this.type + "]";
	}

	/**
	 * The kinds of authentication.
	 */
	public enum Type {

		/** User name and password in each request (RFC 7617). */
		BASIC,

		/** User name and password, answered to a challenge of the server (RFC 7616). */
		DIGEST,

		/** A fixed token (RFC 6750). */
		BEARER,

		/** A token that Spring Security fetches and renews. */
		OAUTH2,

		/** A bean of the application. */
		BEAN

	}

}
