package io.github.requests4j.adapters;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Attempt;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.ExchangeRecord;
import io.github.requests4j.http.Limits;
import io.github.requests4j.http.Response;
import io.github.requests4j.internal.wire.ReplyHead;

/**
 * The internal parts of an {@link HttpAdapter}. Thread-safe.
 */
final class Engine {

	private static final Duration CONTINUE_WAIT = Duration.ofSeconds(1);

	private final HttpAdapter adapter;

	private final ConnectionPool pool;

	private final Dialer dialer;

	private final Limits limits;

	private final InstantSource clock;

	private final @Nullable Throttle throttle;

	Engine(HttpAdapter adapter, PoolSettings pool, Dialer dialer, Limits limits, InstantSource clock,
			@Nullable Throttle throttle) {
		this.adapter = adapter;
		this.pool = new ConnectionPool(pool, limits);
		this.dialer = dialer;
		this.limits = limits;
		this.clock = clock;
		this.throttle = throttle;
	}

	HttpAdapter adapter() {
		return this.adapter;
	}

	ConnectionPool pool() {
		return this.pool;
	}

	Dialer dialer() {
		return this.dialer;
	}

	Limits limits() {
		return this.limits;
	}

	InstantSource clock() {
		return this.clock;
	}

	/** Waits until the throttle allows the next attempt, if there is a throttle. */
	void throttle(Plan plan, List<Attempt> history) {
		Throttle current = this.throttle;
		if (current != null) {
			current.beforeAttempt(new PendingRequest(this.pool, plan, history));
		}
	}

	/** Reports a response that asks to wait to the throttle. */
	void reportDeferral(Plan plan, Response response) {
		Throttle current = this.throttle;
		if (current != null && (response.statusCode() == 429 || response.statusCode() == 503)) {
			Duration wait = RetryAfter.of(response, this.clock.instant(), Retry.DEFAULT_RETRY_AFTER_MAX);
			if (wait != null) {
				current.deferred(plan.request(), wait);
			}
		}
	}

	/**
	 * Returns how long to wait for 100 Continue: one second, or less if the deadline is
	 * nearer.
	 */
	Duration continueTimeout(Plan plan) {
		Deadline deadline = plan.options().deadline();
		boolean less = deadline != null && deadline.remainingNanos() < CONTINUE_WAIT.toNanos();
		return (deadline != null && less) ? Duration.ofNanos(deadline.remainingNanos()) : CONTINUE_WAIT;
	}

	/** Returns a builder with everything except the body of the response. */
	Response.Builder responseBuilder(Plan plan, ReplyHead reply, List<Attempt> history, ExchangeRecord record) {
		return Response.builder(reply.status())
			.reason(reply.reason())
			.headers(reply.headers())
			.request(plan.request())
			.limits(this.limits)
			.attempts(history)
			.connection(this.adapter)
			.exchange(record);
	}

}
