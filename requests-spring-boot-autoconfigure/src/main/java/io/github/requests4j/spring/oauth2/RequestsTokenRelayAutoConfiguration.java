package io.github.requests4j.spring.oauth2;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.oauth2.core.OAuth2Token;

import io.github.requests4j.spring.internal.session.TokenRelay;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

/**
 * Enables sessions to pass on the tokens of callers, for example in a resource server,
 * which needs no OAuth 2 client.
 */
@AutoConfiguration(before = RequestsAutoConfiguration.class)
@ConditionalOnClass({ SecurityContextHolder.class, OAuth2Token.class })
public final class RequestsTokenRelayAutoConfiguration {

	@Bean
	TokenRelay requestsTokenRelay(ObjectProvider<SecurityContextHolderStrategy> contexts) {
		Caller caller = new Caller(contexts);
		return (session) -> new RelayAuth(session, caller);
	}

}
