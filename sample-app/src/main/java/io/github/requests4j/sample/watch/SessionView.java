package io.github.requests4j.sample.watch;

import java.util.List;
import java.util.Map;

/**
 * The current state of a session.
 *
 * @param name its name
 * @param chart the times of the last minute
 * @param breakers the states of its circuit breakers, by name
 * @param figures the counters and connections
 * @param rows the times since the start
 * @param exchanges the last exchanges, newest first
 */
public record SessionView(String name, Chart chart, Map<String, String> breakers, Figures figures,
		List<ElapsedTimes.Row> rows, List<RecentExchanges.Entry> exchanges) {

	/**
	 * The counters since the start, the current retry budget and the current connections.
	 *
	 * @param retries exchanges that repeated a failed one
	 * @param suppressed retries that the budget did not permit
	 * @param budget retries that the budget permits now
	 * @param hedged whether the session sends hedges
	 * @param hedges attempts that were sent because an earlier one was late
	 * @param hedgesWon hedges whose response was used
	 * @param redirects exchanges that followed a redirect
	 * @param rejected calls that the circuit breakers did not permit
	 * @param busy connections in use
	 * @param idle connections that can be reused
	 * @param max the maximum number of connections
	 */
	record Figures(long retries, long suppressed, int budget, boolean hedged, long hedges, long hedgesWon,
			long redirects, long rejected, int busy, int idle, int max) {
	}

}
