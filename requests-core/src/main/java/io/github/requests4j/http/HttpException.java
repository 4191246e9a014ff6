package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.text.Latin1;
import io.github.requests4j.internal.text.TextCodec;
import io.github.requests4j.internal.url.UrlText;

/**
 * A response with a 4xx or 5xx status, raised by {@link Response#raiseForStatus()} and by
 * interface clients. The response is at hand with its body (behaviour 210). <pre>{@code
 * try {
 *     Item item = session.get("items/7").raiseForStatus().json(Item.class);
 * }
 * catch (HttpException ex) {
 *     log.warn("{}: {}", ex.statusCode(), ex.response().text());
 * }
 * }</pre>
 */
public class HttpException extends RequestException {

	@Serial
	private static final long serialVersionUID = 1L;

	/** The status of the response. */
	private final int statusCode;

	/**
	 * Makes the exception with a message only.
	 * @param message what went wrong, with which input, and what to do
	 */
	public HttpException(String message) {
		super(message);
		this.statusCode = 0;
	}

	/**
	 * Makes the exception with a cause.
	 * @param message what went wrong, with which input, and what to do
	 * @param cause the original error, or {@code null}
	 */
	public HttpException(String message, @Nullable Throwable cause) {
		super(message, cause);
		this.statusCode = 0;
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
		this.statusCode = (response != null) ? response.statusCode() : 0;
	}

	/**
	 * The exception for a response, worded as requests does, and what to do.
	 */
	static HttpException of(Response response) {
		int status = response.statusCode();
		String message = status + ((status < 500) ? " Client Error: " : " Server Error: ")
				+ printable(response.reason()) + " for url: " + response.printableUrl() + StatusAdvice.on(response);
		return new HttpException(message, null, null, response);
	}

	/**
	 * The status of the response. Unlike the response it is serialised with the
	 * exception.
	 * @return the status code; 0 for an exception that was made without a response
	 */
	public int statusCode() {
		return this.statusCode;
	}

	// Some servers write their reasons in UTF-8, in words of their own language.
	private static String printable(@Nullable String reason) {
		if (reason == null) {
			return "None";
		}
		boolean bytes = true;
		for (int i = 0; i < reason.length() && bytes; i++) {
			bytes = reason.charAt(i) <= 0xff;
		}
		String decoded = bytes ? TextCodec.UTF_8.decodeStrictly(Latin1.bytes(reason)) : null;
		return UrlText.printable((decoded != null) ? decoded : reason);
	}

}
