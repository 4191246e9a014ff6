package io.github.requests4j.hedging;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.adapters.Retry;
import io.github.requests4j.adapters.RetryBudget;
import io.github.requests4j.adapters.RetryState;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;

/**
 * Sends a second attempt, a hedge, if the first attempt of a request is late, and uses
 * the first good response. This shortens the slowest calls at the cost of a few more
 * requests to the server. <pre class="code">
 * Hedging hedging = Hedging.builder().after(Duration.ofMillis(200)).build();
 * try (Session session = Session.builder()
 *         .mount("https://", hedging.wrap(HttpAdapter.builder().build()))
 *         .build()) {
 *     Response response = session.get("https://api.example.com/items");
 * }
 * </pre>
 * <p>
 * Only requests that are {@linkplain PreparedRequest#isRepeatable() safe to repeat} are
 * hedged, and only if they have no body or one that two threads
 * {@linkplain io.github.requests4j.http.Body#isShareable() can send at the same time}. A
 * good response is one that a retry would not repeat: its status is below 500 and not in
 * the list of the {@linkplain Builder#retry policy}, and it does not ask the client to
 * come back later. As soon as there is one, the connections of the other attempts are
 * closed, in any phase. If no attempt gets a good response, the call ends like its first
 * attempt.
 * <p>
 * The first attempt runs in the caller's thread and may be retried by the adapter. Each
 * hedge runs in a thread of its own and is sent once. Listeners see it as an exchange of
 * the kind {@link io.github.requests4j.http.Exchange.Kind#HEDGE}; hooks, cookies and
 * interceptors see one response. Thread-safe; several adapters may share one object.
 */
public final class Hedging {

	/** The number of servers whose latencies are recorded. */
	private static final int MAX_ORIGINS = 256;

	/** An earlier hedge would cost more than it gains. */
	private static final long MIN_NANOS = Duration.ofMillis(1).toNanos();

	private final long delay;

	private final double percentile;

	private final int max;

	private final Retry policy;

	private final @Nullable RetryBudget budget;

	/** Whether requests add to the budget here, rather than where they are retried. */
	private final boolean deposits;

	private final UnaryOperator<Runnable> decorator;

	private final Map<String, Latencies> latencies = new ConcurrentHashMap<>();

	private final LongAdder sent = new LongAdder();

	private final LongAdder won = new LongAdder();

	private Hedging(Builder builder) {
		this.delay = (builder.after != null) ? Deadline.nanos(builder.after) : Latencies.UNKNOWN;
		this.percentile = builder.percentile;
		this.max = builder.max;
		this.policy = (builder.policy != null) ? builder.policy : Retry.none();
		this.deposits = builder.policy == null;
		this.budget = (builder.policy != null) ? builder.policy.budget() : builder.budget;
		this.decorator = builder.decorator;
	}

	/**
	 * Returns a builder: one hedge after the 95th percentile, with a budget of 20
	 * percent.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Puts hedging in front of an adapter. Mount caches in front of the result, so that
	 * they see one response. Closing the result closes the adapter.
	 * @param adapter sends the attempts, several at the same time
	 * @return an adapter to mount
	 */
	public Adapter wrap(Adapter adapter) {
		return new HedgingAdapter(Objects.requireNonNull(adapter, "adapter"), this);
	}

	/**
	 * Returns the hedging in front of an adapter, even if other adapters wrap the
	 * hedging.
	 * @param adapter an adapter of a session
	 * @return the hedging, or {@code null} if there is none
	 */
	public static @Nullable Hedging of(Adapter adapter) {
		for (Adapter inner = adapter; inner != null; inner = inner.delegate()) {
			if (inner instanceof HedgingAdapter hedging) {
				return hedging.hedging();
			}
		}
		return null;
	}

	/**
	 * Returns the current statistics.
	 * @return a snapshot
	 */
	public HedgingStatistics statistics() {
		return new HedgingStatistics(this.sent.sum(), this.won.sum());
	}

	/** Adds the share of a request to the budget. */
	void deposit(Exchange.Kind kind) {
		if (this.deposits && this.budget != null && kind != Exchange.Kind.RETRY) {
			this.budget.deposit();
		}
	}

	/** Takes a hedge from the budget. */
	boolean withdraw() {
		return this.budget == null || this.budget.withdraw();
	}

