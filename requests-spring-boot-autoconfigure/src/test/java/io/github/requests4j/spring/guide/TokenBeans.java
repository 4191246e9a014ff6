package io.github.requests4j.spring.guide;

import java.text.ParseException;
import java.util.function.Function;

import com.nimbusds.jose.jwk.JWK;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.TokenExchangeOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2Token;

/**
 * The beans that the page about authentication shows.
 */
@Configuration(proxyBeanMethods = false)
class TokenBeans {

	// tag::client-key[]
	@Bean
	Function<ClientRegistration, JWK> clientKey(@Value("${login.key}") String json) throws ParseException {
		JWK key = JWK.parse(json);
		return (registration) -> key;
	}
	// end::client-key[]

	// tag::actor-token[]
	@Bean
	OAuth2AuthorizedClientProvider tokenExchange(ActorTokens actors) {
		TokenExchangeOAuth2AuthorizedClientProvider provider = new TokenExchangeOAuth2AuthorizedClientProvider();
		provider.setActorTokenResolver((context) -> actors.current());
		return provider;
	}
	// end::actor-token[]

	/**
	 * Finds the token of this service.
	 */
	@FunctionalInterface
	interface ActorTokens {

		OAuth2Token current();

	}

}
