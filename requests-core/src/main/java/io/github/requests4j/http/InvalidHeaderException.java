package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a header name or value is not allowed, for example because of control
 * characters or leading white space, or when the headers of a response are contradictory.
 */
public class InvalidHeaderException extends RequestException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception with a message.
	 * @param message what went wrong, with which input, and what to do
	 */
	public InvalidHeaderException(String message) {
		super(message);
	}

	/**
	 * Creates an exception with a cause.
	 * @param message what went wrong, with which input, and what to do
	 * @param cause the original error, or null
	 */
	public InvalidHeaderException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
