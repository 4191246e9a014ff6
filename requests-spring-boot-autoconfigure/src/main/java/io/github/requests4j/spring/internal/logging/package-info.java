/**
 * Logs the exchanges of sessions ({@code logging} in {@code application.yml}), and masks
 * the secrets in logs.
 * <p>
 * May depend on {@code internal.config}; {@code session} adds these types to sessions.
 * Start with {@link io.github.requests4j.spring.internal.logging.ExchangeLog}.
 */
@NullMarked
package io.github.requests4j.spring.internal.logging;

import org.jspecify.annotations.NullMarked;
