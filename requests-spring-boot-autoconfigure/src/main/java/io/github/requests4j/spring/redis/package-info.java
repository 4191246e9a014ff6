/**
 * The cache that sessions share with other replicas of the application in Redis, and the
 * beans for everything else that is kept there.
 */
@NullMarked
package io.github.requests4j.spring.redis;

import org.jspecify.annotations.NullMarked;
