package io.github.requests4j.spring.rate;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ResourceLoader;

import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.session.SessionThrottles;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

/**
 * Enables the rate limits of sessions.
 */
@AutoConfiguration(after = RequestsAutoConfiguration.class)
@ConditionalOnBean(ConfiguredSessions.class)
public final class RequestsRateAutoConfiguration {

	@Bean
	SessionThrottles requestsSessionThrottles(ConfiguredSessions sessions, ResourceLoader resources) {
		return new RateThrottles(sessions, resources.getClassLoader());
	}

}
