/**
 * Servers for tests: real sockets on the loopback address, from scripts of raw bytes to
 * small proxies.
 */
@NullMarked
package io.github.requests4j.testserver;

import org.jspecify.annotations.NullMarked;
