/**
 * HTTP/1.1 over one connection: sockets of the JDK with a limit on every wait, heads as
 * bytes, framing, uploads and early responses, SOCKS and tunnels. Knows nothing of pools
 * and retries.
 * <p>
 * The types here are public because {@code adapters} and {@code internal.tls} use them;
 * applications need nothing of it. Begin with
 * {@link io.github.requests4j.internal.wire.WireConnection}. {@code WireSocket} and
 * {@code LimitWatch} bound every wait, {@code HeadParser} reads heads, and
 * {@code EarlyReply} reads responses that begin before a request is sent.
 */
@NullMarked
package io.github.requests4j.internal.wire;

import org.jspecify.annotations.NullMarked;
