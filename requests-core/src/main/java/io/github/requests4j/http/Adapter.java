package io.github.requests4j.http;

import org.jspecify.annotations.Nullable;

/**
 * Sends one request to one server and returns the response (the {@code BaseAdapter} of
 * requests). A session uses the adapter that is mounted under the longest prefix of the
 * URL. Wrappers of a transport, such as a recorder or a mock, are adapters too.
 * Implementations must be thread-safe. <pre class="code">
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
	 * Sends the request and returns as soon as the headers of the response have been
	 * received.
	 * @param request the request, already prepared
	 * @param options the options, such as timeouts, verify and proxies
	 * @return the response, whose body has not been read
	 * @throws RequestException if there is no response
	 */
	Response send(PreparedRequest request, SendOptions options);

	/**
	 * Returns the adapter that this one wraps, so that statistics of a transport can be
	 * read through its wrappers.
	 * @return the adapter, or {@code null} if it wraps none or several
	 */
	default @Nullable Adapter delegate() {
		return null;
	}

	/**
	 * Prepares this adapter for its end, because its session has new settings and no
	 * longer uses it. Calls in progress and sessions that were derived before can still
	 * send requests, but connections are no longer kept for later requests. By default,
	 * it retires the adapter that this one wraps. Calling it twice has no effect.
	 * @return whether nothing has to be closed after the calls in progress. If
	 * {@code false}, which is the default, the session keeps this adapter and closes it
	 * when it is closed itself.
	 */
	default boolean retire() {
		Adapter inner = delegate();
		if (inner != null) {
			inner.retire();
		}
		return false;
	}

	/**
	 * Closes all connections except those whose bodies are still being read. Closing
	 * twice has no effect.
	 */
	@Override
	void close();

}
