/**
 * The transport: pools of connections, attempts and retries, and the settings for them.
 * <p>
 * Begin with {@link io.github.requests4j.adapters.HttpAdapter}, whose builder has the
 * settings, and {@link io.github.requests4j.adapters.Retry}. Inside, a hop goes from
 * {@code Plan} over {@code Sending}, which repeats it, to {@code Transmission}, which is
 * one attempt over a connection that {@code ConnectionPool} leases. Sockets, heads and
 * bodies are in {@code internal.wire}, handshakes in {@code internal.tls}, and where an
 * adapter may connect to is decided in {@code internal.egress}. No other HTTP library is
 * involved.
 */
@NullMarked
package io.github.requests4j.adapters;

import org.jspecify.annotations.NullMarked;
