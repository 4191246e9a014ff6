package io.github.requests4j.spring.observation;

import java.util.function.Predicate;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import io.github.requests4j.spring.internal.balancing.InstanceState;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.SessionProperties;
import io.github.requests4j.spring.internal.session.LiveSessions;

/**
 * Reports the instances over which sessions balance their requests. Instances are not
 * tags, because they change. Meters of a session that is not used yet are zero, and do
 * not create it.
 */
final class BalancerMeters extends SessionMeters {

	private final LiveSessions sessions;

	private final MeterRegistry registry;

	BalancerMeters(ConfiguredSessions configured, LiveSessions sessions, MeterRegistry registry) {
		super(configured);
		this.sessions = sessions;
		this.registry = registry;
	}

	@Override
	boolean isUsed(SessionProperties settings) {
		return settings.isBalanced();
	}

	@Override
	void register(String session) {
		gauge(session, "available", (state) -> !state.ejected());
		gauge(session, "ejected", InstanceState::ejected);
		FunctionCounter
			.builder("requests.balancer.ejections", this.sessions, (sessions) -> ejections(sessions, session))
			.description("Times that an instance was ejected because of its failures")
			.tag("session", session)
			.register(this.registry);
	}

	private void gauge(String session, String state, Predicate<InstanceState> counted) {
		Gauge
			.builder("requests.balancer.instances", this.sessions,
					(sessions) -> sessions.instances(session).stream().filter(counted).count())
			.description("Instances over which requests are balanced")
			.baseUnit("instances")
			.tag("session", session)
			.tag("state", state)
			.register(this.registry);
	}

	private static double ejections(LiveSessions sessions, String session) {
		return sessions.instances(session).stream().mapToLong(InstanceState::ejections).sum();
	}

}
