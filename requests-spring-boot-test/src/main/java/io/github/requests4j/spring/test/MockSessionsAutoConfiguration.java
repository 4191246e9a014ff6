package io.github.requests4j.spring.test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import io.github.requests4j.spring.config.ConfiguredSessions;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;
import io.github.requests4j.spring.session.SessionCustomizer;

/**
 * Replaces the transports of all configured sessions, after everybody else has had their
 * say about them.
 */
@AutoConfiguration(after = RequestsAutoConfiguration.class)
public final class MockSessionsAutoConfiguration {

	@Bean
	MockSessions requestsMockSessions(ConfiguredSessions sessions) {
		return new MockSessions(sessions);
	}

	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	SessionCustomizer requestsMockCustomizer(MockSessions mocks, ConfiguredSessions sessions) {
		return (name, builder) -> {
			MockAdapter adapter = new MockAdapter(mocks.of(name));
			builder.mount("http://", adapter).mount("https://", adapter);
			sessions.get(name).adapters().keySet().forEach((prefix) -> builder.mount(prefix, adapter));
		};
	}

}
