package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a connection cannot be established or is lost, for example because it was
 * refused or reset, or because the host is unknown. Superclass of the proxy, TLS and
 * connect timeout exceptions, so that one catch clause handles them all.
 */
public class ConnectionException extends RequestException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception with a message.
	 * @param message what went wrong, with which input, and what to do
	 */
	public ConnectionException(String message) {
		super(message);
	}

	/**
	 * Creates an exception with a cause.
	 * @param message what went wrong, with which input, and what to do
	 * @param cause the original error, or null
	 */
	public ConnectionException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
