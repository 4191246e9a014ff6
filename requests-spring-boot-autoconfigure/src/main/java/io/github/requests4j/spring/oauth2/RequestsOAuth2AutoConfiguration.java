package io.github.requests4j.spring.oauth2;

import java.time.InstantSource;
import java.util.function.Function;

import com.nimbusds.jose.jwk.JWK;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.web.client.RestClient;

import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.redis.RedisAccess;
import io.github.requests4j.spring.session.RegistrationAuths;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

/**
 * Enables sessions to use the client registrations of Spring Security.
 */
@AutoConfiguration(after = RequestsAutoConfiguration.class,
		afterName = "org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientAutoConfiguration")
@ConditionalOnClass({ OAuth2AuthorizedClientManager.class, RestClient.class })
@ConditionalOnBean(ConfiguredSessions.class)
public final class RequestsOAuth2AutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(RegistrationAuths.class)
	RegistrationAuths requestsRegistrationAuths(BeanFactory beans, ConfiguredSessions sessions,
			ObjectProvider<ClientRegistrationRepository> registrations,
			ObjectProvider<OAuth2AuthorizedClientService> stores, ObjectProvider<SslBundles> bundles,
			ObjectProvider<Function<ClientRegistration, JWK>> keys,
			ObjectProvider<SecurityContextHolderStrategy> contexts, ObjectProvider<TokenStores> shared) {
		// Without a repository, every registration is unknown
		ClientRegistrationRepository known = registrations.getIfAvailable(() -> (id) -> null);
		OAuth2AuthorizedClientService store = stores
			.getIfAvailable(() -> new InMemoryOAuth2AuthorizedClientService(known));
		ClientKeys clientKeys = new ClientKeys(sessions, bundles, keys);
		Grants grants = new Grants(beans, known, store, new TokenClients(beans, clientKeys));
		return new SpringRegistrationAuths(known, new RegistrationChecks(sessions, clientKeys), grants,
				new Caller(contexts), shared::getIfAvailable);
	}

	/**
	 * Shares tokens in Redis, if a session asks for it.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RedisConnectionFactory.class)
	@ConditionalOnBean(RedisAccess.class)
	static class SharedTokenStores {

		@Bean
		TokenStores requestsTokenStores(RedisAccess redis) {
			return (registration) -> new RedisTokenStore(redis, registration, RedisTokenStore.LEASE,
					InstantSource.system());
		}

	}

}
