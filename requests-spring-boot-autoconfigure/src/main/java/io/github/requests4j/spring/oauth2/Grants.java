package io.github.requests4j.spring.oauth2;

import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.client.AuthorizationCodeOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.ClientCredentialsOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.DelegatingOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.JwtBearerOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.RefreshTokenOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.TokenExchangeOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.endpoint.JwtBearerGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientClientCredentialsTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientJwtBearerTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientTokenExchangeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.TokenExchangeGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.util.Assert;

/**
 * Fetches tokens with the providers of Spring Security, one method for each kind of
 * grant. Thread-safe.
 */
final class Grants {

	private final BeanFactory beans;

	private final ClientRegistrationRepository registrations;

	private final OAuth2AuthorizedClientService store;

	private final TokenClients clients;

	Grants(BeanFactory beans, ClientRegistrationRepository registrations, OAuth2AuthorizedClientService store,
			TokenClients clients) {
		this.beans = beans;
		this.registrations = registrations;
		this.store = store;
		this.clients = clients;
	}

	/** Returns how the tokens of users are obtained. */
	UserTokens ofUsers(ClientRegistration registration, String session) {
		AuthorizationGrantType grant = registration.getAuthorizationGrantType();
		if (AuthorizationGrantType.AUTHORIZATION_CODE.equals(grant)) {
			OAuth2AuthorizedClientManager manager = manager(refreshing(registration, session));
			String id = registration.getRegistrationId();
			return new UserTokens(UserTokens.Subject.NAME, (user) -> ofLogin(id, manager, user));
		}
		OAuth2AuthorizedClientProvider own = declared(AuthorizationGrantType.TOKEN_EXCHANGE.equals(grant)
				? TokenExchangeOAuth2AuthorizedClientProvider.class : JwtBearerOAuth2AuthorizedClientProvider.class);
		if (own != null) {
			return new UserTokens(UserTokens.Subject.ANY, (user) -> ofPresentedToken(registration, own, user));
		}
		OAuth2AuthorizedClientProvider provider = presenting(registration, session);
		return new UserTokens(UserTokens.Subject.TOKEN,
				(user) -> ofPresentedToken(registration, provider, presented(user)));
	}

