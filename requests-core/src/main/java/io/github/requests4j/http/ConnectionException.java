package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * The connection could not be made, or broke: refused, unresolvable, reset, closed before
 * a status line. Parent of the proxy, TLS and timeout errors, so that one catch holds
 * them all.
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
