/**
 * The vocabulary of a request and its response: what travels through sessions and
 * adapters, how a request is prepared and a response is read, and the exceptions they
 * raise.
 * <p>
 * May depend on {@code cookies}, and on the packages {@code url}, {@code body},
 * {@code decode} and {@code text} below it; knows nothing of sessions, authentication
 * schemes or the transport. Begin with {@link io.github.requests4j.http.PreparedRequest}
 * (each step of preparing is a class beside it that ends in {@code Preparer}),
 * {@link io.github.requests4j.http.Response} and
 * {@link io.github.requests4j.http.RequestException}, the root of all errors. Three
 * interfaces are there to be implemented: {@link io.github.requests4j.http.Adapter},
 * {@link io.github.requests4j.http.Auth} and
 * {@link io.github.requests4j.http.ExchangeListener}.
 */
@NullMarked
package io.github.requests4j.http;

import org.jspecify.annotations.NullMarked;
