package io.github.requests4j.spring.observation;

import java.util.function.ToIntFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.SmartInitializingSingleton;

import io.github.requests4j.adapters.PoolStatistics;
import io.github.requests4j.spring.internal.session.LiveSessions;

/**
 * Reports the connections of each session. Gauges of a session that is not used yet are
 * zero, and do not create it.
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
			gauge(session, "leased", "Connections that serve a request", PoolStatistics::leased);
			gauge(session, "available", "Idle connections that can be used again", PoolStatistics::available);
			gauge(session, "pending", "Calls that wait for a connection", PoolStatistics::pending);
			gauge(session, "max", "Most connections of the pools that there are", PoolStatistics::max);
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
