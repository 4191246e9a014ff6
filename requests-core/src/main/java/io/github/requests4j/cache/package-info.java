/**
 * A private HTTP cache (RFC 9111). Start with
 * {@link io.github.requests4j.cache.HttpCache}, which wraps an adapter. All decisions are
 * pure functions of the request, the stored responses and the time. Only the adapter that
 * {@code HttpCache} creates does I/O, and only a
 * {@link io.github.requests4j.cache.CacheStore} has state.
 */
@NullMarked
package io.github.requests4j.cache;

import org.jspecify.annotations.NullMarked;
