package io.github.requests4j.adapters;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Response;
import io.github.requests4j.internal.text.Digits;
import io.github.requests4j.internal.text.HttpDates;

/**
 * Reads the header Retry-After (RFC 9110, section 10.2.3): a number of seconds or a date.
 */
final class RetryAfter {

	static final String HEADER = "Retry-After";

	private RetryAfter() {
	}

	/**
	 * Returns how long a response asks to wait: the longest wait if it has several such
	 * headers.
	 * @param response the response
	 * @param now the current time
	 * @param max the longest wait to return
	 * @return the wait, or {@code null} if there is no valid header
	 */
	static @Nullable Duration of(Response response, Instant now, Duration max) {
		Duration longest = null;
		for (String value : response.headers().getAll(HEADER)) {
			Duration wait = parse(value, now, max);
			if (wait != null && (longest == null || wait.compareTo(longest) > 0)) {
				longest = wait;
			}
		}
		return longest;
	}

	/**
	 * Returns the wait that a header value asks for.
	 * @param value the value of the header
	 * @param now the current time
	 * @param max the longest wait to return
	 * @return the wait, zero for dates in the past; {@code null} if the value is neither
	 * a number nor a date
	 */
	static @Nullable Duration parse(String value, Instant now, Duration max) {
		String text = value.strip();
		Duration wait = isNumber(text) ? seconds(text) : untilDate(text, now);
		if (wait == null || wait.isNegative()) {
			return (wait != null) ? Duration.ZERO : null;
		}
		return (wait.compareTo(max) > 0) ? max : wait;
	}

	/**
	 * Accepts fractions, which some servers send although the RFC allows only integers.
	 */
	private static boolean isNumber(String text) {
		int end = Digits.end(text, 0);
		return end > 0
				&& (end == text.length() || (text.charAt(end) == '.' && Digits.end(text, end + 1) == text.length()));
	}

	/** Rounds up, because a request that comes too early is rejected again. */
	private static Duration seconds(String text) {
		int end = Digits.end(text, 0);
		long seconds = Digits.parse(text, 0, end);
		boolean begun = text.substring(end).chars().anyMatch((c) -> c >= '1' && c <= '9');
		return (seconds < 0) ? Duration.ofSeconds(Long.MAX_VALUE)
				: Duration.ofSeconds((begun && seconds < Long.MAX_VALUE) ? seconds + 1 : seconds);
	}

	private static @Nullable Duration untilDate(String text, Instant now) {
		Instant date = HttpDates.parse(text, now);
		return (date != null) ? Duration.between(now, date) : null;
	}

}
