package io.github.requests4j.benchmarks.compare;

import java.util.Locale;

/**
 * The warm-up of a client.
 *
 * @param seconds its duration in seconds
 * @param quiet whether the just-in-time compiler became quiet in that time
 */
record WarmUp(double seconds, boolean quiet) {

	static WarmUp parse(String line) {
		String[] parts = line.split(" ");
		return new WarmUp(Double.parseDouble(parts[0]), Boolean.parseBoolean(parts[1]));
	}

	/**
	 * Returns the duration, and the compiler's share of the CPU time in the measured
	 * rounds.
	 */
	String text(double share) {
		return String.format(Locale.ROOT, "%.0f s%s, %.1f%%", this.seconds, this.quiet ? "" : " (limit)", share * 100);
	}

	@Override
	public String toString() {
		return this.seconds + " " + this.quiet;
	}

}
