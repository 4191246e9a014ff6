package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.text.Latin1;
import io.github.requests4j.internal.text.TextCodec;
import io.github.requests4j.internal.url.UrlText;

/**
 * Thrown by {@link Response#raiseForStatus()} and by interface clients for a response
 * with a 4xx or 5xx status. The exception contains the response with its body.
 * <pre>{@code
 * try {
 *     Item item = session.get("items/7").raiseForStatus().json(Item.class);
 * }
 * catch (HttpException ex) {
 *     log.warn("{}: {}", ex.statusCode(), ex.response().text());
 * }
 * }</pre>
 */
public class HttpException extends RequestException {

	private static final String SEE_BODY = "response().text() often contains the reason.";

	@Serial
	private static final long serialVersionUID = 1L;

	/** The status of the response. */
	private final int statusCode;

	/**
	 * Creates an exception without a response. Its status is 0.
	 * @param message what went wrong, with which input, and what to do
	 */
	public HttpException(String message) {
		super(message);
		this.statusCode = 0;
	}

	/**
	 * Creates an exception about a response.
	 * @param message what went wrong, with which input, and what to do
	 * @param response the response, whose request becomes that of this exception
	 */
	public HttpException(String message, Response response) {
		super(message);
		this.statusCode = response.statusCode();
		attach(null, response);
	}

	/**
	 * Creates the exception for a response. The message starts as in requests, followed
	 * by advice.
	 */
	static HttpException of(Response response) {
		int status = response.statusCode();
		String message = status + ((status < 500) ? " Client Error: " : " Server Error: ")
				+ printable(response.reason()) + " for url: " + response.printableUrl() + advice(response);
		HttpException exception = new HttpException(message, response);
		if (response.isRetrySuppressed()) {
			exception.markRetrySuppressed();
		}
		return exception;
	}

	/**
	 * Throws the exception. A separate method, so that callers without an error do not
	 * load this class.
	 */
	static void raise(Response response) {
		throw of(response);
	}

	/**
	 * Returns the status of the response. Unlike the response, it is serialized with the
	 * exception.
	 * @return the status code; 0 for an exception without a response
	 */
	public int statusCode() {
		return this.statusCode;
	}

	private static String advice(Response response) {
		PreparedRequest request = response.requestOrNull();
		String method = (request != null) ? request.method() : null;
		int repeated = response.attempts().size();
		String attempts = (repeated > 0) ? ", " + (repeated + 1) + " attempts" : "";
		return ((method != null) ? " (" + UrlText.printable(method) + attempts + ")" : "") + ". "
				+ advice(response.statusCode(), repeated > 0 || response.isRetrySuppressed());
	}

	private static String advice(int status, boolean retries) {
		return switch (status) {
			case 401 -> "Check the credentials of the request. " + SEE_BODY;
			case 403 -> "Check the permissions of the credentials. " + SEE_BODY;
			case 404, 410 -> "Check the base URL, the path and the URI variables.";
			case 405 ->
				"The URL does not support this method. The Allow header of response() lists the supported ones.";
			case 407 -> "The proxy requires credentials. Add the user name and password to its URL.";
			case 413 -> "The body is too large for the server. Send less data at once.";
			case 415 -> "The server does not support this Content-Type. Set one that it accepts.";
			case 429 -> retries ? "Send fewer requests. The limit was still exceeded at the last attempt."
					: "Send fewer requests. Wait for the time in the Retry-After header, or set maxRetries to do so"
							+ " automatically.";
			case 502, 503, 504 -> "The server or one behind it is unavailable. Try again later"
					+ (retries ? "." : ", or set maxRetries with a statusForcelist to do so automatically.");
			default -> (status < 500) ? "The server rejected the request. " + SEE_BODY
					: "The server failed. Check its log. " + SEE_BODY;
		};
	}

	// Some servers send localized reasons in UTF-8.
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
