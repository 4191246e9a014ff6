/**
 * Comparisons with other clients.
 */
@NullMarked
package io.github.requests4j.benchmarks;

import org.jspecify.annotations.NullMarked;
