/**
 * The transport: connection pools, attempts and retries, and their settings.
 * <p>
 * Start with {@link io.github.requests4j.adapters.HttpAdapter}, whose builder has the
 * settings, and {@link io.github.requests4j.adapters.Retry}. Internally, a hop is
 * described by a {@code Plan}. {@code Sending} retries it, and each attempt is a
 * {@code Transmission} over a connection that {@code ConnectionPool} leases. Sockets,
 * heads and bodies are in {@code internal.wire}, TLS handshakes in {@code internal.tls},
 * and egress rules in {@code internal.egress}. The transport does not use another HTTP
 * library.
 */
@NullMarked
package io.github.requests4j.adapters;

import org.jspecify.annotations.NullMarked;
