package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * A URL is needed to make a request, and none was given.
 */
public class UrlRequiredException extends RequestException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Makes the exception with a message only.
	 * @param message what went wrong, with which input, and what to do
	 */
	public UrlRequiredException(String message) {
		super(message);
	}

	/**
	 * Makes the exception with a cause.
	 * @param message what went wrong, with which input, and what to do
	 * @param cause the original error, or {@code null}
	 */
	public UrlRequiredException(String message, @Nullable Throwable cause) {
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
	public UrlRequiredException(String message, @Nullable Throwable cause, @Nullable PreparedRequest request,
			@Nullable Response response) {
		super(message, cause, request, response);
	}

}
