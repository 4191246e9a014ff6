package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * No adapter is mounted for the scheme of the URL (behaviour 197), or a redirect leads to
 * a scheme other than http and https (difference row 155).
 */
public class InvalidSchemaException extends RequestException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Makes the exception with a message only.
	 * @param message what went wrong, with which input, and what to do
	 */
	public InvalidSchemaException(String message) {
		super(message);
	}

	/**
	 * Makes the exception with a cause.
	 * @param message what went wrong, with which input, and what to do
	 * @param cause the original error, or {@code null}
	 */
	public InvalidSchemaException(String message, @Nullable Throwable cause) {
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
	public InvalidSchemaException(String message, @Nullable Throwable cause, @Nullable PreparedRequest request,
			@Nullable Response response) {
		super(message, cause, request, response);
	}

}
