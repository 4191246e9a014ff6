/**
 * Depot, a small application that shows what the starter does.
 */
@NullMarked
package io.github.requests4j.sample;

import org.jspecify.annotations.NullMarked;
