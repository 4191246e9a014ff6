package io.github.requests4j.http;

import java.time.Duration;

/**
 * Is notified of every exchange with the network. Each redirect hop, digest retry and
 * adapter retry is an exchange. Called on the caller's thread, except for exchanges of
 * the kind {@link Exchange.Kind#HEDGE}, which have their own. Exceptions that a listener
 * throws are logged and otherwise ignored. Implementations must be thread-safe.
 * <pre class="code">
 * ExchangeListener timing = (exchange) -&gt; {
 *     String host = exchange.request().parsedUrl().host();
 *     return new ExchangeListener.Scope() {
 *         &#64;Override
 *         public void responded(Response response, Duration elapsed) {
 *             log.info("{} answered {} after {}", host, response.statusCode(), elapsed);
 *         }
 *     };
 * };
 * Session session = Session.builder().listener(timing).build();
 * </pre>
 */
@FunctionalInterface
public interface ExchangeListener {

	/**
	 * Called when an exchange begins, before a connection is leased.
	 * @param exchange the exchange, to which headers can be added
	 * @return the object that is notified of its end
	 */
	Scope begin(Exchange exchange);

	/**
	 * Is notified of the end of one exchange. Exactly one of {@code responded} and
	 * {@code failed} is called, exactly once. {@code ended} follows when the body has
	 * ended. By default, the methods do nothing.
	 */
	interface Scope {

		/**
		 * Called when the headers of the response have been received. The body may not
		 * have been read.
		 * @param response the response
		 * @param elapsed from before the connection was leased until the headers were
		 * parsed
		 */
		default void responded(Response response, Duration elapsed) {
		}

		/**
		 * Called when the exchange fails without a response.
		 * @param error the failure
		 * @param elapsed from before the connection was leased until the failure
		 */
		default void failed(RequestException error, Duration elapsed) {
		}

		/**
		 * Called when the body of the response ends early or cannot be read. Called after
		 * {@link #responded}, at most once, on the thread that reads the body.
		 * @param error the failure
		 */
		default void bodyFailed(RequestException error) {
		}

		/**
		 * Called exactly once: after {@link #failed}, or when the body of the response
		 * has been read, could not be read, or was closed, on the thread that does so.
		 * {@link #bodyFailed} may follow, for example if a body that was received
		 * completely cannot be decoded. Never called for a response that is streamed and
		 * never closed.
		 * @param timings how long each phase took, and all of them together
		 */
		default void ended(Timings timings) {
		}

	}

}
