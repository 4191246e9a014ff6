package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when no connection is established within the connect timeout. Nothing was sent,
 * so the call can safely be retried, whatever its method.
 */
public class ConnectTimeoutException extends RequestTimeoutException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception with a message.
	 * @param message what went wrong, with which input, and what to do
	 */
	public ConnectTimeoutException(String message) {
		super(message);
	}

	/**
	 * Creates an exception with a cause.
	 * @param message what went wrong, with which input, and what to do
	 * @param cause the original error, or null
	 */
	public ConnectTimeoutException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
