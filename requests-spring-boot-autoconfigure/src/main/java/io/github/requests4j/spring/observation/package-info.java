/**
 * What the network does, for Micrometer: one observation or timing for each exchange,
 * gauges of pools, and counters.
 * <p>
 * May depend on {@code internal.config}, {@code internal.session} and {@code session}.
 * Begin with
 * {@link io.github.requests4j.spring.observation.RequestsObservationDocumentation}, the
 * names and keys of what is recorded, and {@code ObservedExchanges}, the listener that
 * records it.
 */
@NullMarked
package io.github.requests4j.spring.observation;

import org.jspecify.annotations.NullMarked;
