package io.github.requests4j.spring.session;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.adapters.RetryAfter;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.InvalidHeaderException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.Response;

/**
 * The pauses between the attempts of a call, for those who repeat calls from outside the
 * adapter.
 */
public final class RetryPause {

	private RetryPause() {
	}

	/**
	 * The pause that the instance wants, or a longer one that the server asks for in
	 * seconds or by a date. A Retry-After that cannot be read asks for nothing.
	 * @param own the pause without the server's wish
	 * @param response the response that is not good enough, or {@code null}
	 * @return the pause
	 */
	public static Duration of(Duration own, @Nullable Response response) {
		Duration asked = (response != null) ? asked(response.headers().get("Retry-After")) : Duration.ZERO;
		return (asked.compareTo(own) > 0) ? asked : own;
	}

	private static Duration asked(@Nullable String header) {
		if (header == null) {
			return Duration.ZERO;
		}
		try {
			return RetryAfter.parse(header, Instant.now());
		}
		catch (InvalidHeaderException ex) {
			return Duration.ZERO;
		}
	}

	/**
	 * Sleeps, unless that would end after the deadline of the call.
	 * @param pause how long
	 * @param deadline the deadline, or {@code null}
	 * @param request the request, for exceptions
	 * @param failure how the attempt failed, or {@code null}
	 * @param response the response of the attempt, or {@code null}
	 * @throws RequestTimeoutException if there is no time for another attempt
	 * @throws ConnectionException if the thread is interrupted
	 */
	public static void sleep(Duration pause, @Nullable Deadline deadline, PreparedRequest request,
			@Nullable RequestException failure, @Nullable Response response) {
		if (deadline != null && deadline.remainingNanos() <= pause.toNanos()) {
			throw new RequestTimeoutException("The next attempt would begin after " + pause
					+ ", when the deadline of the whole call (" + deadline.limit() + ") has passed", failure)
				.attach(request, response);
		}
		try {
			Thread.sleep(pause.toMillis(), pause.toNanosPart() % 1_000_000);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ConnectionException("Interrupted while waiting to try again", ex).attach(request, response);
		}
	}

}
