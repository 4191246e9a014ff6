package io.github.requests4j.spring.oauth2;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.OAuth2AccessToken;

/**
 * Provides a token to a {@link TokenSource} that has no valid one. A store that replicas
 * of an application share returns the token that another replica has fetched, and
 * otherwise lets one replica fetch it. Implementations must be thread-safe.
 */
@FunctionalInterface
interface TokenStore {

	/** Keeps nothing, so that each application fetches its own tokens. */
	TokenStore NONE = (key, fetcher, rejected) -> fetcher.fetch(rejected);

	/**
	 * Returns a token.
	 * @param key identifies the token
	 * @param fetcher fetches it from the authorization server
	 * @param rejected a token that a server rejected and that must not be returned, or
	 * {@code null}
	 * @return a token that has not expired
	 */
	OAuth2AccessToken obtain(TokenKey key, TokenSource.Fetcher fetcher, @Nullable String rejected);

}
