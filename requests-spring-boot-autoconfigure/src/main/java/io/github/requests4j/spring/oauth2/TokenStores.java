package io.github.requests4j.spring.oauth2;

import org.springframework.security.oauth2.client.registration.ClientRegistration;

/**
 * Creates the stores of tokens that replicas share.
 */
@FunctionalInterface
interface TokenStores {

	/** Returns the store for the tokens of a registration. */
	TokenStore of(ClientRegistration registration);

}
