package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a response body ends early or its chunks are malformed, so that the
 * response is incomplete.
 */
public class ChunkedEncodingException extends RequestException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception with a message.
	 * @param message what went wrong, with which input, and what to do
	 */
	public ChunkedEncodingException(String message) {
		super(message);
	}

	/**
	 * Creates an exception with a cause.
	 * @param message what went wrong, with which input, and what to do
	 * @param cause the original error, or null
	 */
	public ChunkedEncodingException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
