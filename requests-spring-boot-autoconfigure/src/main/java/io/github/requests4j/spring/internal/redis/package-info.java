/**
 * Access to Redis for everything that sessions share with other replicas: within a
 * timeout of its own, and with a failure that every caller has to handle.
 */
@NullMarked
package io.github.requests4j.spring.internal.redis;

import org.jspecify.annotations.NullMarked;
