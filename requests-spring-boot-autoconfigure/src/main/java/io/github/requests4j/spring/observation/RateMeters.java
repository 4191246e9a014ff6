package io.github.requests4j.spring.observation;

import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;

import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.SessionProperties;
import io.github.requests4j.spring.internal.session.SessionThrottles;
import io.github.requests4j.spring.internal.session.ThrottleStatistics;

/**
 * Reports the requests that waited for a rate limit or were rejected by it. Meters of a
 * session that is not used yet are zero, and do not create it.
 */
final class RateMeters extends SessionMeters {

	private final ObjectProvider<SessionThrottles> throttles;

	private final MeterRegistry registry;

	RateMeters(ConfiguredSessions configured, ObjectProvider<SessionThrottles> throttles, MeterRegistry registry) {
		super(configured);
		this.throttles = throttles;
		this.registry = registry;
	}

	@Override
	boolean isUsed(SessionProperties settings) {
		return settings.rate() != null;
	}

	@Override
	void register(String session) {
		SessionThrottles all = this.throttles.getIfAvailable();
		if (all != null) {
			register(session, all.statistics(session));
		}
	}

	private void register(String session, ThrottleStatistics statistics) {
		FunctionTimer
			.builder("requests.rate.waits", statistics, ThrottleStatistics::waits, ThrottleStatistics::waitedNanos,
					TimeUnit.NANOSECONDS)
			.description("Requests that waited for a permit or for the end of a Retry-After")
			.tag("session", session)
			.register(this.registry);
		rejected(session, statistics, "limit", ThrottleStatistics::limited);
		rejected(session, statistics, "retry-after", ThrottleStatistics::deferred);
		FunctionCounter.builder("requests.rate.fallbacks", statistics, ThrottleStatistics::fallbacks)
			.description("Requests whose permits were decided without the shared store")
			.tag("session", session)
			.register(this.registry);
	}

	private void rejected(String session, ThrottleStatistics statistics, String reason,
			ToDoubleFunction<ThrottleStatistics> value) {
		FunctionCounter.builder("requests.rate.rejected", statistics, value)
			.description("Requests that were not sent, because they would have waited for too long")
			.tag("session", session)
			.tag("reason", reason)
			.register(this.registry);
	}

}
