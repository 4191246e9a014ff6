package io.github.requests4j.adapters;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.ThrottledException;

/**
 * Decides when an {@link HttpAdapter} sends a request. It is asked before each attempt,
 * so retries and redirects count as the server counts them, while responses from a cache
 * do not. Several adapters may share one. Implementations must be thread-safe.
 * <pre>{@code
 * AtomicInteger left = new AtomicInteger(100);
 * HttpAdapter adapter = HttpAdapter.builder().throttle((pending) -> {
 *     if (left.getAndDecrement() <= 0) {
 *         throw pending.rejection("today's quota is used up.", null);
 *     }
 * }).build();
 * }</pre>
 */
@FunctionalInterface
public interface Throttle {

	/**
	 * Returns when the request may be sent. Called by the thread of the call before each
	 * attempt, before a connection is leased.
	 * @param pending the request
	 * @throws RequestException if the request must not be sent, usually
	 * {@link Pending#rejection}. The call ends with this exception; the retry policy does
	 * not apply.
	 */
	void beforeAttempt(Pending pending);

	/**
	 * Receives the wait that a server requested with status 429 or 503 and a valid
	 * Retry-After header (RFC 9110, section 10.2.3). Does nothing by default.
	 * @param request the request that the server rejected
	 * @param wait the requested wait, at most {@link Retry#DEFAULT_RETRY_AFTER_MAX}
	 */
	default void deferred(PreparedRequest request, Duration wait) {
	}

	/**
	 * A request that is about to be sent. For the thread of the call.
	 */
	interface Pending {

		/**
		 * Returns the request.
		 * @return the request
		 */
		PreparedRequest request();

		/**
		 * Returns the deadline of the call. A throttle must not let a request wait beyond
		 * it.
		 * @return the deadline, or {@code null} if there is none
		 */
		@Nullable Deadline deadline();

		/**
		 * Waits.
		 * @param nanos how long to wait, in nanoseconds
		 * @throws RequestException if the thread is interrupted, the adapter is closed,
		 * or another attempt of the call got its response meanwhile. A throttle that
		 * reserved a permit should release it then.
		 */
		void sleep(long nanos);

		/**
		 * Returns the exception for a request that must not be sent.
		 * @param reason why not, and what to do, in one or more sentences; the message
		 * starts with the method and the URL
		 * @param retryAfter how long it takes until the request could be sent, or
		 * {@code null} if that is unknown
		 * @return the exception to throw
		 */
		ThrottledException rejection(String reason, @Nullable Duration retryAfter);

	}

}
