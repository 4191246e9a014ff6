package io.github.requests4j.adapters;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.ProxyUrl;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.TlsMaterial;
import io.github.requests4j.internal.wire.Upload;

/**
 * All that is decided about a request before anything is connected; the same for each
 * attempt.
 *
 * @param request the request
 * @param method its method
 * @param options its options
 * @param key the pool that serves it
 * @param target what its request line asks for
 * @param proxy the proxy on the way, or {@code null}
 * @param proxyHeaders the headers for the proxy
 * @param material the adapter's own TLS material, or {@code null}
 * @param upload how its body goes out
 */
record Plan(PreparedRequest request, String method, SendOptions options, PoolKey key, String target,
		@Nullable ProxyUrl proxy, Map<String, String> proxyHeaders, @Nullable TlsMaterial material, Upload upload) {

	/**
	 * Returns what makes the exceptions of one attempt. Created only when the attempt
	 * fails, so that a successful call does not load the exceptions.
	 * @param attempt the number of the attempt, from 1
	 */
	Failures failures(int attempt) {
		return new Failures(this, attempt);
	}

	/**
	 * Whether the request itself goes to the proxy, which forwards it, instead of through
	 * a tunnel.
	 */
	boolean isForwarded() {
		return this.proxy != null && !this.proxy.isSocks() && !this.key.isSecure();
	}

	/** Whether sending it twice does no harm. */
	boolean isRepeatable() {
		return this.request.isRepeatable();
	}

	/** The limit for each wait for data, or {@code null}. */
	@Nullable Duration readTimeout() {
		return (this.options.timeouts() != null) ? this.options.timeouts().read() : null;
	}

	/**
	 * When a connection that is begun now must be made, look-up and handshakes included:
	 * the nearer of connect timeout and deadline.
	 */
	@Nullable Deadline connectLimit() {
		Deadline deadline = this.options.deadline();
		Duration timeout = (this.options.timeouts() != null) ? this.options.timeouts().connect() : null;
		if (timeout == null) {
			return deadline;
		}
		Deadline own = Deadline.after(timeout);
		return (deadline == null || own.remainingNanos() < deadline.remainingNanos()) ? own : deadline;
	}

}
