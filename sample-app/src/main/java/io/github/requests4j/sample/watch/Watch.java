package io.github.requests4j.sample.watch;

import java.util.Map;

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
		double rejected = breakers.keySet()
			.stream()
			.mapToDouble(
					(breaker) -> counted(meter("resilience4j.circuitbreaker.not.permitted.calls", "name", breaker)))
			.sum();
		return new SessionView.Figures(counted(meter("requests.retries", "session", session)),
				counted(meter("requests.redirects", "session", session)), (long) rejected, gauged("leased", session),
				gauged("available", session), gauged("max", session));
	}

	private Search meter(String name, String tag, String value) {
		return this.registry.find(name).tag(tag, value);
	}

	private static long counted(Search meter) {
		return (long) meter.counters().stream().mapToDouble((counter) -> counter.count()).sum();
	}

	private int gauged(String what, String session) {
		return (int) meter("requests.pool." + what, "session", session).gauges()
			.stream()
			.mapToDouble((gauge) -> gauge.value())
			.sum();
	}

}
