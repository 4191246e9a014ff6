/**
 * Shares the cookies of sessions between replicas in Redis, so that one login serves all.
 * <p>
 * May depend on {@code internal.config}, {@code internal.redis} and
 * {@code internal.session}. Start with {@code RedisCookies}, which the cookie jar of a
 * session calls.
 */
@NullMarked
package io.github.requests4j.spring.cookies;

import org.jspecify.annotations.NullMarked;
