package io.github.requests4j.adapters;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Limits retries to a share of the requests, so that retries do not multiply the load of
 * a server that fails most requests anyway. It is a token bucket: it starts full, with
 * {@value #FLOOR} retries; each request that is not itself a retry adds its share, and
 * each retry takes one. When the bucket is empty, a call ends with the response or the
 * error that it has. Over any period, a budget of 20 percent therefore allows at most one
 * retry for every five requests, plus {@value #FLOOR}.
 * <p>
 * Policies that have the same budget share it. Give each server its own budget, so that a
 * failing server does not use up the retries of the others. Thread-safe, without locks.
 * <pre>{@code
 * RetryBudget budget = RetryBudget.ofPercent(20);
 * Retry retry = Retry.builder().total(3).statusForcelist(502, 503, 504).budget(budget).build();
 * }</pre>
 *
 * @see Retry.Builder#budget(RetryBudget)
 */
public final class RetryBudget {

	/**
	 * The number of retries in a full bucket: {@value}.
	 */
	public static final int FLOOR = 10;

	/** A retry in hundredths, so that a percentage is a whole number. */
	private static final int RETRY = 100;

	private static final int FULL = FLOOR * RETRY;

	private final int percent;

	private final AtomicInteger tokens = new AtomicInteger(FULL);

	private final LongAdder suppressed = new LongAdder();

	private RetryBudget(int percent) {
		this.percent = percent;
	}

	/**
	 * Returns a new budget.
	 * @param percent the number of retries that 100 requests allow, from 1 to 100
	 * @return the budget, full
	 * @throws IllegalArgumentException if the number is not in that range
	 */
	public static RetryBudget ofPercent(int percent) {
		if (percent < 1 || percent > RETRY) {
			throw new IllegalArgumentException("A retry budget must be between 1 and 100 percent, not " + percent
					+ ". To allow no retries, use Retry.none().");
		}
		return new RetryBudget(percent);
	}

	/**
	 * Returns the number of retries that 100 requests allow.
	 * @return the percentage, from 1 to 100
	 */
	public int percent() {
		return this.percent;
	}

	/**
	 * Returns the number of retries that are possible at once.
	 * @return the number, from 0 to {@value #FLOOR}
	 */
	public int available() {
		return this.tokens.get() / RETRY;
	}

	/**
	 * Returns how many retries did not take place because the budget was used up.
	 * @return the number since the budget was created
	 */
	public long suppressed() {
		return this.suppressed.sum();
	}

	/**
	 * Adds the share of a request, for adapters and interceptors that repeat requests
	 * themselves. Call it once for each request that is not itself a retry. Usually the
	 * bucket is full, and this method only reads it.
	 */
	public void deposit() {
		add(this.percent);
	}

	private void add(int share) {
		int before = this.tokens.get();
		while (before < FULL && !this.tokens.compareAndSet(before, Math.min(FULL, before + share))) {
			before = this.tokens.get();
		}
	}

	/**
	 * Takes a retry, for adapters and interceptors that repeat requests themselves.
	 * @return {@code false} if the budget is used up, which counts as a suppressed retry
	 */
	public boolean withdraw() {
		for (int before = this.tokens.get(); before >= RETRY; before = this.tokens.get()) {
			if (this.tokens.compareAndSet(before, before - RETRY)) {
				return true;
			}
		}
		this.suppressed.increment();
		return false;
	}

	/**
	 * Returns a retry that was taken but not sent, for instance because the deadline left
	 * no time for it.
	 */
	public void refund() {
		add(RETRY);
	}

	@Override
	public String toString() {
		return "RetryBudget[percent=" + this.percent + ", available=" + available() + ", suppressed=" + suppressed()
				+ "]";
	}

}
