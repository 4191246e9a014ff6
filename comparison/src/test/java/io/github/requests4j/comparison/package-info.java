/**
 * Twelve tasks, each done with three libraries, run and counted.
 */
@NullMarked
package io.github.requests4j.comparison;

import org.jspecify.annotations.NullMarked;
