package io.github.requests4j.spring.resilience;

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
 * The pauses between the attempts of a retry.
 */
final class RetryPause {

	private RetryPause() {
	}

	/**
	 * The pause that the instance wants, or a longer one that the server asks for in
	 * seconds or by a date. A Retry-After that cannot be read asks for nothing.
	 */
	static Duration of(long millis, @Nullable Response response) {
		Duration own = Duration.ofMillis(millis);
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
	 * @throws RequestTimeoutException if there is no time for another attempt
	 * @throws ConnectionException if the thread is interrupted
	 */
	static void sleep(Duration pause, @Nullable Deadline deadline, PreparedRequest request,
			@Nullable RequestException failure, @Nullable Response response) {
		if (deadline != null && deadline.remainingNanos() <= pause.toNanos()) {
			throw new RequestTimeoutException("The next attempt would begin after " + pause
					+ ", when the deadline of the whole call (" + deadline.limit() + ") has passed", failure, request,
					response);
		}
		try {
			Thread.sleep(pause.toMillis(), pause.toNanosPart() % 1_000_000);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ConnectionException("Interrupted while waiting to try again", ex, request, response);
		}
	}

}
