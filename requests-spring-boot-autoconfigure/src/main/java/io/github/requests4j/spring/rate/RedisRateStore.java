package io.github.requests4j.spring.rate;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.spring.internal.config.SessionProperties;
import io.github.requests4j.spring.internal.redis.RedisAccess;
import io.github.requests4j.spring.internal.session.ThrottleStatistics;

/**
 * Keeps the permits of sessions in Redis. Thread-safe.
 */
final class RedisRateStore implements RateStore {

	private final RedisAccess redis;

	RedisRateStore(RedisAccess redis) {
		this.redis = redis;
	}

	@Override
	public Permits permits(String session, SessionProperties.Rate rate, @Nullable RateLimit limit, Deferrals deferrals,
			ThrottleStatistics statistics) {
		RedisBudget budget = new RedisBudget(this.redis, session, limit, deferrals);
		if (limit == null) {
			return new SharedPauses(budget);
		}
		Integer replicas = rate.replicas();
		RateLimit share = (rate.whenUnavailable() == SessionProperties.Rate.WhenUnavailable.SHARE && replicas != null)
				? limit.share(replicas) : null;
		return new SharedPermits(limit, share, budget, statistics);
	}

}
