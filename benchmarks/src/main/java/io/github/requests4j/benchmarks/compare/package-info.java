/**
 * Clients side by side: each in a virtual machine of its own, taking turns, against a
 * server in yet another one.
 */
@NullMarked
package io.github.requests4j.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
