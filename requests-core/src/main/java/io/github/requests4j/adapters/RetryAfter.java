package io.github.requests4j.adapters;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

import org.apache.hc.client5.http.utils.DateUtils;
import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.InvalidHeaderException;

/**
 * Reads Retry-After (RFC 9110, section 10.2.3): seconds, or a date. For whoever repeats
 * calls from outside the adapter as well.
 */
public final class RetryAfter {

	private static final DateTimeFormatter ASCTIME = DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy",
			Locale.US);

	private RetryAfter() {
	}

	/**
	 * How long the server asks to wait.
	 * @param value the value of the header
	 * @param now the present
	 * @return the time, zero for dates in the past, at most {@link Retry#RETRY_AFTER_MAX}
	 * @throws InvalidHeaderException if it is neither a number nor a date
	 */
	public static Duration parse(String value, Instant now) {
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
		Instant date = DateUtils.parseStandardDate(text);
		date = (date != null) ? date : asctime(text);
		return (date != null) ? Duration.between(now, date) : null;
	}

	/**
	 * The oldest form has no zone, which the library wants, and pads the day (RFC 9110,
	 * section 5.6.7).
	 */
	private static @Nullable Instant asctime(String text) {
		try {
			return LocalDateTime.parse(text, ASCTIME).toInstant(ZoneOffset.UTC);
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

	private static String printable(String text) {
		return (text.length() > 40) ? text.substring(0, 40) + "..." : text;
	}

}
