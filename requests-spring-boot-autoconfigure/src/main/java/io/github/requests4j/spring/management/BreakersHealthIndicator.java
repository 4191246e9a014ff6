package io.github.requests4j.spring.management;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import io.github.requests4j.spring.internal.session.LiveSessions;

/**
 * Reports circuit breakers that are open. Their status is not DOWN, since a restart of
 * this application would not fix what it calls: {@code CIRCUIT_OPEN} counts for the
 * health of the whole only where {@code management.endpoint.health.status.order} says so,
 * as it is with Resilience4j's own indicator.
 */
final class BreakersHealthIndicator extends AbstractHealthIndicator {

	static final Status CIRCUIT_OPEN = new Status("CIRCUIT_OPEN", "Calls are refused until what they call recovers");

	private final LiveSessions sessions;

	private final List<BreakerStates> breakers;

	BreakersHealthIndicator(LiveSessions sessions, List<BreakerStates> breakers) {
		super("The circuit breakers cannot be asked");
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
