package io.github.requests4j.spring.concurrency;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ResourceLoader;

import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.session.SessionConcurrency;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

/**
 * Limits how many requests of a session are in progress, for sessions with
 * {@code concurrency}.
 */
@AutoConfiguration(after = RequestsAutoConfiguration.class)
@ConditionalOnBean(ConfiguredSessions.class)
public final class RequestsConcurrencyAutoConfiguration {

	@Bean
	SessionConcurrency requestsConcurrency(ConfiguredSessions sessions, ResourceLoader resources) {
		return new ConfiguredConcurrency(sessions, resources.getClassLoader());
	}

}
