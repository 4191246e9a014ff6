/**
 * Circuit breakers, rate limiters, bulkheads and retries of Resilience4j around the calls
 * of sessions, by the names of their instances.
 */
@NullMarked
package io.github.requests4j.spring.resilience;

import org.jspecify.annotations.NullMarked;
