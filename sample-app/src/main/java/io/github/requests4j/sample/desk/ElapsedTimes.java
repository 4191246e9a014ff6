package io.github.requests4j.sample.desk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.springframework.stereotype.Component;

/**
 * How long exchanges took, as Micrometer recorded it: the timers
 * {@code http.client.requests}, one row for each client, method and URI template.
 */
@Component
class ElapsedTimes {

	private final MeterRegistry registry;

	ElapsedTimes(MeterRegistry registry) {
		this.registry = registry;
	}

	List<Row> rows() {
		Map<String, List<Timer>> groups = new TreeMap<>();
		for (Timer timer : this.registry.find("http.client.requests").tagKeys("session", "client").timers()) {
			groups.computeIfAbsent(label(timer), (first) -> new ArrayList<>()).add(timer);
		}
		double longest = groups.values().stream().mapToDouble(ElapsedTimes::max).max().orElse(0);
		List<Row> rows = new ArrayList<>();
		groups.forEach((label, timers) -> rows.add(row(label, timers, longest)));
		return rows;
	}

	private static String label(Timer timer) {
		return timer.getId().getTag("client") + " " + timer.getId().getTag("method") + " "
				+ timer.getId().getTag("uri");
	}

	/** Timers of one group differ in status and outcome. */
	private static Row row(String label, List<Timer> timers, double longest) {
		long count = timers.stream().mapToLong(Timer::count).sum();
		double total = timers.stream().mapToDouble((timer) -> timer.totalTime(TimeUnit.MILLISECONDS)).sum();
		double mean = (count > 0) ? total / count : 0;
		double max = max(timers);
		return new Row(label, count, mean, max, percent(mean, longest), percent(max, longest));
	}

	private static double max(Collection<Timer> timers) {
		return timers.stream().mapToDouble((timer) -> timer.max(TimeUnit.MILLISECONDS)).max().orElse(0);
	}

	/** Micrometer forgets a maximum after some minutes, but not the mean. */
	private static int percent(double value, double longest) {
		return (longest > 0) ? (int) Math.min(100, Math.ceil(100 * value / longest)) : 0;
	}

	record Row(String label, long count, double mean, double max, int meanPercent, int maxPercent) {
	}

}
