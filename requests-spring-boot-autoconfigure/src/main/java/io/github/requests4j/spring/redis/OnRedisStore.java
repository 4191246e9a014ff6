package io.github.requests4j.spring.redis;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

import io.github.requests4j.spring.internal.config.ConfiguredSessions;

/**
 * Matches if the configuration contains {@code store: redis}.
 */
final class OnRedisStore implements Condition {

	@Override
	public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		return ConfiguredSessions.useRedis(context.getEnvironment());
	}

}
