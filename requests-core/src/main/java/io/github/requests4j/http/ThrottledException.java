package io.github.requests4j.http;

import java.io.Serial;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a request is not sent, because a limit of the client or an earlier
 * Retry-After of the server (RFC 9110, section 10.2.3) does not allow it in time. Nothing
 * was sent, so any request may be sent again later. <pre>{@code
 * try {
 *     session.get(url);
 * }
 * catch (ThrottledException ex) {
 *     log.warn("Not sent, try again in {}", ex.retryAfter());
 * }
 * }</pre>
 */
public class ThrottledException extends ConnectionException {

	@Serial
	private static final long serialVersionUID = 1L;

	/** How long it takes until the request could be sent, or null if unknown. */
	private final @Nullable Duration retryAfter;

	/** Whether the server asked for the wait. */
	private boolean deferred;

	/**
	 * Creates an exception.
	 * @param message which request was not sent, why, and what to do
	 * @param retryAfter how long it takes until the request could be sent, or
	 * {@code null} if that is unknown
	 */
	public ThrottledException(String message, @Nullable Duration retryAfter) {
		super(message);
		this.retryAfter = retryAfter;
	}

	/**
	 * Returns how long to wait before the request can be sent, as far as that was known
	 * when it was rejected.
	 * @return the time, or {@code null} if it is unknown
	 */
	public @Nullable Duration retryAfter() {
		return this.retryAfter;
	}

	/**
	 * Marks this exception as the result of an earlier Retry-After of the server. Called
	 * by the throttle that creates it, before it is thrown.
	 * @return this exception
	 */
	public ThrottledException markDeferred() {
		this.deferred = true;
		return this;
	}

	/**
	 * Returns whether the server asked for the wait with Retry-After, so that another
	 * server may accept the request now. A limit of the client would reject it again.
	 * @return {@code true} after a Retry-After; {@code false} by default
	 */
	public boolean isDeferred() {
		return this.deferred;
	}

}
