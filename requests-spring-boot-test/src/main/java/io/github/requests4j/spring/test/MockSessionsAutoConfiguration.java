package io.github.requests4j.spring.test;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import io.github.requests4j.auth.BearerAuth;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.session.TokenRelay;
import io.github.requests4j.spring.session.RegistrationAuths;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;
import io.github.requests4j.spring.session.ServiceBalancer;
import io.github.requests4j.spring.session.SessionCustomizer;

/**
 * Replaces the transports of all configured sessions, after all other customizers.
 */
@AutoConfiguration(after = RequestsAutoConfiguration.class,
		afterName = { "io.github.requests4j.spring.oauth2.RequestsOAuth2AutoConfiguration",
				"io.github.requests4j.spring.oauth2.RequestsTokenRelayAutoConfiguration",
				"io.github.requests4j.spring.loadbalancer.RequestsLoadBalancerAutoConfiguration" })
public final class MockSessionsAutoConfiguration {

	@Bean
	MockSessions requestsMockSessions(ConfiguredSessions sessions, ObjectProvider<JsonMapper> mappers) {
		return new MockSessions(sessions, () -> mappers.getIfUnique(JsonMapper::shared));
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

	@Bean
	static MockedTransports requestsMockedTransports(ObjectProvider<MockSessions> mocks,
			ObjectProvider<ConfiguredSessions> sessions) {
		return new MockedTransports(mocks, sessions);
	}

	/**
	 * Provides a balancer in a slice, which has no load balancer. The mock replaces the
	 * transport anyway.
	 */
	@Bean
	@ConditionalOnMissingBean
	ServiceBalancer requestsMockBalancer() {
		return (service, transport, retry) -> transport;
	}

	/** Provides fake tokens in a slice, which has no authorization server. */
	@Bean
	@ConditionalOnMissingBean
	RegistrationAuths requestsMockTokens() {
		return (registration) -> new BearerAuth("token-of-" + registration);
	}

	/** Provides a fake token of the caller in a slice, which has no security. */
	@Bean
	@ConditionalOnMissingBean
	TokenRelay requestsMockRelay() {
		return (session) -> new BearerAuth("token-of-caller")::apply;
	}

}
