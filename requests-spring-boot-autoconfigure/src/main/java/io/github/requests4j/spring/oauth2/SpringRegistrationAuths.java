package io.github.requests4j.spring.oauth2;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;

import io.github.requests4j.http.Auth;
import io.github.requests4j.spring.session.RegistrationAuths;

/**
 * Creates the auth for client registrations of Spring Security. Sessions with the same
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
			throw new IllegalArgumentException("There is no client registration named '" + registrationId + "'.");
		}
		AuthorizationGrantType grant = registration.getAuthorizationGrantType();
		if (!AuthorizationGrantType.CLIENT_CREDENTIALS.equals(grant)) {
			throw new IllegalArgumentException("The client registration '" + registrationId + "' is for the grant '"
					+ grant.getValue() + "', which requires a user. A session only supports client_credentials.");
		}
	}

	/**
	 * Fetches the tokens of one registration with Spring Security's manager, which keeps
	 * them in the application's own store.
	 */
	private static final class SpringTokens implements TokenSource.Fetcher {

		private final String registration;

		private final OAuth2AuthorizedClientManager manager;

		private final OAuth2AuthorizedClientService store;

		SpringTokens(String registration, OAuth2AuthorizedClientManager manager, OAuth2AuthorizedClientService store) {
			this.registration = registration;
			this.manager = manager;
			this.store = store;
		}

		@Override
		public OAuth2AccessToken fetch(@Nullable String rejected) {
			// The client acts on its own behalf, so its name replaces that of a user
			String principal = this.registration;
			@Nullable OAuth2AuthorizedClient kept = this.store.loadAuthorizedClient(this.registration, principal);
			if (kept != null && kept.getAccessToken().getTokenValue().equals(rejected)) {
				this.store.removeAuthorizedClient(this.registration, principal);
			}
			OAuth2AuthorizedClient client = this.manager.authorize(
					OAuth2AuthorizeRequest.withClientRegistrationId(this.registration).principal(principal).build());
			if (client == null) {
				throw new IllegalStateException("Spring Security's manager returned no token.");
			}
			return client.getAccessToken();
		}

	}

}
