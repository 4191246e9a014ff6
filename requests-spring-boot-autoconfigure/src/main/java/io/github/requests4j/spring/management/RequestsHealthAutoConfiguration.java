package io.github.requests4j.spring.management;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

import io.github.requests4j.spring.internal.session.LiveSessions;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

/**
 * The health of what the sessions call, as far as circuit breakers know it. Switched off
 * by {@code management.health.requests.enabled=false}.
 */
@AutoConfiguration(after = RequestsAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("requests")
@ConditionalOnBean(LiveSessions.class)
public final class RequestsHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "requestsHealthIndicator")
	HealthIndicator requestsHealthIndicator(LiveSessions sessions, ObjectProvider<BreakerStates> breakers) {
		return new BreakersHealthIndicator(sessions, breakers.orderedStream().toList());
	}

}
