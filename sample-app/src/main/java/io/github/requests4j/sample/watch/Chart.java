package io.github.requests4j.sample.watch;

import java.util.ArrayList;
import java.util.List;

/**
 * A bar chart of times with one bar for each second. The scale is logarithmic, from 1 ms
 * to 10 s, so that both fast and slow calls are visible.
 */
record Chart(List<Bar> bars, long exchanges, long failures, double mean) {

	static final int SECONDS = 60;

	private static final int HEIGHT = 100;

	private static final int MIN_HEIGHT = 4;

	private static final int DECADES = 4;

	/** Returns the chart for some seconds, with the last one on the right. */
	static Chart of(List<Totals> seconds) {
		List<Bar> bars = new ArrayList<>();
		Totals sum = Totals.NONE;
		for (int i = 0; i < seconds.size(); i++) {
			Totals second = seconds.get(i);
			sum = new Totals(sum.exchanges() + second.exchanges(), sum.failures() + second.failures(),
					sum.millis() + second.millis());
			if (second.exchanges() > 0) {
				bars.add(Bar.of(SECONDS - seconds.size() + i, second));
			}
		}
		return new Chart(bars, sum.exchanges(), sum.failures(), sum.mean());
	}

	record Bar(int x, int y, int height, boolean failed) {

		private static final int WIDTH = 5;

		static Bar of(int second, Totals totals) {
			double exact = HEIGHT * Math.log10(Math.max(1, totals.mean())) / DECADES;
			int height = (int) Math.max(MIN_HEIGHT, Math.min(HEIGHT, exact));
			return new Bar(second * WIDTH, HEIGHT - height, height, totals.failures() > 0);
		}

	}

}
