package io.github.requests4j.spring.resilience;

import java.time.Duration;
import java.util.function.Function;

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
 * Passes calls through a rate limiter. A call waits for a permission for the configured
 * time of the limiter, but not beyond its deadline.
 */
final class LimiterStep implements CallInterceptor {

	private final Function<SendOptions, @Nullable RateLimiter> instance;

	LimiterStep(Function<SendOptions, @Nullable RateLimiter> instance) {
		this.instance = instance;
	}

	@Override
	public Response intercept(PreparedRequest request, SendOptions options, Chain chain) {
		RateLimiter limiter = this.instance.apply(options);
		if (limiter == null) {
			return chain.proceed(request, options);
		}
		Deadline deadline = options.deadline();
		Duration maxWait = limiter.getRateLimiterConfig().getTimeoutDuration();
		if (wouldExceedDeadline(limiter, deadline)
				|| !BoundedWait.acquire(maxWait, deadline, limiter::acquirePermission)) {
			throw Outcome.rejection("the rate limiter '" + limiter.getName()
					+ "', which did not grant a permission in time. Make fewer calls, or raise limit-for-period.",
					RequestNotPermitted.createRequestNotPermitted(limiter), request);
		}
		return chain.proceed(request, options);
	}

	/**
	 * Returns whether a permission would only be available after the deadline. It is then
	 * left for other calls.
	 */
	private static boolean wouldExceedDeadline(RateLimiter limiter, @Nullable Deadline deadline) {
		return deadline != null && limiter instanceof AtomicRateLimiter atomic
				&& atomic.getDetailedMetrics().getNanosToWait() >= Math.max(1, deadline.remainingNanos());
	}

}
