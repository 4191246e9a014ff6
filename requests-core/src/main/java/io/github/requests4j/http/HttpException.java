package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * A response with a 4xx or 5xx status, raised by {@link Response#raiseForStatus()} and by
 * interface clients. The response is at hand with its body (behaviour 210).
 */
public class HttpException extends RequestException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Makes the exception with a message only.
	 * @param message what went wrong, with which input, and what to do
	 */
	public HttpException(String message) {
		super(message);
	}

	/**
	 * Makes the exception with a cause.
	 * @param message what went wrong, with which input, and what to do
	 * @param cause the original error, or {@code null}
	 */
	public HttpException(String message, @Nullable Throwable cause) {
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
	public HttpException(String message, @Nullable Throwable cause, @Nullable PreparedRequest request,
			@Nullable Response response) {
		super(message, cause, request, response);
	}

}
