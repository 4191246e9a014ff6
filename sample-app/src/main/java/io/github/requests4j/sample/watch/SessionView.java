package io.github.requests4j.sample.watch;

import java.util.List;
import java.util.Map;

/**
 * A session at work.
 *
 * @param name its name
 * @param chart the times of the last minute
 * @param breakers the states of its circuit breakers, by name
 * @param figures what was counted
 * @param rows the times since the start
 * @param exchanges the last exchanges, the newest first
 */
public record SessionView(String name, Chart chart, Map<String, String> breakers, Figures figures,
		List<ElapsedTimes.Row> rows, List<RecentExchanges.Entry> exchanges) {

	/**
	 * Counters since the start, and connections as they are.
	 */
	record Figures(long retries, long redirects, long refused, int busy, int idle, int most) {
	}

}
