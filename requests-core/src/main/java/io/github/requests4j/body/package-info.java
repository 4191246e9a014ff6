/**
 * The sources of request bodies. Implement {@link io.github.requests4j.body.BodySource}
 * if the factory methods of {@code Body} are not sufficient.
 */
@NullMarked
package io.github.requests4j.body;

import org.jspecify.annotations.NullMarked;
