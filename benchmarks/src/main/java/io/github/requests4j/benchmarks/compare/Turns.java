package io.github.requests4j.benchmarks.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Compares alternatives within one process. In each round, they take turns in changing
 * order. The first one is the baseline.
 */
final class Turns {

	private final int calls;

	private final List<Entry> entries = new ArrayList<>();

	/** Creates a comparison with a number of calls in each round. */
	Turns(int calls) {
		this.calls = calls;
	}

	void add(String name, Way way) {
		this.entries.add(new Entry(name, way, new ArrayList<>()));
	}

	/** Runs the rounds after the same number of warm-up rounds, and returns a table. */
	String run(int count) throws IOException {
		List<Entry> order = new ArrayList<>(this.entries);
		for (int i = 0; i < 2 * count; i++) {
			Collections.shuffle(order);
			for (Entry entry : order) {
				double[] figures = measure(entry.way());
				if (i >= count) {
					entry.rounds().add(figures);
				}
			}
		}
		StringBuilder table = new StringBuilder("""
				| way | CPU µs | least | ratio | of the least | wall µs | least | ratio | of the least |
				|---|--:|--:|--:|--:|--:|--:|--:|--:|
				""");
		this.entries.forEach((entry) -> table.append("| " + entry.name() + cells(entry, 0) + cells(entry, 1) + " |\n"));
		return table.toString();
	}

	private double[] measure(Way way) throws IOException {
		long cpu = ProcessorTime.nanos();
		long wall = System.nanoTime();
		for (int i = 0; i < this.calls; i++) {
			way.call();
		}
		long end = System.nanoTime();
		return new double[] { (ProcessorTime.nanos() - cpu) / 1e3 / this.calls, (end - wall) / 1e3 / this.calls };
	}

	private String cells(Entry entry, int figure) {
		double[] own = entry.figures(figure);
		double[] first = this.entries.get(0).figures(figure);
		double[] ratios = new double[own.length];
		Arrays.setAll(ratios, (i) -> own[i] / first[i]);
		double least = Arrays.stream(own).min().orElse(0);
		return String.format(Locale.ROOT, " | %.1f | %.1f | %s | %.2f", Spread.of(own).median(), least,
				Spread.of(ratios).text(2), least / Arrays.stream(first).min().orElse(0));
	}

	/**
	 * An alternative and its rounds, each with CPU and wall microseconds.
	 */
	private record Entry(String name, Way way, List<double[]> rounds) {

		double[] figures(int figure) {
			return this.rounds.stream().mapToDouble((round) -> round[figure]).toArray();
		}

	}

	/** One of the alternatives. */
	interface Way {

		void call() throws IOException;

	}

}
