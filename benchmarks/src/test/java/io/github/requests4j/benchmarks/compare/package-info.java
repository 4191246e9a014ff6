/**
 * The comparison itself is tested, never what it measures.
 */
@NullMarked
package io.github.requests4j.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
