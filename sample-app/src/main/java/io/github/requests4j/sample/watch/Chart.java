package io.github.requests4j.sample.watch;

import java.util.ArrayList;
import java.util.List;

/**
 * Times as bars, one for each second, on a logarithmic scale: 1 ms is the ground and 10 s
 * the top, or the quick ones could not be seen beside the slow.
 */
record Chart(List<Bar> bars, long calls, long failures, double mean) {

	static final int SECONDS = 60;

	private static final int HEIGHT = 100;

	private static final int LEAST = 4;

	private static final int DECADES = 4;

	/** The last second stands at the right. */
	static Chart of(List<Totals> seconds) {
		List<Bar> bars = new ArrayList<>();
		Totals sum = Totals.NONE;
		for (int i = 0; i < seconds.size(); i++) {
			Totals second = seconds.get(i);
			sum = new Totals(sum.calls() + second.calls(), sum.failures() + second.failures(),
					sum.millis() + second.millis());
			if (second.calls() > 0) {
				bars.add(Bar.of(SECONDS - seconds.size() + i, second));
			}
		}
		return new Chart(bars, sum.calls(), sum.failures(), sum.mean());
	}

	record Bar(int x, int y, int height, boolean failed) {

		private static final int WIDTH = 5;

		static Bar of(int second, Totals totals) {
			double exact = HEIGHT * Math.log10(Math.max(1, totals.mean())) / DECADES;
			int height = (int) Math.max(LEAST, Math.min(HEIGHT, exact));
			return new Bar(second * WIDTH, HEIGHT - height, height, totals.failures() > 0);
		}

	}

}
