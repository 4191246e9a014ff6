package io.github.requests4j.spring.observation;

import java.util.function.ToLongFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import io.github.requests4j.hedging.HedgingStatistics;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.SessionProperties;
import io.github.requests4j.spring.internal.session.LiveSessions;

/**
 * Counts the hedges of the sessions that send some. Meters of a session that is not used
 * yet are zero, and do not create it.
 */
final class HedgeMeters extends SessionMeters {

	static final String SENT = "requests.hedges";

	static final String WON = "requests.hedges.won";

	private final LiveSessions sessions;

	private final MeterRegistry registry;

	HedgeMeters(ConfiguredSessions configured, LiveSessions sessions, MeterRegistry registry) {
		super(configured);
		this.sessions = sessions;
		this.registry = registry;
	}

	@Override
	boolean isUsed(SessionProperties settings) {
		SessionProperties.@Nullable Hedge hedge = settings.hedge();
		return hedge != null && hedge.isEnabled();
	}

	@Override
	void register(String session) {
		counter(session, SENT, "Attempts that were sent while an earlier one was late", HedgingStatistics::sent);
		counter(session, WON, "Hedges whose response was used", HedgingStatistics::won);
	}

	private void counter(String session, String name, String description, ToLongFunction<HedgingStatistics> value) {
		FunctionCounter.builder(name, this, (meters) -> meters.value(session, value))
			.description(description)
			.tag("session", session)
			.register(this.registry);
	}

	private double value(String session, ToLongFunction<HedgingStatistics> value) {
		HedgingStatistics statistics = this.sessions.hedges(session);
		return (statistics != null) ? value.applyAsLong(statistics) : 0;
	}

}
