package io.github.requests4j.spring.observation;

import java.util.function.ToIntFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.SmartInitializingSingleton;

import io.github.requests4j.adapters.PoolStatistics;
import io.github.requests4j.spring.internal.session.LiveSessions;

/**
 * Reports the connections of each session. The gauges of a session that is not used yet
 * are zero and do not create it.
 */
final class PoolGauges implements SmartInitializingSingleton {

	private final LiveSessions sessions;

	private final MeterRegistry registry;

	PoolGauges(LiveSessions sessions, MeterRegistry registry) {
		this.sessions = sessions;
		this.registry = registry;
	}

	@Override
	public void afterSingletonsInstantiated() {
		for (String session : this.sessions.names()) {
			gauge(session, "leased", "Connections that are in use", PoolStatistics::leased);
			gauge(session, "available", "Idle connections that can be reused", PoolStatistics::available);
			gauge(session, "pending", "Calls that are waiting for a connection", PoolStatistics::pending);
			gauge(session, "max", "Maximum number of connections of all existing pools", PoolStatistics::max);
		}
	}

	private void gauge(String session, String what, String description, ToIntFunction<PoolStatistics> value) {
		Gauge.builder("requests.pool." + what, this.sessions, (sessions) -> value.applyAsInt(sessions.pool(session)))
			.description(description)
			.baseUnit("connections")
			.tag("session", session)
			.register(this.registry);
	}

}
