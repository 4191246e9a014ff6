package io.github.requests4j.spring.concurrency;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limit.VegasLimit;
import com.netflix.concurrency.limits.limit.WindowedLimit;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import org.jspecify.annotations.Nullable;

/**
 * A limit that follows the latency of a service, as TCP Vegas follows that of a network.
 * It compares the latency with the shortest one, estimates how many calls are queued in
 * the service, and adjusts itself so that only a few are. Latencies are averaged over
 * {@value #WINDOW_MILLIS} ms, because those of single calls vary too much. Thread-safe.
 */
final class AdaptiveLimit implements ConcurrencyLimit {

	private static final int INITIAL = 20;

	private static final int MAX = 1000;

	private static final int WINDOW_MILLIS = 200;

	/** Windows with fewer calls are extended. */
	private static final int WINDOW_CALLS = 10;

	/** The limit grows while fewer calls than this wait in the service. */
	private static final int MIN_QUEUE = 2;

	/** The limit shrinks while more calls than this wait in the service. */
	private static final int MAX_QUEUE = 4;

	private final LongSupplier clock;

	private final SampledLimit samples;

	private final SimpleLimiter<Class<?>> limiter;

	private final ReentrantLock lock = new ReentrantLock(true);

	private final Condition released = this.lock.newCondition();

	/** The number of calls that are waiting. */
	private final AtomicInteger waiting = new AtomicInteger();

	/**
	 * Creates a limit.
	 * @param clock returns the current time in nanoseconds
	 */
	AdaptiveLimit(LongSupplier clock) {
		VegasLimit vegas = VegasLimit.newBuilder()
			.initialLimit(INITIAL)
			.maxConcurrency(MAX)
			.alphaFunction((limit) -> MIN_QUEUE)
			.betaFunction((limit) -> MAX_QUEUE)
			.build();
		this.clock = clock;
		this.samples = new SampledLimit(vegas);
		this.limiter = SimpleLimiter.newBuilder().nanoClock(clock).limit(this.samples).build();
	}

	@Override
	public @Nullable Place acquire(long maxNanos) throws InterruptedException {
		// A call that can wait must not overtake those that are already waiting
		Place place = (maxNanos > 0 && this.waiting.get() > 0) ? null : tryAcquire();
		return (place != null || maxNanos <= 0) ? place : await(maxNanos);
	}

	private @Nullable Place tryAcquire() {
		return this.limiter.acquire(AdaptiveLimit.class)
			.map((listener) -> new Occupied(listener, active()))
			.orElse(null);
	}

	private @Nullable Place await(long maxNanos) throws InterruptedException {
		long left = maxNanos;
		this.lock.lockInterruptibly();
		try {
			this.waiting.incrementAndGet();
			Place place = tryAcquire();
			while (place == null && left > 0) {
				left = this.released.awaitNanos(left);
				place = tryAcquire();
			}
			return place;
		}
		finally {
			this.waiting.decrementAndGet();
			// The limit may have grown, or this call was woken up and gave up
			this.released.signal();
			this.lock.unlock();
		}
	}

	private void wakeUp() {
		if (this.waiting.get() > 0) {
			this.lock.lock();
			try {
				this.released.signal();
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	@Override
	public int limit() {
		return this.limiter.getLimit();
	}

	@Override
	public boolean isAdaptive() {
		return true;
	}

	@Override
	public int active() {
		return this.limiter.getInflight();
	}

	/**
	 * A place that a call occupies.
	 */
	private final class Occupied implements Place {

		private final Limiter.Listener listener;

		/** How many calls were in progress, including this one. */
		private final int active;

		private Occupied(Limiter.Listener listener, int active) {
			this.listener = listener;
			this.active = active;
		}

		@Override
		public void release(Outcome outcome, long nanos) {
			switch (outcome) {
				case RESPONDED -> {
					if (nanos > 0) {
						this.listener.onIgnore();
						AdaptiveLimit.this.samples.onSample(AdaptiveLimit.this.clock.getAsLong() - nanos, nanos,
								this.active, false);
					}
					else {
						this.listener.onSuccess();
					}
				}
				case OVERLOADED -> this.listener.onDropped();
				default -> this.listener.onIgnore();
			}
			wakeUp();
		}

	}

	/**
	 * Averages latencies, and lowers the limit at once for each request that was dropped.
	 * A window alone would wait for latencies, which do not exist while all requests
	 * fail.
	 */
	private static final class SampledLimit implements Limit {

		/**
		 * Longer than any latency, so that a quick rejection does not count as the
		 * shortest one.
		 */
		private static final long DROPPED_NANOS = TimeUnit.HOURS.toNanos(1);

		private final VegasLimit limit;

		private final WindowedLimit averaged;

		SampledLimit(VegasLimit limit) {
			this.limit = limit;
			this.averaged = WindowedLimit.newBuilder()
				.minWindowTime(WINDOW_MILLIS, TimeUnit.MILLISECONDS)
				.maxWindowTime(WINDOW_MILLIS, TimeUnit.MILLISECONDS)
				.windowSize(WINDOW_CALLS)
				.build(limit);
		}

		@Override
		public int getLimit() {
			return this.limit.getLimit();
		}

		@Override
		public void notifyOnChange(Consumer<Integer> consumer) {
			this.limit.notifyOnChange(consumer);
		}

		@Override
		public void onSample(long start, long nanos, int active, boolean dropped) {
			if (dropped) {
				this.limit.onSample(start, DROPPED_NANOS, active, true);
			}
			else {
				this.averaged.onSample(start, nanos, active, false);
			}
		}

	}

}
