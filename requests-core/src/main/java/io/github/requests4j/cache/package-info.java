/**
 * A private HTTP cache (RFC 9111). Begin at {@link io.github.requests4j.cache.HttpCache},
 * which wraps an adapter. The decisions are pure functions of the request, what is stored
 * and the time; only the adapter that {@code HttpCache} makes does any I/O, and only a
 * {@link io.github.requests4j.cache.CacheStore} keeps anything.
 */
@NullMarked
package io.github.requests4j.cache;

import org.jspecify.annotations.NullMarked;
