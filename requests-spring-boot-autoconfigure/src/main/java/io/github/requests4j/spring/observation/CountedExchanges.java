package io.github.requests4j.spring.observation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import io.github.requests4j.adapters.RetryBudget;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.spring.internal.session.LiveSessions;

/**
 * Counts the retries, redirects and broken bodies of one session, and reports the retries
 * that its budget suppressed and those that it still permits. The counters are registered
 * immediately, so that rates are correct from the first event on. Thread-safe.
 */
final class CountedExchanges implements ExchangeListener, ExchangeListener.Scope {

	static final String RETRIES = "requests.retries";

	static final String SUPPRESSED = "requests.retries.suppressed";

	static final String AVAILABLE = "requests.retries.available";

	static final String REDIRECTS = "requests.redirects";

	static final String BODY_ERRORS = "requests.body.errors";

	private final Counter retries;

	private final Counter redirects;

	private final Counter bodyErrors;

	CountedExchanges(String session, LiveSessions sessions, MeterRegistry registry) {
		this.retries = counter(RETRIES, "Exchanges that repeated a failed one", session, registry);
		this.redirects = counter(REDIRECTS, "Exchanges that followed a redirect", session, registry);
		this.bodyErrors = counter(BODY_ERRORS, "Response bodies that were incomplete or could not be read", session,
				registry);
		if (sessions.retryBudget(session) != null) {
			FunctionCounter.builder(SUPPRESSED, sessions, (live) -> live.suppressedRetries(session))
				.description("Retries that were not made because the budget was used up")
				.tag("session", session)
				.register(registry);
			Gauge.builder(AVAILABLE, sessions, (live) -> available(live, session))
				.description("Retries that the budget permits now")
				.tag("session", session)
				.register(registry);
		}
	}

	private static int available(LiveSessions sessions, String session) {
		RetryBudget budget = sessions.retryBudget(session);
		return (budget != null) ? budget.available() : 0;
	}

	private static Counter counter(String name, String description, String session, MeterRegistry registry) {
		return Counter.builder(name).description(description).tag("session", session).register(registry);
	}

	@Override
	public Scope begin(Exchange exchange) {
		switch (exchange.kind()) {
			case RETRY -> this.retries.increment();
			case REDIRECT -> this.redirects.increment();
			default -> {
			}
		}
		return this;
	}

	@Override
	public void bodyFailed(RequestException error) {
		this.bodyErrors.increment();
	}

}
