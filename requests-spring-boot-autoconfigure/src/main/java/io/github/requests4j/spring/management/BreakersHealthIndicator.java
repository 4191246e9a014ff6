package io.github.requests4j.spring.management;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import io.github.requests4j.spring.internal.session.LiveSessions;

/**
 * Reports open circuit breakers. Their status is not DOWN, because restarting this
 * application would not fix the called service. As with Resilience4j's own indicator,
 * {@code CIRCUIT_OPEN} affects the overall health only if
 * {@code management.endpoint.health.status.order} contains it.
 */
final class BreakersHealthIndicator extends AbstractHealthIndicator {

	static final Status CIRCUIT_OPEN = new Status("CIRCUIT_OPEN",
			"Calls are rejected until the called service recovers");

	private final LiveSessions sessions;

	private final List<BreakerStates> breakers;

	BreakersHealthIndicator(LiveSessions sessions, List<BreakerStates> breakers) {
		super("The state of the circuit breakers could not be read");
		this.sessions = sessions;
		this.breakers = breakers;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up();
		for (String session : this.sessions.names()) {
			Map<String, String> states = new TreeMap<>();
			this.breakers.forEach((breakers) -> states.putAll(breakers.of(session)));
			if (states.values().stream().anyMatch((state) -> state.equals("OPEN") || state.equals("FORCED_OPEN"))) {
				builder.status(CIRCUIT_OPEN);
			}
			if (!states.isEmpty()) {
				builder.withDetail(session, states);
			}
		}
	}

}
