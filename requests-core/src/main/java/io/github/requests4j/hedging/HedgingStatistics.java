package io.github.requests4j.hedging;

/**
 * What hedging has done so far.
 *
 * @param sent the number of hedges that were sent
 * @param won the number of hedges whose response was used
 */
public record HedgingStatistics(long sent, long won) {

	/**
	 * Returns the sum of these numbers and others.
	 * @param other the numbers of another hedging
	 * @return the sum
	 */
	public HedgingStatistics plus(HedgingStatistics other) {
		return new HedgingStatistics(this.sent + other.sent, this.won + other.won);
	}

}
