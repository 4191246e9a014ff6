/**
 * What sessions log of their exchanges ({@code logging} in {@code application.yml}), and
 * what no log shows.
 * <p>
 * May depend on {@code config}; the types are public because {@code session} puts them
 * into sessions. Begin with
 * {@link io.github.requests4j.spring.internal.logging.ExchangeLog}.
 */
@NullMarked
package io.github.requests4j.spring.internal.logging;

import org.jspecify.annotations.NullMarked;
