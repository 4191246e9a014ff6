package io.github.requests4j.spring.observation;

import java.time.Duration;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

import io.github.requests4j.http.Timings;
import io.github.requests4j.http.Timings.Phase;

/**
 * Adds the beginning of each phase of an exchange to its span, as events such as
 * {@code tls.start}. Immutable.
 */
final class PhaseEvents {

	/**
	 * The prefix of the names of events, and of the meters that would be created for
	 * them.
	 */
	static final String PREFIX = "requests.phase.";

	/** The key of the span in the context, or null without tracing. */
	private final @Nullable Class<?> tracing;

	PhaseEvents(@Nullable ClassLoader loader) {
		String name = "io.micrometer.tracing.handler.TracingObservationHandler$TracingContext";
		this.tracing = ClassUtils.isPresent(name, loader) ? ClassUtils.resolveClassName(name, loader) : null;
	}

	/**
	 * Adds the phases that have ended, if the observation has a span. The last phase of a
	 * failed exchange is the one in which it failed.
	 * @param start when the exchange began, in epoch milliseconds
	 */
	void add(Observation observation, Timings timings, long start) {
		if (this.tracing == null || !observation.getContext().containsKey(this.tracing)) {
			return;
		}
		Duration before = Duration.ZERO;
		for (Phase phase : Phase.values()) {
			Duration duration = timings.of(phase);
			if (duration != null) {
				String name = ExchangeValues.phase(phase);
				observation.event(Observation.Event.of(PREFIX + name, name + ".start", start + before.toMillis()));
				before = before.plus(duration);
			}
		}
	}

}