	/**
	 * Returns the provider that the application declares, which may find the token to
	 * present in its own way, or null.
	 */
	private @Nullable OAuth2AuthorizedClientProvider declared(Class<? extends OAuth2AuthorizedClientProvider> type) {
		return this.beans.getBeanProvider(OAuth2AuthorizedClientProvider.class)
			.orderedStream()
			.filter(type::isInstance)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Fetches a token for the client itself. It is kept in the application's own store,
	 * with the name of the registration instead of that of a user.
	 * @param shared whether replicas share the token. In that case, another replica may
	 * have obtained a newer one than that in the application's store.
	 */
	TokenSource.Fetcher ofClient(ClientRegistration registration, String session, boolean shared) {
		String id = registration.getRegistrationId();
		OAuth2AuthorizedClientManager manager = this.beans
			.getBeanProvider(AuthorizedClientServiceOAuth2AuthorizedClientManager.class)
			.getIfAvailable(() -> manager(credentials(registration, session)));
		return (rejected) -> {
			OAuth2AuthorizedClient kept = this.store.loadAuthorizedClient(id, id);
			if (kept != null && (shared || kept.getAccessToken().getTokenValue().equals(rejected))) {
				this.store.removeAuthorizedClient(id, id);
			}
			OAuth2AuthorizedClient client = manager
				.authorize(OAuth2AuthorizeRequest.withClientRegistrationId(id).principal(id).build());
			Assert.state(client != null, "Spring Security's manager returned no token.");
			return client.getAccessToken();
		};
	}

	private OAuth2AuthorizedClientProvider credentials(ClientRegistration registration, String session) {
		ClientCredentialsOAuth2AuthorizedClientProvider provider = new ClientCredentialsOAuth2AuthorizedClientProvider();
		provider.setAccessTokenResponseClient(this.clients.find(OAuth2ClientCredentialsGrantRequest.class,
				new RestClientClientCredentialsTokenResponseClient(), registration, session));
		return provider;
	}

	/**
	 * Returns a manager that works without a web request, unlike that of web
	 * applications.
	 */
	private AuthorizedClientServiceOAuth2AuthorizedClientManager manager(OAuth2AuthorizedClientProvider provider) {
		AuthorizedClientServiceOAuth2AuthorizedClientManager manager = new AuthorizedClientServiceOAuth2AuthorizedClientManager(
				this.registrations, this.store);
		manager.setAuthorizedClientProvider(provider);
		return manager;
	}

	/**
	 * Exchanges the token of a user (RFC 8693), or presents it as an assertion (RFC
	 * 7523). Spring Security's store is not used, because it has no size limit and would
	 * return the token that another token of the same user was exchanged for.
	 */
	private TokenSource.Fetcher ofPresentedToken(ClientRegistration registration,
			OAuth2AuthorizedClientProvider provider, Authentication user) {
		String id = registration.getRegistrationId();
		return (rejected) -> {
			OAuth2AuthorizedClient client = provider
				.authorize(OAuth2AuthorizationContext.withClientRegistration(current(id)).principal(user).build());
			if (client == null) {
				throw new MissingTokenException(
						"the caller has no token that the grant '" + registration.getAuthorizationGrantType().getValue()
								+ "' can present. The grant jwt-bearer requires a JWT.");
			}
			return client.getAccessToken();
		};
	}

	private OAuth2AuthorizedClientProvider presenting(ClientRegistration registration, String session) {
		if (AuthorizationGrantType.TOKEN_EXCHANGE.equals(registration.getAuthorizationGrantType())) {
			TokenExchangeOAuth2AuthorizedClientProvider provider = new TokenExchangeOAuth2AuthorizedClientProvider();
			provider.setAccessTokenResponseClient(this.clients.find(TokenExchangeGrantRequest.class,
					new RestClientTokenExchangeTokenResponseClient(), registration, session));
			return provider;
		}
		JwtBearerOAuth2AuthorizedClientProvider provider = new JwtBearerOAuth2AuthorizedClientProvider();
		provider.setAccessTokenResponseClient(this.clients.find(JwtBearerGrantRequest.class,
				new RestClientJwtBearerTokenResponseClient(), registration, session));
		return provider;
	}

	/**
	 * Returns an authentication whose principal is the token, because the providers look
	 * for it there. With an opaque token, the principal is a user and the token is in the
	 * credentials.
	 */
	private static Authentication presented(Authentication user) {
		return UsernamePasswordAuthenticationToken.authenticated(Objects.requireNonNull(Caller.token(user)), null,
				AuthorityUtils.NO_AUTHORITIES);
	}

	/**
	 * Returns the token that a user obtained by logging in, and refreshes it. Spring
	 * Security's store keeps it, and the refresh token.
	 */
	private TokenSource.Fetcher ofLogin(String id, OAuth2AuthorizedClientManager manager, Authentication user) {
		return (rejected) -> {
			OAuth2AuthorizedClient kept = this.store.loadAuthorizedClient(id, user.getName());
			boolean mustRefresh = kept != null && kept.getAccessToken().getTokenValue().equals(rejected);
			OAuth2AuthorizeRequest.Builder request = (kept != null && mustRefresh)
					? OAuth2AuthorizeRequest.withAuthorizedClient(expired(kept))
					: OAuth2AuthorizeRequest.withClientRegistrationId(id);
			OAuth2AuthorizedClient client = manager.authorize(request.principal(user).build());
			if (client == null || isExpired(client.getAccessToken())) {
				throw new MissingTokenException(
						"the token of the user is no longer valid, and there is no refresh token."
								+ " Let the user log in again, at /oauth2/authorization/" + id + ".");
			}
			return client.getAccessToken();
		};
	}

	private OAuth2AuthorizedClientProvider refreshing(ClientRegistration registration, String session) {
		RefreshTokenOAuth2AuthorizedClientProvider provider = new RefreshTokenOAuth2AuthorizedClientProvider();
		provider.setAccessTokenResponseClient(this.clients.find(OAuth2RefreshTokenGrantRequest.class,
				new RestClientRefreshTokenTokenResponseClient(), registration, session));
		return new DelegatingOAuth2AuthorizedClientProvider(new AuthorizationCodeOAuth2AuthorizedClientProvider(),
				provider);
	}

	/**
	 * Returns a client whose access token has expired, so that its refresh token is used.
	 */
	private static OAuth2AuthorizedClient expired(OAuth2AuthorizedClient kept) {
		OAuth2AccessToken token = kept.getAccessToken();
		return new OAuth2AuthorizedClient(
				kept.getClientRegistration(), kept.getPrincipalName(), new OAuth2AccessToken(token.getTokenType(),
						token.getTokenValue(), Instant.EPOCH, Instant.EPOCH.plusSeconds(1), token.getScopes()),
				kept.getRefreshToken());
	}

	private static boolean isExpired(OAuth2AccessToken token) {
		Instant end = token.getExpiresAt();
		return end != null && !Instant.now().isBefore(end);
	}

	private ClientRegistration current(String id) {
		ClientRegistration registration = this.registrations.findByRegistrationId(id);
		Assert.state(registration != null, () -> "There is no client registration named '" + id + "' any more.");
		return registration;
	}

}
