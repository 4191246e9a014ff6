package io.github.requests4j.spring.rate;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.redis.RedisAccess;
import io.github.requests4j.spring.internal.session.SessionThrottles;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

/**
 * Enables the rate limits of sessions.
 */
@AutoConfiguration(after = RequestsAutoConfiguration.class,
		afterName = "io.github.requests4j.spring.redis.RequestsRedisAutoConfiguration")
@ConditionalOnBean(ConfiguredSessions.class)
public final class RequestsRateAutoConfiguration {

	@Bean
	SessionThrottles requestsSessionThrottles(ConfiguredSessions sessions, ObjectProvider<RateStore> stores,
			ResourceLoader resources) {
		return new RateThrottles(sessions, stores, resources.getClassLoader());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RedisConnectionFactory.class)
	static class SharedRates {

		@Bean
		@ConditionalOnBean(RedisAccess.class)
		RateStore requestsRateStore(RedisAccess redis) {
			return new RedisRateStore(redis);
		}

	}

}
