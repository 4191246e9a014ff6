package io.github.requests4j.http;

import org.jspecify.annotations.Nullable;

/**
 * Carries one hop: one request to one server and its response back (the
 * {@code BaseAdapter} of requests). A session picks the adapter by the longest prefix of
 * the URL that it is mounted under. Wrappers of a transport (a guard, a recorder, a mock)
 * are adapters too. Implementations must be safe for many threads. <pre class="code">
 * record Counted(Adapter delegate, LongAdder hops) implements Adapter {
 *
 *     &#64;Override
 *     public Response send(PreparedRequest request, SendOptions options) {
 *         this.hops.increment();
 *         return this.delegate.send(request, options);
 *     }
 *
 *     &#64;Override
 *     public void close() {
 *         this.delegate.close();
 *     }
 *
 * }
 * </pre>
 */
public interface Adapter extends AutoCloseable {

	/**
	 * Sends the request and returns once the headers of the response are there.
	 * @param request the request, already prepared
	 * @param options stream, timeouts, verify, cert, proxies and the rest
	 * @return the response, whose body is still unread
	 * @throws RequestException if there is no response
	 */
	Response send(PreparedRequest request, SendOptions options);

	/**
	 * The adapter that this one wraps: lets statistics of a transport be read through a
	 * guard or a recorder.
	 * @return the adapter, or {@code null} when it wraps none or several
	 */
	default @Nullable Adapter delegate() {
		return null;
	}

	/**
	 * Gives up all connections. Idempotent. Bodies that are still being read stay
	 * readable.
	 */
	@Override
	void close();

}
