package io.github.requests4j.spring.rate;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A number of requests in a period. Immutable.
 *
 * @param requests the number of requests
 * @param period the period
 * @param burst how many requests may be sent at once
 * @param text the limit as it was written
 */
record RateLimit(long requests, Duration period, long burst, String text) {

	private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,8}) ?/ ?([smhd])");

	private static final int BURST_SHARE = 10;

	/**
	 * Parses a limit.
	 * @param text a number and a unit, such as {@code 100/s}
	 * @param burst how many requests may be sent at once, or {@code null} for a tenth of
	 * the limit
	 * @throws IllegalArgumentException if the text is not a limit
	 */
	static RateLimit parse(String text, @Nullable Integer burst) {
		Matcher form = FORM.matcher(text);
		if (!form.matches()) {
			throw new IllegalArgumentException(
					"'" + text + "' is not a number of requests per second, minute, hour or day, such as 100/s.");
		}
		long requests = Long.parseLong(form.group(1));
		Duration period = switch (form.group(2)) {
			case "s" -> Duration.ofSeconds(1);
			case "m" -> Duration.ofMinutes(1);
			case "h" -> Duration.ofHours(1);
			default -> Duration.ofDays(1);
		};
		return new RateLimit(requests, period, (burst != null) ? burst : Math.max(1, requests / BURST_SHARE), text);
	}

	/**
	 * Returns the share of one of several replicas. The burst is rounded down, but is at
	 * least 1.
	 */
	RateLimit share(int replicas) {
		// A longer period avoids rounding the number of requests
		return new RateLimit(this.requests, this.period.multipliedBy(replicas), Math.max(1, this.burst / replicas),
				this.text);
	}

	/** Returns how many requests the limit allows in a time, rounded up. */
	long requestsIn(long nanos) {
		return (nanos > 0) ? (long) Math.ceil((double) nanos * this.requests / this.period.toNanos()) : 0;
	}

	/** Returns how long it takes until an empty bucket is full. */
	Duration refillTime() {
		return Duration.ofNanos((long) Math.ceil((double) this.period.toNanos() * this.burst / this.requests));
	}

}
