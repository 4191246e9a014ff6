package io.github.requests4j.http;

import java.time.Duration;

/**
 * Told of every exchange with the network: each redirect hop, digest retry and adapter
 * retry is one. Called on the caller's thread. What a listener throws is logged and
 * otherwise ignored. Implementations must be safe for many threads. <pre class="code">
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
	 * An exchange begins; no connection is leased yet.
	 * @param exchange the exchange; takes headers for this attempt only
	 * @return what to tell of its end
	 */
	Scope begin(Exchange exchange);

	/**
	 * The end of one exchange: exactly one of the first two methods is called, exactly
	 * once. What is not overridden does nothing.
	 */
	interface Scope {

		/**
		 * The headers of the response are there; the body may still be unread.
		 * @param response the response
		 * @param elapsed from before the connection was leased until the headers were
		 * parsed
		 */
		default void responded(Response response, Duration elapsed) {
		}

		/**
		 * There is no response.
		 * @param error why
		 * @param elapsed from before the connection was leased until the failure
		 */
		default void failed(RequestException error, Duration elapsed) {
		}

		/**
		 * The response was there, but its body broke off or could not be read. Called
		 * after {@link #responded}, at most once, on the thread that reads.
		 * @param error why
		 */
		default void bodyFailed(RequestException error) {
		}

	}

}
