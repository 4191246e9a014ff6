package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the deadline of a call passes. Superclass of
 * {@link ConnectTimeoutException} and {@link ReadTimeoutException}.
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
