/**
 * Compares clients. Each client runs in a separate virtual machine, and all take turns
 * with a server in another virtual machine.
 */
@NullMarked
package io.github.requests4j.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
