/**
 * Sends a second attempt of a harmless request if the first one is late. Start with
 * {@link io.github.requests4j.hedging.Hedging}, which wraps an adapter. The transport
 * ends attempts that are cancelled: see
 * {@link io.github.requests4j.http.ConcurrentAttempt}.
 */
@NullMarked
package io.github.requests4j.hedging;

import org.jspecify.annotations.NullMarked;
