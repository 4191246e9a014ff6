package io.github.requests4j.adapters;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.TlsMaterial;

/**
 * How a new connection is to be made.
 *
 * @param proxy the proxy on the way, or {@code null}
 * @param proxyHeaders the headers for the proxy's CONNECT
 * @param timeout the limit for all of it: TCP, proxy and TLS; {@code null} for none
 * @param deadline when the whole call must be over, or {@code null}
 * @param material the adapter's own TLS material, or {@code null}
 */
record Opening(@Nullable ProxyServer proxy, Map<String, String> proxyHeaders, @Nullable Duration timeout,
		@Nullable Deadline deadline, @Nullable TlsMaterial material) {

	/** The nearer of timeout and deadline, from now on. */
	@Nullable Deadline limit() {
		if (this.timeout == null) {
			return this.deadline;
		}
		Deadline own = Deadline.after(this.timeout);
		return (this.deadline == null || own.remainingNanos() < this.deadline.remainingNanos()) ? own : this.deadline;
	}

}
