package io.github.requests4j.sample.watch;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Timer;

/**
 * The totals of some timers.
 *
 * @param exchanges the number of exchanges
 * @param failures how many of them got a server error or no response
 * @param millis the sum of their elapsed times
 */
record Totals(long exchanges, long failures, double millis) {

	static final Totals NONE = new Totals(0, 0, 0);

	private static final Set<String> FAILED = Set.of("SERVER_ERROR", "UNKNOWN");

	static Totals of(Collection<Timer> timers) {
		Totals sum = NONE;
		for (Timer timer : timers) {
			long exchanges = timer.count();
			long failures = isFailed(timer) ? exchanges : 0;
			sum = new Totals(sum.exchanges + exchanges, sum.failures + failures,
					sum.millis + timer.totalTime(TimeUnit.MILLISECONDS));
		}
		return sum;
	}

	/** Returns whether a timer counts server errors or missing responses. */
	private static boolean isFailed(Timer timer) {
		return FAILED.contains(timer.getId().getTag("outcome"));
	}

	Totals since(Totals earlier) {
		return new Totals(this.exchanges - earlier.exchanges, this.failures - earlier.failures,
				this.millis - earlier.millis);
	}

	double mean() {
		return (this.exchanges > 0) ? this.millis / this.exchanges : 0;
	}

}
