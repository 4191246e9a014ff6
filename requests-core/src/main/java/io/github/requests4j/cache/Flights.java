package io.github.requests4j.cache;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Requests on their way for which equal ones wait. Safe for many threads.
 */
final class Flights {

	private final ConcurrentMap<String, Flight> flights = new ConcurrentHashMap<>();

	/**
	 * Starts a request, or waits for an equal one that is on its way.
	 * @param key equal for equal requests
	 * @param nanos how long to wait
	 * @return the request that the caller is to send and to end, or null after waiting
	 * for another one
	 */
	@Nullable Flight start(String key, long nanos) {
		Flight own = new Flight(this, key);
		Flight other = this.flights.putIfAbsent(key, own);
		if (other == null) {
			return own;
		}
		try {
			other.ended.await(nanos, TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			// The caller's own request will fail for it.
			Thread.currentThread().interrupt();
		}
		return null;
	}

	/** A request on its way. */
	static final class Flight {

		private final Flights flights;

		private final String key;

		private final CountDownLatch ended = new CountDownLatch(1);

		/** For the thread that sends. */
		private boolean endsWithBody;

		private CacheStore.@Nullable Turn turn;

		private Flight(Flights flights, String key) {
			this.flights = flights;
			this.key = key;
		}

		/** Ends the turn among processes together with this request. */
		void holds(CacheStore.Turn turn) {
			this.turn = turn;
		}

		/** Leaves the end to the reader of the body. */
		void endsWithBody() {
			this.endsWithBody = true;
		}

		/** Ends the request unless its body is still to be read. */
		void endUnlessBody() {
			if (!this.endsWithBody) {
				end();
			}
		}

		/** Releases the waiting threads. Idempotent. */
		void end() {
			if (this.turn != null) {
				this.turn.end();
			}
			this.flights.flights.remove(this.key, this);
			this.ended.countDown();
		}

	}

}
