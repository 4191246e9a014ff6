/**
 * Protects the calls of sessions with circuit breakers, rate limiters, bulkheads and
 * retries of Resilience4j.
 * <p>
 * May depend on {@code internal.config}, {@code session}, {@code client} and
 * {@code management}. Start with {@code Instances.steps}, which returns the steps in
 * their order. Each step is an interceptor of the session, in a class whose name ends in
 * {@code Step}.
 */
@NullMarked
package io.github.requests4j.spring.resilience;

import org.jspecify.annotations.NullMarked;
