package io.github.requests4j.spring.oauth2;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.core.OAuth2AccessToken;

/**
 * Fetches the tokens of one registration through Spring Security's manager, which keeps
 * them in the application's own store.
 */
final class SpringTokens implements TokenSource.Fetcher {

	private final String registration;

	private final OAuth2AuthorizedClientManager manager;

	private final OAuth2AuthorizedClientService store;

	SpringTokens(String registration, OAuth2AuthorizedClientManager manager, OAuth2AuthorizedClientService store) {
		this.registration = registration;
		this.manager = manager;
		this.store = store;
	}

	@Override
	public OAuth2AccessToken fetch(@Nullable String refused) {
		// The client acts for itself, so its own name stands for a user's.
		String principal = this.registration;
		@Nullable OAuth2AuthorizedClient kept = this.store.loadAuthorizedClient(this.registration, principal);
		if (kept != null && kept.getAccessToken().getTokenValue().equals(refused)) {
			this.store.removeAuthorizedClient(this.registration, principal);
		}
		OAuth2AuthorizedClient client = this.manager
			.authorize(OAuth2AuthorizeRequest.withClientRegistrationId(this.registration).principal(principal).build());
		if (client == null) {
			throw new IllegalStateException("Spring Security's manager gave none");
		}
		return client.getAccessToken();
	}

}
