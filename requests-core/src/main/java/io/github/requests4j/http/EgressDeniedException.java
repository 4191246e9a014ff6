package io.github.requests4j.http;

import java.io.Serial;

/**
 * The egress rules of the adapter forbid the host or its addresses: nothing was sent
 * there. Never tried again, as no retry can change it.
 */
public class EgressDeniedException extends ConnectionException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Makes the exception.
	 * @param message which host was refused, and by which rule
	 */
	public EgressDeniedException(String message) {
		super(message);
	}

}
