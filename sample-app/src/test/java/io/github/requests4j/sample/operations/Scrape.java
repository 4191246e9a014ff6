package io.github.requests4j.sample.operations;

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

	Map<String, Set<String>> labels(String metric) {
		return this.metrics.getOrDefault(metric, Map.of());
	}

}
