package io.github.requests4j.spring.oauth2;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.RequestException;

/**
 * Thrown if a session requires the token of the user on whose behalf a call is made, and
 * there is none. This applies to {@code auth.type: relay} and to registrations whose
 * grant requires a user. The request was not sent.
 */
public class MissingTokenException extends RequestException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception with a message.
	 * @param message which session needs a token, why there is none, and what to do
	 */
	public MissingTokenException(String message) {
		super(message);
	}

	/**
	 * Creates an exception with a cause.
	 * @param message which session needs a token, why there is none, and what to do
	 * @param cause the original error, or {@code null}
	 */
	public MissingTokenException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
