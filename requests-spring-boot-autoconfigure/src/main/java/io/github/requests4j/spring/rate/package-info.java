/**
 * Keeps sessions within the rate limits of their servers, by Bucket4j, and holds back
 * requests to an origin that asked for a pause with Retry-After.
 * <p>
 * May depend on {@code internal.config}, {@code internal.redis}, {@code internal.session}
 * and {@code session}. Start with {@code RateThrottle}, which the transports ask before
 * each attempt. Classes whose names end in {@code Permits} grant the permits of a limit.
 */
@NullMarked
package io.github.requests4j.spring.rate;

import org.jspecify.annotations.NullMarked;
