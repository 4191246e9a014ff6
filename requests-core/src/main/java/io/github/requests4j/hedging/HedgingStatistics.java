package io.github.requests4j.hedging;

/**
 * What hedging has done so far.
 *
 * @param sent the number of hedges that were sent
 * @param won the number of hedges whose response was used
 */
public record HedgingStatistics(long sent, long won) {
}
