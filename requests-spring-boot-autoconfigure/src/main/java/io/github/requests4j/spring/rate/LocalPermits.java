package io.github.requests4j.spring.rate;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;

/**
 * Permits of this process, in a bucket of Bucket4j. This class is not loaded without the
 * library. Thread-safe.
 */
final class LocalPermits implements Permits {

	private final Bucket bucket;

	LocalPermits(RateLimit limit) {
		// Not the wall clock, which may be set back
		this.bucket = Bucket.builder().addLimit(bandwidth(limit)).withNanosecondPrecision().build();
	}

	/**
	 * Returns permits without a burst, the first of which is available after a time.
	 * @param limit the limit
	 * @param nanos the time in nanoseconds, or a negative number
	 */
	static LocalPermits startingAfter(RateLimit limit, long nanos) {
		LocalPermits permits = new LocalPermits(limit);
		permits.bucket.consumeIgnoringRateLimits(limit.burst() + limit.requestsIn(nanos));
		return permits;
	}

	/** Returns the bandwidth of a limit, which is refilled continuously. */
	static Bandwidth bandwidth(RateLimit limit) {
		return Bandwidth.builder().capacity(limit.burst()).refillGreedy(limit.requests(), limit.period()).build();
	}

	@Override
	public long reserve(long maxNanos) {
		return reserve(this.bucket, maxNanos);
	}

	/**
	 * Reserves a permit of a bucket without waiting for it. The transport waits instead,
	 * because it notices when it is closed.
	 */
	static long reserve(Bucket bucket, long maxNanos) {
		if (maxNanos <= 0) {
			return bucket.tryConsume(1) ? 0 : NONE;
		}
		long[] wait = { 0 };
		try {
			return bucket.asBlocking().tryConsume(1, maxNanos, (nanos) -> wait[0] = nanos) ? wait[0] : NONE;
		}
		catch (InterruptedException ex) {
			// Never thrown, because the strategy does not wait
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void giveBack() {
		this.bucket.addTokens(1);
	}

	@Override
	public long nanosToNext() {
		return this.bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
	}

}
