/**
 * Interface clients, which are interfaces with {@code @HttpExchange} methods that make
 * calls through a session.
 * <p>
 * May depend on {@code internal.config}, {@code internal.session} and {@code session}.
 * Start with the annotation {@link io.github.requests4j.spring.client.RequestsClient}.
 * {@code RequestsClientFactory} creates a client, {@code ClientMethod} describes one of
 * its methods, and {@link io.github.requests4j.spring.client.SessionExchangeAdapter}
 * converts Spring's request values to a call.
 */
@NullMarked
package io.github.requests4j.spring.client;

import org.jspecify.annotations.NullMarked;
