package io.github.requests4j.adapters;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.ConcurrentAttempt;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.ProxyUrl;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.TlsMaterial;
import io.github.requests4j.internal.wire.Upload;

/**
 * Everything that is decided about a request before it is sent. The same for every
 * attempt.
 *
 * @param request the request
 * @param method its method
 * @param options its options
 * @param key the pool that serves it
 * @param target the request target of the request line
 * @param proxy the proxy, or {@code null}
 * @param proxyHeaders the headers for the proxy
 * @param material the adapter's own TLS material, or {@code null}
 * @param upload how its body is sent
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
	 * Returns whether the request is sent to the proxy, which forwards it, instead of
	 * through a tunnel.
	 */
	boolean isForwarded() {
		return this.proxy != null && !this.proxy.isSocks() && !this.key.isSecure();
	}

	/** Returns whether the request is safe to send twice. */
	boolean isRepeatable() {
		return this.request.isRepeatable();
	}

	/**
	 * Returns the attempt that this is, if others of the same hop may run at the same
	 * time.
	 */
	@Nullable ConcurrentAttempt concurrent() {
		return concurrent(this.options);
	}

	static @Nullable ConcurrentAttempt concurrent(SendOptions options) {
		// Plain calls do not load the class.
		return options.attributes().isEmpty() ? null : options.attribute(ConcurrentAttempt.class);
	}

	/** Returns the limit for each wait for data, or null if there is none. */
	@Nullable Duration readTimeout() {
		return (this.options.timeouts() != null) ? this.options.timeouts().read() : null;
	}

	/**
	 * Returns the limit for opening a connection from now on, including the lookup and
	 * all handshakes: the connect timeout or the deadline, whichever is nearer.
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
