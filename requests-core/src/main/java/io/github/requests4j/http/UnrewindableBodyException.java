package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a body must be sent again but cannot be rewound.
 */
public class UnrewindableBodyException extends RequestException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception with a message.
	 * @param message what went wrong, with which input, and what to do
	 */
	public UnrewindableBodyException(String message) {
		super(message);
	}

	/**
	 * Creates an exception with a cause.
	 * @param message what went wrong, with which input, and what to do
	 * @param cause the original error, or null
	 */
	public UnrewindableBodyException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
