package io.github.requests4j.benchmarks.compare;

import java.util.Arrays;
import java.util.Locale;

/**
 * Median and quartiles.
 */
record Spread(double low, double median, double high) {

	static Spread of(double[] values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return new Spread(quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75));
	}

	private static double quantile(double[] sorted, double share) {
		double place = share * (sorted.length - 1);
		int below = (int) Math.floor(place);
		int above = (int) Math.ceil(place);
		return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
	}

	/** Returns the median followed by the quartiles. */
	String text(int digits) {
		String format = "%." + digits + "f (%." + digits + "f-%." + digits + "f)";
		return String.format(Locale.ROOT, format, this.median, this.low, this.high);
	}

}
