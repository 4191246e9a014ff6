/**
 * Operations of several threads in many orders, by Lincheck.
 */
@NullMarked
package io.github.requests4j.interleaving;

import org.jspecify.annotations.NullMarked;
