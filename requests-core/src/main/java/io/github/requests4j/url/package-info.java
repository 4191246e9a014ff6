/**
 * {@link io.github.requests4j.url.Url}, the type of every URL in this library.
 * <p>
 * The ground floor: it depends on no other package.
 */
@NullMarked
package io.github.requests4j.url;

import org.jspecify.annotations.NullMarked;
