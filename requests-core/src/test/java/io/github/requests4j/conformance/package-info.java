/**
 * What requests' users rely on, held through the public interface alone and over real
 * sockets.
 */
@NullMarked
package io.github.requests4j.conformance;

import org.jspecify.annotations.NullMarked;
