/**
 * {@link io.github.requests4j.url.Url}, the type of every URL in this library.
 * <p>
 * This package does not depend on any other package.
 */
@NullMarked
package io.github.requests4j.url;

import org.jspecify.annotations.NullMarked;
