/**
 * Access to Redis for everything that sessions share with other replicas. Calls have a
 * separate timeout, and throw a checked exception that every caller must handle.
 */
@NullMarked
package io.github.requests4j.spring.internal.redis;

import org.jspecify.annotations.NullMarked;
