package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * The connection was not made within the connect timeout. Safe to retry, whatever the
 * method: nothing was sent.
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
