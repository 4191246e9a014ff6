package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * The egress rules of the adapter forbid the host or its addresses: nothing was sent
 * there. Never tried again, as no retry can change it.
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
