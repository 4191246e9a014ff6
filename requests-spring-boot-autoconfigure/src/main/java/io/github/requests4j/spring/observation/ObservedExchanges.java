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

	private final DefaultRequestsObservationConvention convention;

	ObservedExchanges(ObservationRegistry registry, @Nullable RequestsObservationConvention custom,
			DefaultRequestsObservationConvention convention) {
		this.registry = registry;
		this.custom = custom;
		this.convention = convention;
	}

	@Override
	public Scope begin(Exchange exchange) {
		RequestsObservationContext context = new RequestsObservationContext(exchange);
		Observation observation = Observation.createNotStarted(this.custom, this.convention, () -> context,
				this.registry);
		observation.start();
		return new ObservedScope(observation, context);
	}

	private record ObservedScope(Observation observation, RequestsObservationContext context) implements Scope {

		@Override
		public void responded(Response response, Duration elapsed) {
			this.context.setResponse(response);
			this.observation.stop();
		}

		@Override
		public void failed(RequestException error, Duration elapsed) {
			this.observation.error(error);
			this.observation.stop();
		}

	}

}
