package io.github.requests4j.cookies;

import java.io.Serial;

/**
 * Thrown when several cookies have the requested name. Specify the domain and path, or
 * iterate over the jar.
 */
public final class CookieConflictException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param message which cookies conflict, and what to do
	 */
	public CookieConflictException(String message) {
		super(message);
	}

	/**
	 * Returns a supertype, so that a jar does not load this class before there is a
	 * conflict.
	 */
	static RuntimeException about(String name) {
		return new CookieConflictException("There are multiple cookies with name '" + name
				+ "'. Specify the domain and path, or iterate over the jar.");
	}

}
