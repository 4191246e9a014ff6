package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * A value cannot be written as JSON, or text cannot be read as JSON (behaviour 88).
 */
public class InvalidJsonException extends RequestException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Makes the exception with a message only.
	 * @param message what went wrong, with which input, and what to do
	 */
	public InvalidJsonException(String message) {
		super(message);
	}

	/**
	 * Makes the exception with a cause.
	 * @param message what went wrong, with which input, and what to do
	 * @param cause the original error, or {@code null}
	 */
	public InvalidJsonException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

	/**
	 * Makes the exception with all it knows.
	 * @param message what went wrong, with which input, and what to do
	 * @param cause the original error, or {@code null}
	 * @param request the request of the failing hop, or {@code null} to take it from the
	 * response
	 * @param response the response, or {@code null} when there was none
	 */
	public InvalidJsonException(String message, @Nullable Throwable cause, @Nullable PreparedRequest request,
			@Nullable Response response) {
		super(message, cause, request, response);
	}

}
