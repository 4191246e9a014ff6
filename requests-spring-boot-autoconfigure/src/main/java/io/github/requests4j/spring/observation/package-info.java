/**
 * Reports exchanges to Micrometer, with one observation or timing for each exchange, pool
 * gauges, and counters.
 * <p>
 * May depend on {@code internal.config}, {@code internal.session} and {@code session}.
 * Start with
 * {@link io.github.requests4j.spring.observation.RequestsObservationDocumentation}, which
 * has the names and keys, and {@code ObservedExchanges}, which is the listener that
 * creates observations.
 */
@NullMarked
package io.github.requests4j.spring.observation;

import org.jspecify.annotations.NullMarked;
