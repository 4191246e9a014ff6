package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the content of a response is read after it was consumed by streaming.
 */
public class StreamConsumedException extends RequestException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception with a message.
	 * @param message what went wrong, with which input, and what to do
	 */
	public StreamConsumedException(String message) {
		super(message);
	}

	/**
	 * Creates an exception with a cause.
	 * @param message what went wrong, with which input, and what to do
	 * @param cause the original error, or null
	 */
	public StreamConsumedException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
