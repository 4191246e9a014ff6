package io.github.requests4j.sample.operations;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Prometheus reads from an application.
 *
 * @param metrics the values of the labels of each metric
 */
record Scrape(Map<String, Map<String, Set<String>>> metrics) {

	private static final Pattern SERIES = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)\\})? \\S+");

	private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

	static Scrape of(String exposition) {
		Map<String, Map<String, Set<String>>> metrics = new TreeMap<>();
		exposition.lines().filter((line) -> !line.startsWith("#")).forEach((line) -> {
			Matcher series = SERIES.matcher(line);
			if (series.matches()) {
				Map<String, Set<String>> labels = metrics.computeIfAbsent(series.group(1), (name) -> new TreeMap<>());
				Matcher label = LABEL.matcher((series.group(2) != null) ? series.group(2) : "");
				while (label.find()) {
					labels.computeIfAbsent(label.group(1), (name) -> new TreeSet<>()).add(label.group(2));
				}
			}
		});
		return new Scrape(metrics);
	}

	/** Returns what either of two applications has. */
	Scrape and(Scrape other) {
		Map<String, Map<String, Set<String>>> all = new TreeMap<>(other.metrics);
		this.metrics.forEach((metric, labels) -> all.merge(metric, labels, Scrape::union));
		return new Scrape(all);
	}

	boolean has(String metric) {
		return this.metrics.containsKey(metric);
	}

	/** Returns the labels that a metric with one of these names has. */
	Map<String, Set<String>> labels(List<String> metrics) {
		return metrics.stream()
			.map((metric) -> this.metrics.getOrDefault(metric, Map.of()))
			.reduce(Map.of(), Scrape::union);
	}

	private static Map<String, Set<String>> union(Map<String, Set<String>> labels, Map<String, Set<String>> others) {
		Map<String, Set<String>> all = new TreeMap<>(labels);
		others.forEach((label, values) -> all.merge(label, values, (left, right) -> {
			Set<String> both = new TreeSet<>(left);
			both.addAll(right);
			return both;
		}));
		return all;
	}

}
