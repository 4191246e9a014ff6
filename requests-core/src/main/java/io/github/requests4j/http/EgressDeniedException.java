package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the egress rules of the adapter do not allow a host or its addresses.
 * Nothing was sent. The call is never retried.
 */
public class EgressDeniedException extends ConnectionException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param message which host was rejected, and by which rule
	 */
	public EgressDeniedException(String message) {
		super(message);
	}

	/**
	 * Creates an exception with a cause.
	 * @param message which host was rejected, and by which rule
	 * @param cause the original error, or null
	 */
	public EgressDeniedException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
