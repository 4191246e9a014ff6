package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the server sends no data within the read timeout, before the headers or
 * during the body.
 */
public class ReadTimeoutException extends RequestTimeoutException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception with a message.
	 * @param message what went wrong, with which input, and what to do
	 */
	public ReadTimeoutException(String message) {
		super(message);
	}

	/**
	 * Creates an exception with a cause.
	 * @param message what went wrong, with which input, and what to do
	 * @param cause the original error, or null
	 */
	public ReadTimeoutException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
