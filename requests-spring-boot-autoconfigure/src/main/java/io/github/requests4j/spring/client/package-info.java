/**
 * Interface clients: interfaces with {@code @HttpExchange} methods whose calls go through
 * a session.
 */
@NullMarked
package io.github.requests4j.spring.client;

import org.jspecify.annotations.NullMarked;
