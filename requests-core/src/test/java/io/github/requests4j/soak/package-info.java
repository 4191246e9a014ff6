/**
 * Many threads, a server that fails, and a long time.
 */
@NullMarked
package io.github.requests4j.soak;

import org.jspecify.annotations.NullMarked;