	/** Returns the latencies of a server, or null if the delay is fixed. */
	@Nullable Latencies latencies(PreparedRequest request) {
		if (this.delay != Latencies.UNKNOWN) {
			return null;
		}
		String origin = request.parsedUrl().origin();
		Latencies known = this.latencies.get(origin);
		if (known != null || this.latencies.size() >= MAX_ORIGINS) {
			return known;
		}
		return this.latencies.computeIfAbsent(origin, (key) -> new Latencies(this.percentile));
	}

	/** Returns when a hedge is sent, or {@link Latencies#UNKNOWN}. */
	long delay(@Nullable Latencies measured) {
		if (measured == null) {
			return this.delay;
		}
		long value = measured.value();
		return (value != Latencies.UNKNOWN) ? Math.max(MIN_NANOS, value) : value;
	}

	int max() {
		return this.max;
	}

	boolean isGood(Response response) {
		int status = response.statusCode();
		return status < 500 && !this.policy.statusForcelist().contains(status) && !RetryState.isDeferred(response);
	}

	Runnable decorate(Runnable task) {
		return this.decorator.apply(task);
	}

	void sent() {
		this.sent.increment();
	}

	/** Gives the budget a hedge back that a limit rejected. */
	void refund() {
		if (this.budget != null) {
			this.budget.refund();
		}
	}

	void won() {
		this.won.increment();
	}

	/**
	 * Builds a {@link Hedging}. Not thread-safe.
	 */
	public static final class Builder {

		private @Nullable Duration after;

		private double percentile = 95;

		private int max = 1;

		private @Nullable Retry policy;

		private @Nullable RetryBudget budget = RetryBudget.ofPercent(20);

		private UnaryOperator<Runnable> decorator = (task) -> task;

		private Builder() {
		}

		/**
		 * Sets a fixed time after which a hedge is sent.
		 * @param delay the time since the first attempt started, including the wait for a
		 * connection
		 * @return this builder
		 * @throws IllegalArgumentException if it is not longer than zero
		 */
		public Builder after(Duration delay) {
			if (delay.isZero() || delay.isNegative()) {
				throw new IllegalArgumentException("The delay of a hedge must be longer than zero, not " + delay + ".");
			}
			this.after = delay;
			return this;
		}

		/**
		 * Sends a hedge after a percentile of the response times of the last good
		 * responses of the same origin. With 95, at most about five of 100 requests are
		 * hedged. There are no hedges before 128 responses, and none sooner than after a
		 * millisecond.
		 * @param percentile more than 0 and less than 100; 95 by default
		 * @return this builder
		 * @throws IllegalArgumentException if it is not in that range
		 */
		public Builder afterPercentile(double percentile) {
			if (!(percentile > 0 && percentile < 100)) {
				throw new IllegalArgumentException(
						"The percentile of a hedge must be more than 0 and less than 100, not " + percentile + ".");
			}
			this.after = null;
			this.percentile = percentile;
			return this;
		}

		/**
		 * Sets how many hedges a request may have. Each is sent after another delay.
		 * @param max 1 by default
		 * @return this builder
		 * @throws IllegalArgumentException if it is less than 1
		 */
		public Builder max(int max) {
			if (max < 1) {
				throw new IllegalArgumentException("The number of hedges must be at least 1, not " + max + ".");
			}
			this.max = max;
			return this;
		}

		/**
		 * Sets the policy that the wrapped adapter or an interceptor retries with.
		 * Responses with a status of its list are not good, and its budget limits hedges
		 * and retries together. Replaces {@link #budget}.
		 * @param policy the policy
		 * @return this builder
		 */
		public Builder retry(Retry policy) {
			this.policy = Objects.requireNonNull(policy, "policy");
			return this;
		}

		/**
		 * Sets the budget that limits hedges, if there are no retries. Each request adds
		 * its share, and each hedge takes one.
		 * @param budget the budget, or {@code null} for no limit; by default one of 20
		 * percent for this object
		 * @return this builder
		 */
		public Builder budget(@Nullable RetryBudget budget) {
			this.budget = budget;
			this.policy = null;
			return this;
		}

		/**
		 * Sets a decorator for the tasks of hedges, which passes values from the caller's
		 * thread to that of the hedge.
		 * @param decorator called in the caller's thread for each request that may be
		 * hedged; the result may run several times, or never
		 * @return this builder
		 */
		public Builder taskDecorator(UnaryOperator<Runnable> decorator) {
			this.decorator = Objects.requireNonNull(decorator, "decorator");
			return this;
		}

		/**
		 * Builds the hedging.
		 * @return the hedging, which has no resources to close
		 */
		public Hedging build() {
			return new Hedging(this);
		}

	}

}
