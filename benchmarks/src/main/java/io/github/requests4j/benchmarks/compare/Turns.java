package io.github.requests4j.benchmarks.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compares ways to do the same within one process: in each round all take turns in
 * changing order. The first one is what the others are compared with.
 */
final class Turns {

	private final int calls;

	private final Map<String, Way> ways = new LinkedHashMap<>();

	private final Map<String, List<double[]>> rounds = new LinkedHashMap<>();

	/** With that many calls in a round. */
	Turns(int calls) {
		this.calls = calls;
	}

	void add(String name, Way way) {
		this.ways.put(name, way);
		this.rounds.put(name, new ArrayList<>());
	}

	/** Runs the rounds after as many to warm up; gives a table. */
	String run(int count) throws IOException {
		List<String> order = new ArrayList<>(this.ways.keySet());
		for (int i = 0; i < 2 * count; i++) {
			Collections.shuffle(order);
			for (String name : order) {
				double[] figures = measure(this.ways.get(name));
				if (i >= count) {
					this.rounds.get(name).add(figures);
				}
			}
		}
		StringBuilder table = new StringBuilder(
				"| way | CPU µs | least | ratio | of the least | wall µs | least | ratio | of the least |\n"
						+ "|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
		this.ways.keySet().forEach((name) -> table.append("| " + name + cells(name, 0) + cells(name, 1) + " |\n"));
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

	private String cells(String name, int figure) {
		double[] own = figures(name, figure);
		double[] first = figures(this.ways.keySet().iterator().next(), figure);
		double[] ratios = new double[own.length];
		Arrays.setAll(ratios, (i) -> own[i] / first[i]);
		double least = Arrays.stream(own).min().orElse(0);
		return String.format(Locale.ROOT, " | %.1f | %.1f | %s | %.2f", Spread.of(own).median(), least,
				Spread.of(ratios).text(2), least / Arrays.stream(first).min().orElse(0));
	}

	private double[] figures(String name, int figure) {
		return this.rounds.get(name).stream().mapToDouble((round) -> round[figure]).toArray();
	}

	/** One way to do it. */
	interface Way {

		void call() throws IOException;

	}

}
