package io.github.requests4j.spring.rate;

import java.time.Duration;

/**
 * Grants the permits of a rate limit. Implementations are thread-safe.
 */
interface Permits {

	/** The result if there is no permit in time. */
	long NONE = -1;

	/** The result if the shared store is unavailable, and permits depend on it. */
	long UNAVAILABLE = -2;

	/**
	 * Reserves a permit. Permits are reserved in the order of the calls.
	 * @param maxNanos how long the caller may wait, in nanoseconds; zero for a permit
	 * that is available now
	 * @return the number of nanoseconds after which the caller may use the permit;
	 * {@link #NONE} or {@link #UNAVAILABLE} if nothing was reserved
	 */
	long reserve(long maxNanos);

	/** Gives back a permit that was reserved and is not used. */
	void giveBack();

	/**
	 * Returns when a permit may be available again.
	 * @return the number of nanoseconds from now, or {@link #NONE} if it is unknown
	 */
	long nanosToNext();

	/**
	 * Publishes a pause to other replicas. Does nothing by default.
	 * @param origin the origin that asked for it
	 * @param pause how long to send no requests
	 */
	default void publish(String origin, Duration pause) {
	}

}
