/**
 * Limits how many calls of a session are in progress at the same time:
 * {@code requests.sessions.<name>.concurrency}. The limit is a number, or it follows the
 * latency of the service.
 */
@NullMarked
package io.github.requests4j.spring.concurrency;

import org.jspecify.annotations.NullMarked;
