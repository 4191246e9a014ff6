/**
 * What the page shows of sessions at work: their exchanges, times, connections and
 * circuit breakers. It knows nothing of the desk, and would show any application's.
 */
@NullMarked
package io.github.requests4j.sample.watch;

import org.jspecify.annotations.NullMarked;
