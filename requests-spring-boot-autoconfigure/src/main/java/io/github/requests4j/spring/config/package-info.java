/**
 * What {@code application.yml} can say: the keys, how defaults and sessions are merged,
 * and what a mistake looks like. Knows nothing of how sessions are made.
 */
@NullMarked
package io.github.requests4j.spring.config;

import org.jspecify.annotations.NullMarked;
