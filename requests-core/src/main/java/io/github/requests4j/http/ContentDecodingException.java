package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a body cannot be decoded according to its Content-Encoding, or when
 * decoding it would exceed a limit.
 */
public class ContentDecodingException extends RequestException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception with a message.
	 * @param message what went wrong, with which input, and what to do
	 */
	public ContentDecodingException(String message) {
		super(message);
	}

	/**
	 * Creates an exception with a cause.
	 * @param message what went wrong, with which input, and what to do
	 * @param cause the original error, or null
	 */
	public ContentDecodingException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
