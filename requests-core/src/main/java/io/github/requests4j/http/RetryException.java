package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the retries of the adapter are exhausted because of the status of
 * responses. {@link #response()} is the last response, if there was one.
 */
public class RetryException extends RequestException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception with a message.
	 * @param message what went wrong, with which input, and what to do
	 */
	public RetryException(String message) {
		super(message);
	}

	/**
	 * Creates an exception with a cause.
	 * @param message what went wrong, with which input, and what to do
	 * @param cause the original error, or null
	 */
	public RetryException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
