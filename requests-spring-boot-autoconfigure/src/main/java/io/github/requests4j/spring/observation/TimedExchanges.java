package io.github.requests4j.spring.observation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;

import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;

/**
 * Times each exchange if there are metrics but no observations. The names and tags are
 * the same, but there are no traces. Thread-safe.
 */
final class TimedExchanges implements ExchangeListener {

	private final MeterRegistry registry;

	private final RequestsObservationConvention convention;

	private final UriTags uris;

	TimedExchanges(MeterRegistry registry, RequestsObservationConvention convention, UriTags uris) {
		this.registry = registry;
		this.convention = convention;
		this.uris = uris;
	}

	@Override
	public Scope begin(Exchange exchange) {
		RequestsObservationContext context = new RequestsObservationContext(exchange);
		return new Scope() {

			@Override
			public void responded(Response response, Duration elapsed) {
				context.setResponse(response);
				record(context, elapsed);
			}

			@Override
			public void failed(RequestException error, Duration elapsed) {
				context.failed(error);
				record(context, elapsed);
			}

		};
	}

	private void record(RequestsObservationContext context, Duration elapsed) {
		List<Tag> tags = new ArrayList<>();
		for (KeyValue key : this.convention.getLowCardinalityKeyValues(context)) {
			if (UriTags.KEYS.contains(key.getKey()) && !this.uris.admit(key.getValue())) {
				return;
			}
			tags.add(Tag.of(key.getKey(), key.getValue()));
		}
		Timer.Builder timer = Timer.builder(String.valueOf(this.convention.getName()));
		if (this.convention instanceof OpenTelemetryRequestsObservationConvention) {
			timer.serviceLevelObjectives(OpenTelemetryMeters.buckets());
		}
		else {
			Throwable error = context.getError();
			tags.add(Tag.of("error", (error != null) ? error.getClass().getSimpleName() : KeyValue.NONE_VALUE));
		}
		timer.tags(tags).register(this.registry).record(elapsed);
	}

}
