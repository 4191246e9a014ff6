/**
 * The types of requests and responses that sessions and adapters exchange, the
 * preparation of requests, the reading of responses, and the exceptions.
 * <p>
 * May depend on {@code cookies}, {@code url}, {@code body}, {@code decode} and
 * {@code text}, but not on sessions, authentication schemes or the transport. Start with
 * {@link io.github.requests4j.http.PreparedRequest},
 * {@link io.github.requests4j.http.Response} and
 * {@link io.github.requests4j.http.RequestException}, the superclass of all exceptions.
 * Applications can implement {@link io.github.requests4j.http.Adapter},
 * {@link io.github.requests4j.http.Auth} and
 * {@link io.github.requests4j.http.ExchangeListener}.
 */
@NullMarked
package io.github.requests4j.http;

import org.jspecify.annotations.NullMarked;
