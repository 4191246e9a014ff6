/**
 * The kinds of request bodies behind one small interface: where the bytes come from, how
 * many there are, and whether they can be had a second time.
 * <p>
 * The types here are public because the packages above use them; applications make bodies
 * by the factories of {@code Body}, and need {@link io.github.requests4j.body.BodySource}
 * only for kinds of their own. Nothing here depends on another package of this library.
 */
@NullMarked
package io.github.requests4j.internal.body;

import org.jspecify.annotations.NullMarked;
