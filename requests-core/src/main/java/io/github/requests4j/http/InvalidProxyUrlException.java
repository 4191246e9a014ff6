package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the URL of a proxy is not valid.
 */
public class InvalidProxyUrlException extends InvalidUrlException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception with a message.
	 * @param message what went wrong, with which input, and what to do
	 */
	public InvalidProxyUrlException(String message) {
		super(message);
	}

	/**
	 * Creates an exception with a cause.
	 * @param message what went wrong, with which input, and what to do
	 * @param cause the original error, or null
	 */
	public InvalidProxyUrlException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
