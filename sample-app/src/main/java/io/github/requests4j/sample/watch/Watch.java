package io.github.requests4j.sample.watch;

import java.util.Map;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.Search;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

import io.github.requests4j.spring.management.BreakerStates;

/**
 * Provides the state of a session from its meters, its circuit breakers and its last
 * exchanges.
 */
@Component
public class Watch {

	private final MeterRegistry registry;

	private final ElapsedTimes elapsed;

	private final RecentExchanges exchanges;

	private final ObjectProvider<BreakerStates> breakers;

	Watch(MeterRegistry registry, ElapsedTimes elapsed, RecentExchanges exchanges,
			ObjectProvider<BreakerStates> breakers) {
		this.registry = registry;
		this.elapsed = elapsed;
		this.exchanges = exchanges;
		this.breakers = breakers;
	}

	/**
	 * Returns the current state of a session.
	 * @param session the name of the session
	 * @return the model of {@code watch.html}
	 */
	public SessionView of(String session) {
		BreakerStates states = this.breakers.getIfAvailable();
		Map<String, String> breakers = (states != null) ? states.of(session) : Map.of();
		return new SessionView(session, this.elapsed.chart(session), breakers, figures(session, breakers),
				this.elapsed.rows(session), this.exchanges.of(session));
	}

	private SessionView.Figures figures(String session, Map<String, String> breakers) {
		long rejected = breakers.keySet()
			.stream()
			.mapToLong((breaker) -> sum("resilience4j.circuitbreaker.not.permitted.calls", "name", breaker))
			.sum();
		return new SessionView.Figures(sum("requests.retries", session), sum("requests.retries.suppressed", session),
				(int) sum("requests.retries.available", session), !find("requests.hedges", session).meters().isEmpty(),
				sum("requests.hedges", session), sum("requests.hedges.won", session),
				sum("requests.redirects", session), rejected, (int) sum("requests.pool.leased", session),
				(int) sum("requests.pool.available", session), (int) sum("requests.pool.max", session));
	}

	private Search find(String meter, String session) {
		return this.registry.find(meter).tag("session", session);
	}

	private long sum(String meter, String session) {
		return sum(meter, "session", session);
	}

	/** Adds up the counters or gauges that have a tag. */
	private long sum(String meter, String tag, String value) {
		double sum = 0;
		for (Meter found : this.registry.find(meter).tag(tag, value).meters()) {
			for (Measurement measurement : found.measure()) {
				sum += measurement.getValue();
			}
		}
		return (long) sum;
	}

}
