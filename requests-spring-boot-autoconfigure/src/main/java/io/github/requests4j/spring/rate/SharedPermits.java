package io.github.requests4j.spring.rate;

import java.time.Duration;

import io.github.bucket4j.distributed.BucketProxy;
import org.jspecify.annotations.Nullable;

import io.github.requests4j.spring.internal.redis.RedisUnavailableException;
import io.github.requests4j.spring.internal.session.ThrottleStatistics;

/**
 * Permits that replicas share in Redis. While it is unavailable, this replica grants its
 * share of them. After a switch between the two, the permits that were reserved before
 * are still used, so the new side starts that much later. Thread-safe.
 */
final class SharedPermits implements Permits {

	private final RateLimit limit;

	private final @Nullable RateLimit share;

	private final RedisBudget budget;

	private final BucketProxy bucket;

	private final ThrottleStatistics statistics;

	/** The permits of this replica while Redis is unavailable, otherwise null. */
	private volatile @Nullable LocalPermits alone;

	/** When the last reserved permit may be used, as a value of System.nanoTime. */
	private volatile long horizon = System.nanoTime();

	/**
	 * Creates the permits.
	 * @param limit the limit of all replicas
	 * @param share the limit of this replica without Redis; {@code null} to grant none
	 * @param budget the data that the replicas share
	 * @param statistics counts the requests that are decided without Redis
	 */
	SharedPermits(RateLimit limit, @Nullable RateLimit share, RedisBudget budget, ThrottleStatistics statistics) {
		this.limit = limit;
		this.share = share;
		this.budget = budget;
		this.bucket = RedisBuckets.bucket(limit, budget);
		this.statistics = statistics;
	}

	@Override
	public long reserve(long maxNanos) {
		long wait;
		try {
			if (!this.budget.hasTime()) {
				this.budget.read();
			}
			wait = LocalPermits.reserve(this.bucket, maxNanos);
		}
		catch (RedisUnavailableException | RuntimeException ex) {
			// Whatever is wrong with the store, this replica continues with its share
			return reserveAlone(maxNanos);
		}
		if (this.alone != null) {
			charge(endAlone());
		}
		extendHorizon(wait);
		return wait;
	}

	private long reserveAlone(long maxNanos) {
		this.statistics.addFallback();
		LocalPermits own = this.alone;
		if (own == null) {
			if (this.share == null) {
				return UNAVAILABLE;
			}
			own = beginAlone(this.share);
		}
		long wait = own.reserve(maxNanos);
		extendHorizon(wait);
		return wait;
	}

	private synchronized LocalPermits beginAlone(RateLimit own) {
		LocalPermits begun = this.alone;
		if (begun == null) {
			begun = LocalPermits.startingAfter(own, this.horizon - System.nanoTime());
			this.alone = begun;
		}
		return begun;
	}

	/** Returns how many of its own permits this replica will still use. */
	private synchronized long endAlone() {
		RateLimit own = this.share;
		if (this.alone == null || own == null) {
			return 0;
		}
		this.alone = null;
		return own.requestsIn(this.horizon - System.nanoTime());
	}

	private void charge(long permits) {
		if (permits > 0) {
			try {
				this.bucket.consumeIgnoringRateLimits(permits);
			}
			catch (RuntimeException ex) {
				// Redis is unavailable again, which the next call will notice
				return;
			}
		}
	}

	private void extendHorizon(long wait) {
		long end = System.nanoTime() + wait;
		if (wait > 0 && end - this.horizon > 0) {
			// A concurrent call may set an earlier end, which only matters for
			// microseconds
			this.horizon = end;
		}
	}

	@Override
	public void giveBack() {
		LocalPermits own = this.alone;
		if (own != null) {
			own.giveBack();
			return;
		}
		try {
			this.bucket.addTokens(1);
		}
		catch (RuntimeException ex) {
			// The permit expires unused
			return;
		}
	}

	@Override
	public long nanosToNext() {
		LocalPermits own = this.alone;
		return (own != null) ? own.nanosToNext() : NONE;
	}

	@Override
	public void publish(String origin, Duration pause) {
		this.budget.publish(origin, pause);
	}

	@Override
	public String toString() {
		return "SharedPermits[" + this.limit + "]";
	}

}
