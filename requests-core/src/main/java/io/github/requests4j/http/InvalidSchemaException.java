package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when no adapter is mounted for a URL, or when a redirect has a scheme other than
 * http and https.
 */
public class InvalidSchemaException extends RequestException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception with a message.
	 * @param message what went wrong, with which input, and what to do
	 */
	public InvalidSchemaException(String message) {
		super(message);
	}

	/**
	 * Creates an exception with a cause.
	 * @param message what went wrong, with which input, and what to do
	 * @param cause the original error, or null
	 */
	public InvalidSchemaException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
