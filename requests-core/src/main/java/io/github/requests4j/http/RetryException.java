package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * The retries of the adapter are used up on a status of its list. {@link #response()} is
 * the last answer where there was one.
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
