package io.github.requests4j.adapters;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Attempt;
import io.github.requests4j.http.ConcurrentAttempt;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.ThrottledException;

/**
 * An attempt that a throttle has not let through yet.
 */
final class PendingRequest implements Throttle.Pending {

	private final ConnectionPool pool;

	private final Plan plan;

	private final List<Attempt> history;

	/**
	 * Creates a pending attempt.
	 * @param pool the pool, whose closing ends a wait
	 * @param plan the plan of the call
	 * @param history the attempts before this one
	 */
	PendingRequest(ConnectionPool pool, Plan plan, List<Attempt> history) {
		this.pool = pool;
		this.plan = plan;
		this.history = history;
	}

	@Override
	public PreparedRequest request() {
		return this.plan.request();
	}

	@Override
	public @Nullable Deadline deadline() {
		return this.plan.options().deadline();
	}

	@Override
	public void sleep(long nanos) {
		ConcurrentAttempt concurrent = this.plan.concurrent();
		try {
			if (this.pool.awaitClose(nanos, concurrent)) {
				throw Failures.closedWhileThrottled(request(), this.history.size());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw Failures.interruptedWhileThrottled(request(), this.history.size(), ex);
		}
		if (concurrent != null && concurrent.isCancelled()) {
			throw this.plan.failures(this.history.size() + 1).cancelled(null);
		}
	}

	@Override
	public ThrottledException rejection(String reason, @Nullable Duration retryAfter) {
		int attempts = this.history.size();
		ThrottledException rejection = new ThrottledException(Failures.call(request(), attempts) + ": " + reason,
				retryAfter);
		RequestException last = (attempts > 0) ? this.history.get(attempts - 1).error() : null;
		if (last != null) {
			rejection.addSuppressed(last);
		}
		return rejection;
	}

}
