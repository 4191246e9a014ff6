/**
 * What the network does, for Micrometer: one observation or timing for each exchange.
 */
@NullMarked
package io.github.requests4j.spring.observation;

import org.jspecify.annotations.NullMarked;
