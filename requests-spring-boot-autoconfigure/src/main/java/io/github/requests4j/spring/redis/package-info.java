/**
 * What sessions share with other replicas of the application in Redis.
 */
@NullMarked
package io.github.requests4j.spring.redis;

import org.jspecify.annotations.NullMarked;
