package io.github.requests4j.http;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Ends an attempt that was cancelled because another attempt of the same call got its
 * response first. Listeners receive it; callers get the response of the other attempt.
 *
 * @see ConcurrentAttempt
 */
public class AttemptCancelledException extends RequestException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception with a message.
	 * @param message what was cancelled
	 */
	public AttemptCancelledException(String message) {
		super(message);
	}

	/**
	 * Creates an exception with a cause.
	 * @param message what was cancelled
	 * @param cause the original error, or null
	 */
	public AttemptCancelledException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
