package io.github.requests4j.spring.config;

import org.jspecify.annotations.Nullable;

/**
 * Names of Resilience4j instances that calls of a session pass through, in the order
 * retry, circuit breaker, rate limiter, bulkhead.
 *
 * @param circuitBreaker Name of the circuit breaker.
 * @param rateLimiter Name of the rate limiter.
 * @param bulkhead Name of the bulkhead.
 * @param retry Name of the retry.
 */
public record ResilienceProperties(@Nullable String circuitBreaker, @Nullable String rateLimiter,
		@Nullable String bulkhead, @Nullable String retry) {
}
