package io.github.requests4j.cache;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The requests in progress that equal requests wait for. Thread-safe.
 */
final class Flights {

	private final ConcurrentMap<String, Flight> flights = new ConcurrentHashMap<>();

	/**
	 * Starts a request, or waits for an equal one that is in progress.
	 * @param key equal for equal requests
	 * @param nanos the maximum time to wait, in nanoseconds
	 * @return the request that the caller must send and end, or null after waiting for
	 * another one
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
			// The request that the caller now sends itself fails because of the
			// interrupt.
			Thread.currentThread().interrupt();
		}
		return null;
	}

	/** A request in progress. */
	static final class Flight {

		private final Flights flights;

		private final String key;

		private final CountDownLatch ended = new CountDownLatch(1);

		/** Used only by the sending thread. */
		private boolean endsWithBody;

		private CacheStore.@Nullable Turn turn;

		private Flight(Flights flights, String key) {
			this.flights = flights;
			this.key = key;
		}

		/** Sets the turn to end together with this request. */
		void turn(CacheStore.Turn turn) {
			this.turn = turn;
		}

		/** Makes the reader of the body responsible for ending this request. */
		void endsWithBody() {
			this.endsWithBody = true;
		}

		/** Ends the request unless the reader of its body does. */
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
