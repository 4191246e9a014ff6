package io.github.requests4j.hedging;

/**
 * Counts the hedges sent so far.
 *
 * @param sent the number of hedges that were sent
 * @param won the number of hedges whose response was used
 */
public record HedgingStatistics(long sent, long won) {

	/**
	 * Returns the sum of these statistics and others.
	 * @param other the statistics of another hedging
	 * @return the sum
	 */
	public HedgingStatistics plus(HedgingStatistics other) {
		return new HedgingStatistics(this.sent + other.sent, this.won + other.won);
	}

}
