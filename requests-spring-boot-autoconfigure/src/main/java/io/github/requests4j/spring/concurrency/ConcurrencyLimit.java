package io.github.requests4j.spring.concurrency;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Limits the number of calls in progress. Thread-safe.
 */
interface ConcurrencyLimit {

	/**
	 * Acquires a place, and waits for one if all are taken.
	 * @param maxNanos the maximum wait; zero not to wait
	 * @return the place, or {@code null} if there was none in time
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	@Nullable Place acquire(long maxNanos) throws InterruptedException;

	/** Returns the current limit. */
	int limit();

	/** Returns whether the limit follows the latency of the service. */
	boolean isAdaptive();

	/** Returns how many calls are in progress. */
	int active();

	/**
	 * A place that a call holds. It must be released exactly once.
	 */
	interface Place {

		/**
		 * Releases the place.
		 * @param outcome what the call reveals about the load of the service
		 * @param nanos how long the service took; zero for the time since the place was
		 * taken
		 */
		void release(Outcome outcome, long nanos);

	}

	/**
	 * What a call reveals about the load of the service.
	 */
	enum Outcome {

		/** The service responded, and the time that it took is typical. */
		RESPONDED,

		/** The service was too slow or rejected the call because of its load. */
		OVERLOADED,

		/** Nothing, such as a call that was interrupted. */
		UNKNOWN

	}

	/**
	 * Returns a limit that never changes.
	 * @param limit the maximum number of calls
	 */
	static ConcurrencyLimit fixed(int limit) {
		return new Fixed(limit);
	}

	/**
	 * A limit that never changes. Waiting calls are served in their order.
	 */
	final class Fixed implements ConcurrencyLimit, Place {

		private final int limit;

		private final Semaphore places;

		private Fixed(int limit) {
			this.limit = limit;
			this.places = new Semaphore(limit, true);
		}

		@Override
		public @Nullable Place acquire(long maxNanos) throws InterruptedException {
			return this.places.tryAcquire(maxNanos, TimeUnit.NANOSECONDS) ? this : null;
		}

		@Override
		public void release(Outcome outcome, long nanos) {
			this.places.release();
		}

		@Override
		public int limit() {
			return this.limit;
		}

		@Override
		public boolean isAdaptive() {
			return false;
		}

		@Override
		public int active() {
			return this.limit - this.places.availablePermits();
		}

	}

}
