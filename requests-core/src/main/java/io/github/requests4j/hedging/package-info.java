/**
 * Hedging: a second attempt of a harmless request while the first one is late. Start with
 * {@link io.github.requests4j.hedging.Hedging}, which wraps an adapter. The transport
 * does the rest: it ends an attempt that is cancelled, see
 * {@link io.github.requests4j.http.ConcurrentAttempt}.
 */
@NullMarked
package io.github.requests4j.hedging;

import org.jspecify.annotations.NullMarked;
