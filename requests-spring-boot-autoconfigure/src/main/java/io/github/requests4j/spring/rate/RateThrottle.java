package io.github.requests4j.spring.rate;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.adapters.Throttle;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.ThrottledException;
import io.github.requests4j.spring.internal.config.SessionProperties;
import io.github.requests4j.spring.internal.session.ThrottleStatistics;

/**
 * Lets the requests of one session through at the rate of its limit, and holds back those
 * to an origin that asked for a pause. A request that would have to wait for too long is
 * rejected at once. Thread-safe.
 */
final class RateThrottle implements Throttle {

	private final String session;

	private final long maxWait;

	private final Duration maxPause;

	private final @Nullable String limit;

	private final @Nullable Permits permits;

	private final Deferrals deferrals;

	private final ThrottleStatistics statistics;

	/**
	 * Creates a throttle.
	 * @param session the name of the session
	 * @param rate its settings
	 * @param permits grants permits, or {@code null} if none are needed
	 * @param deferrals the origins that asked for a pause
	 * @param statistics counts the decisions
	 */
	RateThrottle(String session, SessionProperties.Rate rate, @Nullable Permits permits, Deferrals deferrals,
			ThrottleStatistics statistics) {
		this.session = session;
		this.maxWait = Math.max(0, Deadline.nanos(rate.maxWait()));
		this.maxPause = rate.retryAfterMax();
		this.limit = rate.limit();
		this.permits = permits;
		this.deferrals = deferrals;
		this.statistics = statistics;
	}

	@Override
	public void beforeAttempt(Pending pending) {
		Deadline deadline = pending.deadline();
		if (deadline == null || !deadline.hasPassed()) {
			Wait wait = new Wait(pending, deadline);
			wait.awaitOrigin();
			wait.awaitPermit();
			wait.count();
		}
	}

	@Override
	public void deferred(PreparedRequest request, Duration wait) {
		Duration pause = (wait.compareTo(this.maxPause) > 0) ? this.maxPause : wait;
		if (!pause.isZero()) {
			String origin = origin(request);
			this.deferrals.add(origin, pause);
			if (this.permits != null) {
				this.permits.publish(origin, pause);
			}
		}
	}

	private static String origin(PreparedRequest request) {
		return request.parsedUrl().origin();
	}

	/**
	 * The wait of one request. For one thread and one use.
	 */
	private final class Wait {

		private final Pending pending;

		private final boolean endsWithDeadline;

		private final long allowed;

		/** How much longer the request may wait, in nanoseconds. */
		private long left;

		private long waited;

		Wait(Pending pending, @Nullable Deadline deadline) {
			this.pending = pending;
			long untilDeadline = (deadline != null) ? deadline.remainingNanos() : Long.MAX_VALUE;
			this.endsWithDeadline = untilDeadline < RateThrottle.this.maxWait;
			this.allowed = Math.max(0, Math.min(untilDeadline, RateThrottle.this.maxWait));
			this.left = this.allowed;
		}

		/**
		 * Waits until the pause of the origin is over, which may be extended in the
		 * meantime.
		 */
		void awaitOrigin() {
			if (RateThrottle.this.deferrals.isEmpty()) {
				return;
			}
			String origin = origin(this.pending.request());
			for (long pause = RateThrottle.this.deferrals.remaining(origin); pause > 0;) {
				if (pause > this.left) {
					RateThrottle.this.statistics.addDeferred();
					throw rejection("the server asked for a pause with Retry-After, which ends in " + Times.text(pause)
							+ ", but a request waits only " + allowedText() + ".", pause)
						.markDeferred();
				}
				sleep(pause);
				pause = RateThrottle.this.deferrals.remaining(origin);
			}
		}

		void awaitPermit() {
			Permits permits = RateThrottle.this.permits;
			if (permits == null) {
				return;
			}
			long pause = permits.reserve(this.left);
			if (pause < 0) {
				RateThrottle.this.statistics.addLimited();
				throw (pause == Permits.UNAVAILABLE) ? unavailable() : limited(permits.nanosToNext());
			}
			try {
				if (pause > 0) {
					sleep(pause);
				}
				// The origin may have asked for a pause in the meantime
				awaitOrigin();
			}
			catch (RequestException ex) {
				permits.giveBack();
				throw ex;
			}
		}

		private ThrottledException limited(long nanosToNext) {
			return rejection(limitText() + " is reached, and there is no permit within " + allowedText() + ".",
					nanosToNext);
		}

		private ThrottledException unavailable() {
			return this.pending.rejection(limitText() + " cannot be checked, because Redis is unavailable."
					+ " Check Redis, or set rate.when-unavailable to share.", null);
		}

		private String limitText() {
			return "the rate limit of session '" + RateThrottle.this.session + "' (" + RateThrottle.this.limit + ")";
		}

		void count() {
			if (this.waited > 0) {
				RateThrottle.this.statistics.addWait(this.waited);
			}
		}

		private void sleep(long nanos) {
			this.pending.sleep(nanos);
			this.waited += nanos;
			this.left -= nanos;
		}

		private String allowedText() {
			return Times.text(this.allowed) + (this.endsWithDeadline ? ", when the deadline of the call passes" : "");
		}

		private ThrottledException rejection(String reason, long nanos) {
			String advice = this.endsWithDeadline ? " Make fewer calls, or raise the deadline."
					: " Make fewer calls, or raise rate.wait.";
			return this.pending.rejection(reason + advice, (nanos > 0) ? Duration.ofNanos(nanos) : null);
		}

	}

}
