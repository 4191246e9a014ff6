package io.github.requests4j.spring.cookies;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.requests4j.spring.internal.redis.RedisAccess;
import io.github.requests4j.spring.internal.session.SessionCookies;

/**
 * Lets sessions share their cookies in Redis.
 */
@AutoConfiguration(afterName = "io.github.requests4j.spring.redis.RequestsRedisAutoConfiguration")
@ConditionalOnClass(RedisConnectionFactory.class)
@ConditionalOnBean(RedisAccess.class)
public final class RequestsCookiesAutoConfiguration {

	@Bean
	SessionCookies requestsSessionCookies(RedisAccess redis) {
		return (session) -> new RedisCookies(new CookieHash(redis, session));
	}

}
