/**
 * What sessions log of their exchanges ({@code logging} in {@code application.yml}), and
 * what no log shows.
 * <p>
 * May depend on {@code internal.config}; {@code session} adds these types to sessions.
 * Begin with {@link io.github.requests4j.spring.internal.logging.ExchangeLog}.
 */
@NullMarked
package io.github.requests4j.spring.internal.logging;

import org.jspecify.annotations.NullMarked;
