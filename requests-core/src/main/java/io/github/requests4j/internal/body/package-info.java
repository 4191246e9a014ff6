/**
 * The implementations of request body sources.
 * <p>
 * The types are public because other packages use them. Applications use the factory
 * methods of {@code Body}, and {@link io.github.requests4j.body.BodySource} for custom
 * sources.
 */
@NullMarked
package io.github.requests4j.internal.body;

import org.jspecify.annotations.NullMarked;
