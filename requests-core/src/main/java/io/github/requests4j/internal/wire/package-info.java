/**
 * HTTP/1.1 over one connection: JDK sockets with a limit on every wait, heads, framing,
 * uploads and early responses, SOCKS and tunnels. Pools and retries are in
 * {@code adapters}.
 * <p>
 * The types are public only because {@code adapters} and {@code internal.tls} use them;
 * applications do not need them. Start with
 * {@link io.github.requests4j.internal.wire.WireConnection}. {@code WireSocket} and
 * {@code LimitWatch} limit every wait, {@code HeadParser} reads heads, and
 * {@code EarlyReply} reads responses that start before the request is sent.
 */
@NullMarked
package io.github.requests4j.internal.wire;

import org.jspecify.annotations.NullMarked;
