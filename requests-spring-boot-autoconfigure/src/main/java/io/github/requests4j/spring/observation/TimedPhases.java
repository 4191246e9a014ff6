package io.github.requests4j.spring.observation;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.AttemptCancelledException;
import io.github.requests4j.http.CallContext;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.Timings;
import io.github.requests4j.http.Timings.Phase;
import io.github.requests4j.spring.internal.logging.ExchangeLog;

/**
 * Times the phases of the exchanges of one session, and whole exchanges to the end of the
 * body. Exchanges that failed count up to the failure. Thread-safe.
 */
final class TimedPhases implements ExchangeListener {

	static final String PHASE = "requests.phase";

	static final String EXCHANGE = "requests.exchange";

	private final String session;

	private final MeterRegistry registry;

	private final UriTags uris;

	private final Map<Phase, Timer> phases = new EnumMap<>(Phase.class);

	private final Map<Tags, Timer> exchanges = new ConcurrentHashMap<>();

	TimedPhases(String session, MeterRegistry registry, UriTags uris) {
		this.session = session;
		this.registry = registry;
		this.uris = uris;
		for (Phase phase : Phase.values()) {
			this.phases.put(phase,
					Timer.builder(PHASE)
						.description("Phases of exchanges")
						.tag("session", session)
						.tag("phase", ExchangeValues.phase(phase))
						.register(registry));
		}
	}

	@Override
	public Scope begin(Exchange exchange) {
		return new Ending(exchange.context());
	}

	private void recordPhases(Timings timings) {
		this.phases.forEach((phase, timer) -> {
			Duration duration = timings.of(phase);
			if (duration != null) {
				timer.record(duration);
			}
		});
	}

	private void recordTotal(Tags tags, Timings timings) {
		Timer timer = this.exchanges.computeIfAbsent(tags, this::timer);
		Duration total = timings.total();
		if (total != null) {
			timer.record(total);
		}
	}

	private Timer timer(Tags tags) {
		return Timer.builder(EXCHANGE)
			.description("Exchanges to the end of the body")
			.tag("session", this.session)
			.tag("client", (tags.client() != null) ? tags.client() : KeyValue.NONE_VALUE)
			.tag("uri", (tags.uri() != null) ? tags.uri() : KeyValue.NONE_VALUE)
			.tag("outcome", tags.outcome())
			.register(this.registry);
	}

	private record Tags(@Nullable String client, @Nullable String uri, String outcome) {
	}

	/** Waits for the end of one exchange. Used by the thread that reads the body. */
	private final class Ending implements Scope {

		private final CallContext call;

		private String outcome = ExchangeValues.UNKNOWN;

		Ending(CallContext call) {
			this.call = call;
		}

		@Override
		public void responded(Response response, Duration elapsed) {
			this.outcome = ExchangeValues.outcome(response.statusCode());
		}

		@Override
		public void failed(RequestException error, Duration elapsed) {
			if (error instanceof AttemptCancelledException) {
				this.outcome = ExchangeValues.CANCELLED;
			}
		}

		@Override
		public void bodyFailed(RequestException error) {
			this.outcome = ExchangeValues.UNKNOWN;
		}

		@Override
		public void ended(Timings timings) {
			recordPhases(timings);
			String uri = ExchangeLog.template(this.call);
			if (uri == null || TimedPhases.this.uris.admit(uri)) {
				recordTotal(new Tags(this.call.client(), uri, this.outcome), timings);
			}
		}

	}

}
