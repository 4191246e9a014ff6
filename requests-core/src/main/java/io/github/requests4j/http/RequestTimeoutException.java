package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * A time limit ran out; catches both {@link ConnectTimeoutException} and
 * {@link ReadTimeoutException}. Raised itself when the limit was the deadline of the
 * whole call.
 */
public class RequestTimeoutException extends ConnectionException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception with a message.
	 * @param message what went wrong, with which input, and what to do
	 */
	public RequestTimeoutException(String message) {
		super(message);
	}

	/**
	 * Creates an exception with a cause.
	 * @param message what went wrong, with which input, and what to do
	 * @param cause the original error, or null
	 */
	public RequestTimeoutException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
