package io.github.requests4j.spring.oauth2;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

import io.github.requests4j.spring.internal.config.ConfiguredSessions;

/**
 * Checks whether a session can use a client registration, when the application starts.
 */
final class RegistrationChecks {

	private static final Set<AuthorizationGrantType> GRANTS = Set.of(AuthorizationGrantType.CLIENT_CREDENTIALS,
			AuthorizationGrantType.TOKEN_EXCHANGE, AuthorizationGrantType.JWT_BEARER,
			AuthorizationGrantType.AUTHORIZATION_CODE);

	private static final Set<ClientAuthenticationMethod> MUTUAL_TLS = Set.of(ClientAuthenticationMethod.TLS_CLIENT_AUTH,
			ClientAuthenticationMethod.SELF_SIGNED_TLS_CLIENT_AUTH);

	private static final Set<ClientAuthenticationMethod> OTHER_METHODS = Set.of(
			ClientAuthenticationMethod.CLIENT_SECRET_BASIC, ClientAuthenticationMethod.CLIENT_SECRET_POST,
			ClientAuthenticationMethod.CLIENT_SECRET_JWT, ClientAuthenticationMethod.PRIVATE_KEY_JWT,
			ClientAuthenticationMethod.NONE);

	private final ConfiguredSessions sessions;

	private final ClientKeys keys;

	RegistrationChecks(ConfiguredSessions sessions, ClientKeys keys) {
		this.sessions = sessions;
		this.keys = keys;
	}

	static boolean isMutualTls(ClientAuthenticationMethod method) {
		return MUTUAL_TLS.contains(method);
	}

	/**
	 * Checks a registration.
	 * @param session the name of the session that sends the requests for tokens
	 * @throws IllegalArgumentException if the registration cannot be used
	 */
	void check(ClientRegistration registration, String session) {
		String name = "The client registration '" + registration.getRegistrationId() + "' ";
		if (!GRANTS.contains(registration.getAuthorizationGrantType())) {
			throw new IllegalArgumentException(name + "is for the grant '"
					+ registration.getAuthorizationGrantType().getValue() + "'. A session only supports"
					+ " client_credentials, token-exchange, jwt-bearer and authorization_code.");
		}
		ClientAuthenticationMethod method = registration.getClientAuthenticationMethod();
		String authenticates = name + "authenticates with " + method.getValue();
		if (isMutualTls(method)) {
			checkMutualTls(registration, session, authenticates);
		}
		else if (!OTHER_METHODS.contains(method)) {
			throw new IllegalArgumentException(authenticates + ", which is not supported.");
		}
		else if (method.equals(ClientAuthenticationMethod.CLIENT_SECRET_JWT) && registration.getClientSecret()
			.getBytes(StandardCharsets.UTF_8).length < ClientKeys.MIN_SECRET_BYTES) {
			throw new IllegalArgumentException(authenticates + ", which requires a client-secret of at least "
					+ ClientKeys.MIN_SECRET_BYTES + " bytes (RFC 7518, section 3.2).");
		}
		else if (method.equals(ClientAuthenticationMethod.PRIVATE_KEY_JWT)) {
			checkKey(registration, session, authenticates);
		}
	}

	private void checkMutualTls(ClientRegistration registration, String session, String authenticates) {
		String tokenUri = registration.getProviderDetails().getTokenUri();
		if (!tokenUri.toLowerCase(Locale.ROOT).startsWith("https:")) {
			throw new IllegalArgumentException(authenticates + ", which requires a token-uri with https.");
		}
		// A customizer may set the certificate of a configured session
		if (!this.sessions.names().contains(session) && !this.keys.hasCertificate(session)) {
			throw new IllegalArgumentException(
					authenticates + ", which requires a client certificate. Set ssl.bundle or"
							+ " cert of requests.sessions." + session + ".");
		}
	}

	private void checkKey(ClientRegistration registration, String session, String authenticates) {
		try {
			this.keys.find(registration, session);
		}
		catch (RuntimeException ex) {
			throw new IllegalArgumentException(authenticates + ", which requires a private key: " + ex.getMessage()
					+ " Set ssl.bundle or cert of requests.sessions." + session
					+ ", or declare a bean of type Function<ClientRegistration, JWK>.", ex);
		}
	}

}
