/**
 * Depot, a small application that demonstrates the starter.
 */
@NullMarked
package io.github.requests4j.sample;

import org.jspecify.annotations.NullMarked;
