package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Root of everything that can go wrong with a request: catch this to catch them all.
 * Unchecked; carries the request that failed and the response, where there was one
 * (behaviours 238, 239). The two are not serialised with the exception. <pre>{@code
 * try {
 *     Response response = session.get(url).raiseForStatus();
 * }
 * catch (HttpException ex) {
 *     log.warn("The server answered {}", ex.statusCode());
 * }
 * catch (ConnectionException ex) {
 *     log.warn("No answer: neither connection nor TLS, proxy or timeout let one through", ex);
 * }
 * catch (RequestException ex) {
 *     log.warn("Anything else", ex);
 * }
 * }</pre>
 */
public class RequestException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private transient volatile @Nullable PreparedRequest request;

	private transient volatile @Nullable Response response;

	/**
	 * Makes the exception with a message only.
	 * @param message what went wrong, with which input, and what to do
	 */
	public RequestException(String message) {
		this(message, null, null, null);
	}

	/**
	 * Makes the exception with a cause.
	 * @param message what went wrong, with which input, and what to do
	 * @param cause the original error, or {@code null}
	 */
	public RequestException(String message, @Nullable Throwable cause) {
		this(message, cause, null, null);
	}

	/**
	 * Makes the exception with all it knows.
	 * @param message what went wrong, with which input, and what to do
	 * @param cause the original error, or {@code null}
	 * @param request the request of the failing hop, or {@code null} to take it from the
	 * response
	 * @param response the response, or {@code null} when there was none
	 */
	public RequestException(String message, @Nullable Throwable cause, @Nullable PreparedRequest request,
			@Nullable Response response) {
		super(message, cause);
		this.response = response;
		this.request = (request == null && response != null) ? response.requestOrNull() : request;
	}

	/**
	 * The request of the hop that failed.
	 * @return the request, or {@code null} when the error came before one was prepared
	 */
	public @Nullable PreparedRequest request() {
		return this.request;
	}

	/**
	 * The response that the error is about.
	 * @return the response, or {@code null} when there was none
	 */
	public @Nullable Response response() {
		return this.response;
	}

	/**
	 * Fills in the request and response where they are still missing; for adapters and
	 * sessions, which know more than the place that raised the error. What is already
	 * there stays.
	 * @param request the request of the failing hop, or {@code null}
	 * @param response the response, or {@code null}
	 */
	public final void attach(@Nullable PreparedRequest request, @Nullable Response response) {
		if (this.request == null) {
			this.request = request;
		}
		if (this.response == null) {
			this.response = response;
		}
	}

}
