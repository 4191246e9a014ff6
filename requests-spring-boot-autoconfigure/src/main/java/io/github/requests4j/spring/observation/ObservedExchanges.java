package io.github.requests4j.spring.observation;

import java.time.Duration;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;

/**
 * Creates an observation for each exchange. Thread-safe.
 */
final class ObservedExchanges implements ExchangeListener {

	private final ObservationRegistry registry;

	private final @Nullable RequestsObservationConvention custom;

	private final RequestsObservationConvention convention;

	private final @Nullable PhaseEvents events;

	/**
	 * Creates a listener.
	 * @param custom the convention of the application, which is used instead of the other
	 * one, or null
	 * @param events adds phases to spans, or null for none
	 */
	ObservedExchanges(ObservationRegistry registry, @Nullable RequestsObservationConvention custom,
			RequestsObservationConvention convention, @Nullable PhaseEvents events) {
		this.registry = registry;
		this.custom = custom;
		this.convention = convention;
		this.events = events;
	}

	@Override
	public Scope begin(Exchange exchange) {
		RequestsObservationContext context = new RequestsObservationContext(exchange);
		Observation observation = Observation.createNotStarted(this.custom, this.convention, () -> context,
				this.registry);
		observation.start();
		return new ObservedScope(observation, context, this.events);
	}

	private record ObservedScope(Observation observation, RequestsObservationContext context,
			@Nullable PhaseEvents events) implements Scope {

		@Override
		public void responded(Response response, Duration elapsed) {
			this.context.setResponse(response);
			stop();
		}

		@Override
		public void failed(RequestException error, Duration elapsed) {
			this.context.failed(error);
			if (!this.context.isCancelled()) {
				this.observation.error(error);
			}
			stop();
		}

		private void stop() {
			if (this.events != null) {
				this.events.add(this.observation, this.context.exchange().timings(), this.context.startMillis());
			}
			this.observation.stop();
		}

	}

}
