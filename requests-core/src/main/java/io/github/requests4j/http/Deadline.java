package io.github.requests4j.http;

import java.time.Duration;
import java.util.Objects;

/**
 * The time by which a whole call must be complete, including redirects, retries, pauses
 * and the body. Created once at the start of the call and passed on, so that all steps
 * share one limit. Uses the monotonic clock. Immutable.
 */
public final class Deadline {

	private static final long NANOS_PER_SECOND = 1_000_000_000L;

	private final Duration limit;

	private final long endNanos;

	private final boolean inherited;

	private Deadline(Duration limit, long endNanos, boolean inherited) {
		this.limit = limit;
		this.endNanos = endNanos;
		this.inherited = inherited;
	}

	/**
	 * Returns a deadline that starts now.
	 * @param limit the maximum duration of the call
	 * @return the deadline
	 * @throws IllegalArgumentException if the limit is zero or negative
	 */
	public static Deadline after(Duration limit) {
		return new Deadline(check(limit), System.nanoTime() + nanos(limit), false);
	}

	/**
	 * Returns this deadline for the calls that a request makes while it is served.
	 * Messages then name the served request instead of a setting.
	 * @return the same deadline, marked as inherited
	 */
	public Deadline asInherited() {
		return this.inherited ? this : new Deadline(this.limit, this.endNanos, true);
	}

	/**
	 * Returns whether this is the deadline of a request that is being served.
	 * @return {@code true} if it was marked by {@link #asInherited()}
	 */
	public boolean isInherited() {
		return this.inherited;
	}

	/**
	 * Checks a limit before the call starts.
	 * @param limit the limit
	 * @return the same limit
	 * @throws IllegalArgumentException if the limit is zero or negative
	 */
	public static Duration check(Duration limit) {
		Objects.requireNonNull(limit, "deadline");
		if (limit.isZero() || limit.isNegative()) {
			throw new IllegalArgumentException("The deadline must be longer than zero, not " + limit
					+ ". To set no limit on the whole call, do not set a deadline.");
		}
		return limit;
	}

	/**
	 * Returns a duration in nanoseconds. Durations of more than 292 years are capped.
	 * @param time the duration
	 * @return nanoseconds; negative for a negative duration
	 */
	public static long nanos(Duration time) {
		long maxSeconds = Long.MAX_VALUE / NANOS_PER_SECOND;
		long seconds = time.toSeconds();
		if (seconds < maxSeconds && seconds > -maxSeconds) {
			return time.toNanos();
		}
		return (seconds < 0) ? -Long.MAX_VALUE : Long.MAX_VALUE;
	}

	/**
	 * Returns the limit.
	 * @return the maximum duration of the call
	 */
	public Duration limit() {
		return this.limit;
	}

	/**
	 * Returns the remaining time.
	 * @return nanoseconds, zero or negative if the deadline has passed
	 */
	public long remainingNanos() {
		return this.endNanos - System.nanoTime();
	}

	/**
	 * Returns whether the deadline has passed.
	 * @return {@code true} if no time remains
	 */
	public boolean hasPassed() {
		return remainingNanos() <= 0;
	}

	@Override
	public String toString() {
		return "Deadline[" + this.limit + "]";
	}

}
