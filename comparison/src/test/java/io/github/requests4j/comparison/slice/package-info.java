/**
 * The slice tests of the comparison, with the application they belong to.
 */
@NullMarked
package io.github.requests4j.comparison.slice;

import org.jspecify.annotations.NullMarked;
