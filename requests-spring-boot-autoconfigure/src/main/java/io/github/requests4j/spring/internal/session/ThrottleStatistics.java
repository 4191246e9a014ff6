package io.github.requests4j.spring.internal.session;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what the throttle of a session decides. Thread-safe.
 */
public final class ThrottleStatistics {

	private final LongAdder waits = new LongAdder();

	private final LongAdder waitedNanos = new LongAdder();

	private final LongAdder limited = new LongAdder();

	private final LongAdder deferred = new LongAdder();

	private final LongAdder fallbacks = new LongAdder();

	/**
	 * Counts a request that waited.
	 * @param nanos how long it waited, in nanoseconds
	 */
	public void addWait(long nanos) {
		this.waits.increment();
		this.waitedNanos.add(nanos);
	}

	/** Counts a request that was rejected by the rate limit. */
	public void addLimited() {
		this.limited.increment();
	}

	/** Counts a request that was rejected because of a Retry-After. */
	public void addDeferred() {
		this.deferred.increment();
	}

	/** Counts a request that was decided without the shared store. */
	public void addFallback() {
		this.fallbacks.increment();
	}

	/**
	 * Returns the number of requests that waited.
	 * @return the number
	 */
	public long waits() {
		return this.waits.sum();
	}

	/**
	 * Returns the total time that requests waited.
	 * @return the time in nanoseconds
	 */
	public double waitedNanos() {
		return this.waitedNanos.sum();
	}

	/**
	 * Returns the number of requests that the rate limit rejected.
	 * @return the number
	 */
	public long limited() {
		return this.limited.sum();
	}

	/**
	 * Returns the number of requests that were rejected because of a Retry-After.
	 * @return the number
	 */
	public long deferred() {
		return this.deferred.sum();
	}

	/**
	 * Returns the number of requests that were decided without the shared store.
	 * @return the number
	 */
	public long fallbacks() {
		return this.fallbacks.sum();
	}

}
