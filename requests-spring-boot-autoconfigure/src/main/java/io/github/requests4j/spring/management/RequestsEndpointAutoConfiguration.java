package io.github.requests4j.spring.management;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.session.LiveSessions;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

/**
 * The endpoint {@code requests}, where it is exposed. Where it is not, nothing is
 * counted.
 */
@AutoConfiguration(after = RequestsAutoConfiguration.class)
@ConditionalOnClass({ ConditionalOnAvailableEndpoint.class, Sanitizer.class })
@ConditionalOnAvailableEndpoint(RequestsEndpoint.class)
@ConditionalOnBean(LiveSessions.class)
public final class RequestsEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RequestsEndpoint requestsEndpoint(ConfiguredSessions configured, LiveSessions live, SessionActivities activities,
			ObjectProvider<BreakerStates> breakers, ObjectProvider<SanitizingFunction> sanitizing) {
		return new RequestsEndpoint(configured, live, activities, breakers.orderedStream().toList(),
				new Sanitizer(sanitizing.orderedStream()
					.filter((function) -> !(function instanceof SecretsSanitizingFunction))
					.toList()));
	}

	@Bean
	SessionActivities requestsSessionActivities() {
		return new SessionActivities();
	}

}
