package io.github.requests4j.spring.redis;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.RequestsProperties;
import io.github.requests4j.spring.internal.redis.RedisAccess;
import io.github.requests4j.spring.internal.redis.Seal;
import io.github.requests4j.spring.internal.session.CacheStores;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

/**
 * Enables sessions to use the Redis server of the application, if the configuration
 * contains {@code store: redis}.
 */
@AutoConfiguration(before = RequestsAutoConfiguration.class,
		afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnClass(RedisConnectionFactory.class)
@ConditionalOnSingleCandidate(RedisConnectionFactory.class)
@Conditional(RequestsRedisAutoConfiguration.OnRedisStore.class)
public final class RequestsRedisAutoConfiguration {

	private static final String DEFAULT_PREFIX = "requests";

	@Bean
	RedisAccess requestsRedisAccess(RedisConnectionFactory connections, ConfiguredSessions sessions,
			Environment environment) {
		RequestsProperties.Redis properties = sessions.redis();
		return new RedisAccess(connections, properties.timeout(), prefix(properties.prefix(), sessions, environment),
				seal(properties.encryptionKey(), sessions));
	}

	@Bean
	CacheStores requestsCacheStores(RedisAccess redis) {
		return (session, settings) -> new RedisStore(redis, session, settings);
	}

	/** Connects before the first call of a session, which only waits for a short time. */
	@Bean
	SmartInitializingSingleton requestsRedisConnection(RedisAccess redis) {
		return redis::connect;
	}

	private static String prefix(@Nullable String configured, ConfiguredSessions sessions, Environment environment) {
		if (configured == null || configured.isEmpty()) {
			String application = environment.getProperty("spring.application.name", "");
			return DEFAULT_PREFIX + (application.isBlank() ? "" : ":" + application.replaceAll("[^A-Za-z0-9._-]", "_"));
		}
		if (!configured.matches("[A-Za-z0-9._:/-]+")) {
			throw sessions.redisMistake("prefix",
					"The prefix contains a character other than letters, digits, dots, colons, slashes and dashes.",
					"Use only these characters.");
		}
		return configured.endsWith(":") ? configured.substring(0, configured.length() - 1) : configured;
	}

	private static Seal seal(@Nullable String keys, ConfiguredSessions sessions) {
		try {
			return Seal.of(keys);
		}
		catch (IllegalArgumentException ex) {
			throw sessions.redisMistake("encryption-key", String.valueOf(ex.getMessage()),
					"Create a key with 'openssl rand -base64 32'.");
		}
	}

	/**
	 * Matches if the configuration contains {@code store: redis}.
	 */
	static final class OnRedisStore implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return ConfiguredSessions.useRedis(context.getEnvironment());
		}

	}

}
