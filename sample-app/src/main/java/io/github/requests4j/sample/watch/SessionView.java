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
	 * The counters since the start, and the current connections.
	 */
	record Figures(long retries, long redirects, long rejected, int busy, int idle, int max) {
	}

}
