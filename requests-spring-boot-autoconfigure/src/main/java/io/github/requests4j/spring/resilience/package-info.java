/**
 * Circuit breakers, rate limiters, bulkheads and retries of Resilience4j around the calls
 * of sessions, by the names of their instances.
 * <p>
 * May depend on {@code internal.config}, {@code session}, {@code client} and
 * {@code management}. Begin with {@code Instances.steps}, which has the steps in their
 * order; each is an interceptor of the session, in a class whose name ends in
 * {@code Step}.
 */
@NullMarked
package io.github.requests4j.spring.resilience;

import org.jspecify.annotations.NullMarked;
