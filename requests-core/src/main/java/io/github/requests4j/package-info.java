/**
 * The entry points: {@code Requests} for single calls and {@code Session} for many.
 */
@NullMarked
package io.github.requests4j;

import org.jspecify.annotations.NullMarked;
