/**
 * The library as callers in Kotlin see it.
 */
@NullMarked
package io.github.requests4j.kotlin;

import org.jspecify.annotations.NullMarked;
