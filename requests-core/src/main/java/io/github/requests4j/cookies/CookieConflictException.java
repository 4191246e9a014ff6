package io.github.requests4j.cookies;

import java.io.Serial;

/**
 * Several cookies have the name that was asked for. Ask with domain and path, or iterate
 * over the jar.
 */
public final class CookieConflictException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Makes the exception.
	 * @param message what was asked for and why it has no single answer
	 */
	public CookieConflictException(String message) {
		super(message);
	}

}
