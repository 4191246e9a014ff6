package io.github.requests4j.spring.observation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import io.github.requests4j.adapters.RetryBudget;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.RequestException;

/**
 * Counts the retries, redirects and broken bodies of one session, and the retries that
 * its budget suppressed. The counters are there from the beginning, so that a rate can be
 * told from the first event on. Safe for many threads.
 */
final class CountedExchanges implements ExchangeListener, ExchangeListener.Scope {

	static final String RETRIES = "requests.retries";

	static final String SUPPRESSED = "requests.retries.suppressed";

	static final String REDIRECTS = "requests.redirects";

	static final String BODY_ERRORS = "requests.body.errors";

	private final Counter retries;

	private final Counter redirects;

	private final Counter bodyErrors;

	CountedExchanges(String session, @Nullable RetryBudget budget, MeterRegistry registry) {
		this.retries = counter(RETRIES, "Exchanges that repeated one that had failed", session, registry);
		this.redirects = counter(REDIRECTS, "Exchanges that followed a redirect", session, registry);
		this.bodyErrors = counter(BODY_ERRORS, "Bodies of responses that broke off or could not be read", session,
				registry);
		if (budget != null) {
			FunctionCounter.builder(SUPPRESSED, budget, RetryBudget::suppressed)
				.description("Retries that did not take place because the budget was used up")
				.tag("session", session)
				.register(registry);
		}
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
