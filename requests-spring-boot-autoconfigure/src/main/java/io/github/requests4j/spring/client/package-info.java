/**
 * Interface clients: interfaces with {@code @HttpExchange} methods whose calls go through
 * a session.
 * <p>
 * May depend on {@code internal.config}, {@code internal.session} and {@code session}.
 * Begin with {@link io.github.requests4j.spring.client.RequestsClient}, the annotation;
 * inside, {@code RequestsClientFactory} makes a client, {@code ClientMethod} has read one
 * of its methods, and {@link io.github.requests4j.spring.client.SessionExchangeAdapter}
 * is where Spring's request values become a call.
 */
@NullMarked
package io.github.requests4j.spring.client;

import org.jspecify.annotations.NullMarked;
