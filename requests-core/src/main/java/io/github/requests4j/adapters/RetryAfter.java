package io.github.requests4j.adapters;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.InvalidHeaderException;

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
		Duration wait = isNumber(text) ? seconds(text) : untilDate(text, now);
		if (wait == null) {
			throw new InvalidHeaderException(
					"Invalid Retry-After header: '" + printable(text) + "' is neither a number of seconds nor a date");
		}
		if (wait.isNegative()) {
			return Duration.ZERO;
		}
		return (wait.compareTo(Retry.RETRY_AFTER_MAX) > 0) ? Retry.RETRY_AFTER_MAX : wait;
	}

	private static boolean isNumber(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (!HeaderChars.isDigit(text.charAt(i))) {
				return false;
			}
		}
		return !text.isEmpty();
	}

	private static Duration seconds(String digits) {
		long most = Retry.RETRY_AFTER_MAX.toSeconds();
		long seconds = 0;
		for (int i = 0; i < digits.length(); i++) {
			seconds = Math.min(most, seconds * 10 + digits.charAt(i) - '0');
		}
		return Duration.ofSeconds(seconds);
	}

	private static @Nullable Duration untilDate(String text, Instant now) {
		Instant date = HttpDates.parse(text, now);
		return (date != null) ? Duration.between(now, date) : null;
	}

	private static String printable(String text) {
		return (text.length() > 40) ? text.substring(0, 40) + "..." : text;
	}

}
