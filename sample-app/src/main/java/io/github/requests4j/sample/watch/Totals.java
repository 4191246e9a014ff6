package io.github.requests4j.sample.watch;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Timer;

/**
 * The totals of some timers.
 */
record Totals(long calls, long failures, double millis) {

	static final Totals NONE = new Totals(0, 0, 0);

	/**
	 * The outcomes of failed calls, which are server errors and calls without a response.
	 */
	private static final Set<String> FAILED = Set.of("SERVER_ERROR", "UNKNOWN");

	static Totals of(Collection<Timer> timers) {
		Totals sum = NONE;
		for (Timer timer : timers) {
			long calls = timer.count();
			long failures = FAILED.contains(timer.getId().getTag("outcome")) ? calls : 0;
			sum = new Totals(sum.calls + calls, sum.failures + failures,
					sum.millis + timer.totalTime(TimeUnit.MILLISECONDS));
		}
		return sum;
	}

	Totals since(Totals earlier) {
		return new Totals(this.calls - earlier.calls, this.failures - earlier.failures, this.millis - earlier.millis);
	}

	double mean() {
		return (this.calls > 0) ? this.millis / this.calls : 0;
	}

}
