package io.github.requests4j.spring.resilience;

import java.util.Map;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;

import org.springframework.util.StringUtils;

import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.management.BreakerStates;

/**
 * Tells how the circuit breakers stand that sessions name.
 */
final class NamedBreakers implements BreakerStates {

	private final ConfiguredSessions sessions;

	private final Instances instances;

	NamedBreakers(ConfiguredSessions sessions, Instances instances) {
		this.sessions = sessions;
		this.instances = instances;
	}

	@Override
	public Map<String, String> of(String session) {
		if (!this.sessions.names().contains(session) && !ConfiguredSessions.DEFAULT_NAME.equals(session)) {
			return Map.of();
		}
		String name = this.sessions.get(session).resilience().circuitBreaker();
		if (!StringUtils.hasLength(name)) {
			return Map.of();
		}
		return this.instances.breakers()
			.find(name)
			.map(CircuitBreaker::getState)
			.map((state) -> Map.of(name, state.name()))
			.orElse(Map.of());
	}

}
