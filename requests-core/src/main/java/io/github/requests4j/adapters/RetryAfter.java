package io.github.requests4j.adapters;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.InvalidHeaderException;
import io.github.requests4j.internal.text.Digits;
import io.github.requests4j.internal.text.HttpDates;
import io.github.requests4j.internal.text.PrintableText;

/**
 * Reads the header Retry-After (RFC 9110, section 10.2.3): a number of seconds or a date.
 */
final class RetryAfter {

	static final String HEADER = "Retry-After";

	private RetryAfter() {
	}

	/**
	 * Returns how long the server asks to wait.
	 * @param value the value of the header
	 * @param now the current time
	 * @return the wait: zero for dates in the past, at most {@link Retry#RETRY_AFTER_MAX}
	 * @throws InvalidHeaderException if the value is neither a number nor a date
	 */
	static Duration parse(String value, Instant now) {
		String text = value.strip();
		Duration wait = Digits.areDigits(text) ? seconds(text) : untilDate(text, now);
		if (wait == null) {
			throw new InvalidHeaderException(
					"Invalid Retry-After header: " + shown(text) + " is neither a number of seconds nor a date");
		}
		if (wait.isNegative()) {
			return Duration.ZERO;
		}
		return (wait.compareTo(Retry.RETRY_AFTER_MAX) > 0) ? Retry.RETRY_AFTER_MAX : wait;
	}

	private static Duration seconds(String digits) {
		long seconds = Digits.parse(digits);
		long most = Retry.RETRY_AFTER_MAX.toSeconds();
		return Duration.ofSeconds((seconds >= 0) ? Math.min(seconds, most) : most);
	}

	private static @Nullable Duration untilDate(String text, Instant now) {
		Instant date = HttpDates.parse(text, now);
		return (date != null) ? Duration.between(now, date) : null;
	}

	private static String shown(String text) {
		return PrintableText.quoted((text.length() > 40) ? text.substring(0, 40) + "..." : text);
	}

}
