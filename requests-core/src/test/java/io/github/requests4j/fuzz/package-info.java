/**
 * Fuzz targets, and what runs them.
 */
@NullMarked
package io.github.requests4j.fuzz;

import org.jspecify.annotations.NullMarked;
