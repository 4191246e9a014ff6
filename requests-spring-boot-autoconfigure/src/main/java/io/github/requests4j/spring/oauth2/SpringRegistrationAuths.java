package io.github.requests4j.spring.oauth2;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;

import io.github.requests4j.http.Auth;
import io.github.requests4j.spring.session.RegistrationAuths;

/**
 * Makes the auth for client registrations of Spring Security. Sessions that name the same
 * registration share its token.
 */
final class SpringRegistrationAuths implements RegistrationAuths {

	private final ClientRegistrationRepository registrations;

	private final OAuth2AuthorizedClientManager manager;

	private final OAuth2AuthorizedClientService store;

	private final Map<String, TokenSource> sources = new ConcurrentHashMap<>();

	SpringRegistrationAuths(ClientRegistrationRepository registrations, OAuth2AuthorizedClientManager manager,
			OAuth2AuthorizedClientService store) {
		this.registrations = registrations;
		this.manager = manager;
		this.store = store;
	}

	@Override
	public Auth of(String registrationId) {
		check(registrationId);
		return new TokenAuth(registrationId, this.sources.computeIfAbsent(registrationId,
				(id) -> new TokenSource(id, new SpringTokens(id, this.manager, this.store), InstantSource.system())));
	}

	private void check(String registrationId) {
		@Nullable ClientRegistration registration = this.registrations.findByRegistrationId(registrationId);
		if (registration == null) {
			throw new IllegalArgumentException("There is no client registration '" + registrationId + "'.");
		}
		AuthorizationGrantType grant = registration.getAuthorizationGrantType();
		if (!AuthorizationGrantType.CLIENT_CREDENTIALS.equals(grant)) {
			throw new IllegalArgumentException("The client registration '" + registrationId + "' is for the grant '"
					+ grant.getValue() + "', which needs a user; a session can use client_credentials only.");
		}
	}

}
