package io.github.requests4j.benchmarks.compare;

import java.util.Locale;

/**
 * How a client was warmed up.
 *
 * @param seconds how long it worked
 * @param quiet whether the just-in-time compiler came to rest in that time
 */
record WarmUp(double seconds, boolean quiet) {

	static WarmUp parse(String line) {
		String[] parts = line.split(" ");
		return new WarmUp(Double.parseDouble(parts[0]), Boolean.parseBoolean(parts[1]));
	}

	/** How long, and how much of the CPU of the measured rounds was the compiler's. */
	String text(double share) {
		return String.format(Locale.ROOT, "%.0f s%s, %.1f%%", this.seconds, this.quiet ? "" : " (limit)", share * 100);
	}

	@Override
	public String toString() {
		return this.seconds + " " + this.quiet;
	}

}
