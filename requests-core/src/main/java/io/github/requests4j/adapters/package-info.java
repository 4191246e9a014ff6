/**
 * The transport: HTTP/1.1 over sockets of the JDK, with pools, TLS, proxies, retries and
 * egress rules. No other HTTP library is involved.
 * <p>
 * May depend on {@code http} and {@code cookies}, and on nothing above. Begin with
 * {@link io.github.requests4j.adapters.HttpAdapter}, whose builder has the settings, and
 * {@link io.github.requests4j.adapters.Retry}; inside, a hop goes from {@code Plan} over
 * {@code Sending}, which repeats it, to {@code Transmission}, which is one attempt.
 * {@code WireSocket} and {@code LimitWatch} bound every wait, {@code HeadParser} reads
 * heads, and {@code EarlyReply} reads responses that begin before a request is sent.
 */
@NullMarked
package io.github.requests4j.adapters;

import org.jspecify.annotations.NullMarked;
