package io.github.requests4j.spring.resilience;

import java.time.Duration;
import java.util.function.Supplier;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import org.jspecify.annotations.Nullable;

import io.github.requests4j.CallInterceptor;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;

/**
 * Passes calls through a rate limiter. Waits for a permission as long as the limiter
 * says, but not beyond the deadline of the call.
 */
final class LimiterStep implements CallInterceptor {

	private final Supplier<RateLimiter> instance;

	LimiterStep(Supplier<RateLimiter> instance) {
		this.instance = instance;
	}

	@Override
	public Response intercept(PreparedRequest request, SendOptions options, Chain chain) {
		RateLimiter limiter = this.instance.get();
		Deadline deadline = options.deadline();
		Duration longest = limiter.getRateLimiterConfig().getTimeoutDuration();
		if (isHopeless(limiter, deadline) || !BoundedWait.acquire(longest, deadline, limiter::acquirePermission)) {
			throw Outcome.refusal(
					"the rate limiter '" + limiter.getName()
							+ "' has no permission left in time. Send less, or raise its limit.",
					RequestNotPermitted.createRequestNotPermitted(limiter), request);
		}
		return chain.proceed(request, options);
	}

	/** A permission that comes after the deadline is left to others. */
	private static boolean isHopeless(RateLimiter limiter, @Nullable Deadline deadline) {
		return deadline != null && limiter instanceof AtomicRateLimiter atomic
				&& atomic.getDetailedMetrics().getNanosToWait() >= Math.max(1, deadline.remainingNanos());
	}

}
