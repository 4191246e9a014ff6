package io.github.requests4j.http;

import java.time.Duration;
import java.util.Objects;

/**
 * The moment at which a whole call must be over: redirects, retries, pauses and the body
 * included. Made once when the call begins and passed along, so that all steps share one
 * limit. Immutable; measured on the monotonic clock.
 */
public final class Deadline {

	private static final long NANOS_PER_SECOND = 1_000_000_000L;

	private final Duration limit;

	private final long endNanos;

	private Deadline(Duration limit, long endNanos) {
		this.limit = limit;
		this.endNanos = endNanos;
	}

	/**
	 * A deadline from now on.
	 * @param limit how long the call may take
	 * @return the deadline
	 * @throws IllegalArgumentException if the limit is zero or negative
	 */
	public static Deadline after(Duration limit) {
		return new Deadline(check(limit), System.nanoTime() + nanos(limit));
	}

	/**
	 * Checks a limit before the call begins.
	 * @param limit the limit
	 * @return the same limit
	 * @throws IllegalArgumentException if the limit is zero or negative
	 */
	public static Duration check(Duration limit) {
		Objects.requireNonNull(limit, "deadline");
		if (limit.isZero() || limit.isNegative()) {
			throw new IllegalArgumentException("The deadline must be longer than zero, not " + limit
					+ ". Leave it out for no limit on the whole call.");
		}
		return limit;
	}

	/**
	 * Returns a time in nanoseconds. What is too long for that, beyond 292 years, is as
	 * long as possible.
	 * @param time the time
	 * @return nanoseconds; negative for a negative time
	 */
	public static long nanos(Duration time) {
		long most = Long.MAX_VALUE / NANOS_PER_SECOND;
		long seconds = time.toSeconds();
		if (seconds < most && seconds > -most) {
			return time.toNanos();
		}
		return (seconds < 0) ? -Long.MAX_VALUE : Long.MAX_VALUE;
	}

	/**
	 * The limit as it was given.
	 * @return the whole time
	 */
	public Duration limit() {
		return this.limit;
	}

	/**
	 * The time that is left.
	 * @return nanoseconds, zero or negative when the deadline has passed
	 */
	public long remainingNanos() {
		return this.endNanos - System.nanoTime();
	}

	/**
	 * Whether the time is over.
	 * @return {@code true} from the deadline on
	 */
	public boolean hasPassed() {
		return remainingNanos() <= 0;
	}

	@Override
	public String toString() {
		return "Deadline[" + this.limit + "]";
	}

}
