package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Superclass of all exceptions of a request. Contains the request that failed and the
 * response, if there was one. They are not serialized with the exception. <pre>{@code
 * try {
 *     Response response = session.get(url).raiseForStatus();
 * }
 * catch (HttpException ex) {
 *     log.warn("The server returned status {}", ex.statusCode());
 * }
 * catch (ConnectionException ex) {
 *     log.warn("No response, because of a connection, TLS, proxy or timeout problem", ex);
 * }
 * catch (RequestException ex) {
 *     log.warn("Another problem", ex);
 * }
 * }</pre>
 */
public class RequestException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private static final String RETRY_SUPPRESSED = " No further attempt was made, because too many recent requests"
			+ " failed and the retry budget is used up.";

	private transient volatile @Nullable PreparedRequest request;

	private transient volatile @Nullable Response response;

	/** Whether a retry did not take place because the budget was used up. */
	private boolean retrySuppressed;

	/**
	 * Creates an exception with a message.
	 * @param message what went wrong, with which input, and what to do
	 */
	public RequestException(String message) {
		super(message);
	}

	/**
	 * Creates an exception with a cause.
	 * @param message what went wrong, with which input, and what to do
	 * @param cause the original error, or null
	 */
	public RequestException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

	/**
	 * Returns the message. It names settings as the session of the request does.
	 * @return the message, or {@code null} if there is none
	 * @see io.github.requests4j.Session.Builder#settingNames
	 */
	@Override
	public @Nullable String getMessage() {
		String message = super.getMessage();
		if (message != null && this.retrySuppressed) {
			message += RETRY_SUPPRESSED;
		}
		PreparedRequest failed = this.request;
		return (message != null && failed != null) ? failed.withSettingNames(message) : message;
	}

	/**
	 * Returns the request of the hop that failed.
	 * @return the request, or {@code null} if the error occurred before one was prepared
	 */
	public @Nullable PreparedRequest request() {
		return this.request;
	}

	/**
	 * Returns the response that caused the error.
	 * @return the response, or {@code null} if there was none
	 */
	public @Nullable Response response() {
		return this.response;
	}

	/**
	 * Sets the request and the response unless they are already set. Called by adapters,
	 * hooks and sessions. <pre>{@code
	 * throw new RequestException("The signature does not match").attach(null, response);
	 * }</pre>
	 * @param request the request of the failing hop, or null to take it from the response
	 * @param response the response, or null if there was none
	 * @return this exception, to be thrown
	 */
	public final RequestException attach(@Nullable PreparedRequest request, @Nullable Response response) {
		if (this.request == null) {
			this.request = (request == null && response != null) ? response.requestOrNull() : request;
		}
		if (this.response == null) {
			this.response = response;
		}
		return this;
	}

	/**
	 * Returns whether the request was not sent again because the retry budget was used
	 * up. The message then says so.
	 * @return {@code true} if the budget suppressed a retry
	 */
	public boolean isRetrySuppressed() {
		Response last = this.response;
		return this.retrySuppressed || (last != null && last.isRetrySuppressed());
	}

	/**
	 * Marks this exception as the end of a call whose retry budget is used up. Called by
	 * adapters and interceptors that retry.
	 * @return this exception, to be thrown
	 */
	public final RequestException markRetrySuppressed() {
		this.retrySuppressed = true;
		return this;
	}

}
