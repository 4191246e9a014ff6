/**
 * The transport: connections, pools, TLS, proxies, retries and egress rules. All contact
 * with the HTTP library that lies beneath is here, and none of its types can be seen from
 * outside.
 * <p>
 * May depend on {@code http} and {@code cookies}, and on nothing above. Begin with
 * {@link io.github.requests4j.adapters.HttpAdapter}, whose builder has the settings, and
 * {@link io.github.requests4j.adapters.Retry}; inside, a hop goes from {@code Plan} over
 * {@code Sending}, which repeats it, to {@code Transmission}, which is one attempt.
 */
@NullMarked
package io.github.requests4j.adapters;

import org.jspecify.annotations.NullMarked;
