/**
 * The monitoring part of the page, with the exchanges, times, connections and circuit
 * breakers of sessions. It does not depend on the desk, and works with the sessions of
 * any application.
 */
@NullMarked
package io.github.requests4j.sample.watch;

import org.jspecify.annotations.NullMarked;
