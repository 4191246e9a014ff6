package io.github.requests4j.spring.rate;

/**
 * Grants the permits of a rate limit. Implementations are thread-safe.
 */
interface Permits {

	/** The result if there is no permit in time. */
	long NONE = -1;

	/**
	 * Reserves a permit. Permits are reserved in the order of the calls.
	 * @param maxNanos how long the caller may wait, in nanoseconds; zero for a permit
	 * that is available now
	 * @return after how many nanoseconds the caller may use the permit, or {@link #NONE};
	 * then nothing was reserved
	 */
	long reserve(long maxNanos);

	/** Gives back a permit that was reserved and is not used. */
	void giveBack();

	/**
	 * Returns when a permit may be available again.
	 * @return the number of nanoseconds from now, or {@link #NONE} if it is unknown
	 */
	long nanosToNext();

}
