/**
 * What a request body is read from. Begin with
 * {@link io.github.requests4j.body.BodySource}, and implement it where the factory
 * methods of {@code Body} do not fit.
 */
@NullMarked
package io.github.requests4j.body;

import org.jspecify.annotations.NullMarked;
