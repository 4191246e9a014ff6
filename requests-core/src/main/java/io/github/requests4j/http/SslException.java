package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a TLS handshake fails, for example because of an untrusted certificate, a
 * wrong host name, an unreadable certificate file or no common protocol.
 */
public class SslException extends ConnectionException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception with a message.
	 * @param message what went wrong, with which input, and what to do
	 */
	public SslException(String message) {
		super(message);
	}

	/**
	 * Creates an exception with a cause.
	 * @param message what went wrong, with which input, and what to do
	 * @param cause the original error, or null
	 */
	public SslException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
