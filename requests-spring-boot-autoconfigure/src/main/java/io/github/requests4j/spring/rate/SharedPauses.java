package io.github.requests4j.spring.rate;

import java.time.Duration;

import io.github.requests4j.spring.internal.redis.RedisUnavailableException;

/**
 * Grants every permit, and reads the pauses that other replicas publish. Thread-safe.
 */
final class SharedPauses implements Permits {

	private final RedisBudget budget;

	SharedPauses(RedisBudget budget) {
		this.budget = budget;
	}

	@Override
	public long reserve(long maxNanos) {
		try {
			this.budget.read();
		}
		catch (RedisUnavailableException ex) {
			// The pauses that this replica knows still apply
			return 0;
		}
		return 0;
	}

	@Override
	public void giveBack() {
	}

	@Override
	public long nanosToNext() {
		return NONE;
	}

	@Override
	public void publish(String origin, Duration pause) {
		this.budget.publish(origin, pause);
	}

}
