package io.github.requests4j.spring.observation;

import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;

import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.SessionProperties;
import io.github.requests4j.spring.internal.session.SessionConcurrency;
import io.github.requests4j.spring.internal.session.SessionConcurrency.State;

/**
 * Reports the concurrency limits of sessions. Meters of a session that is not used yet
 * are zero, and do not create it.
 */
final class ConcurrencyMeters extends SessionMeters {

	private final ObjectProvider<SessionConcurrency> limits;

	private final MeterRegistry registry;

	ConcurrencyMeters(ConfiguredSessions configured, ObjectProvider<SessionConcurrency> limits,
			MeterRegistry registry) {
		super(configured);
		this.limits = limits;
		this.registry = registry;
	}

	@Override
	boolean isUsed(SessionProperties settings) {
		return settings.concurrency() != null;
	}

	@Override
	void register(String session) {
		SessionConcurrency all = this.limits.getIfAvailable();
		if (all != null) {
			register(session, all);
		}
	}

	private void register(String session, SessionConcurrency all) {
		gauge(session, all, "limit", "Maximum number of requests in progress", State::limit);
		gauge(session, all, "active", "Requests in progress", State::active);
		FunctionCounter
			.builder("requests.concurrency.rejected", all, (limits) -> value(limits, session, State::rejected))
			.description("Requests that were not sent, because too many were in progress")
			.tag("session", session)
			.register(this.registry);
	}

	private void gauge(String session, SessionConcurrency all, String what, String description,
			ToDoubleFunction<State> value) {
		Gauge.builder("requests.concurrency." + what, all, (limits) -> value(limits, session, value))
			.description(description)
			.baseUnit("requests")
			.tag("session", session)
			.register(this.registry);
	}

	private static double value(SessionConcurrency limits, String session, ToDoubleFunction<State> value) {
		State state = limits.state(session);
		return (state != null) ? value.applyAsDouble(state) : 0;
	}

}
