package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a proxy cannot be reached, closes the connection or rejects a tunnel. If it
 * rejected a {@code CONNECT} request, {@link #response()} is the response of the proxy.
 */
public class ProxyException extends ConnectionException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception with a message.
	 * @param message what went wrong, with which input, and what to do
	 */
	public ProxyException(String message) {
		super(message);
	}

	/**
	 * Creates an exception with a cause.
	 * @param message what went wrong, with which input, and what to do
	 * @param cause the original error, or null
	 */
	public ProxyException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
