package io.github.requests4j.sample.watch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The times of exchanges from Micrometer's timers {@code http.client.requests}. The
 * timers are cumulative, so the chart shows their increase in each second. Thread-safe.
 */
@Component
class ElapsedTimes {

	private final MeterRegistry registry;

	private final Map<String, Totals> lastBySession = new HashMap<>();

	private final Map<String, Deque<Totals>> secondsBySession = new HashMap<>();

	private final Map<Meter.Id, Double> longestByTimer = new HashMap<>();

	ElapsedTimes(MeterRegistry registry) {
		this.registry = registry;
	}

	@Scheduled(fixedRate = 1, timeUnit = TimeUnit.SECONDS)
	synchronized void sample() {
		Collection<Timer> all = this.registry.find("http.client.requests").tagKeys("session").timers();
		all.forEach(this::longest);
		grouped(all, "session").forEach((session, timers) -> {
			Totals now = Totals.of(timers);
			Totals last = this.lastBySession.put(session, now);
			add(session, now.since((last != null) ? last : Totals.NONE));
		});
	}

	/** Returns the chart of the last minute of a session. */
	synchronized Chart chart(String session) {
		return Chart.of(List.copyOf(this.secondsBySession.getOrDefault(session, new ArrayDeque<>())));
	}

	/**
	 * Returns the totals since the start, with one row for each method and URI template
	 * of a session.
	 */
	synchronized List<Row> rows(String session) {
		List<Row> rows = new ArrayList<>();
		grouped(timers(session), "method", "uri").forEach((label, timers) -> {
			double longest = timers.stream().mapToDouble(this::longest).max().orElse(0);
			Totals totals = Totals.of(timers);
			// What follows a redirect has no template
			String shown = label.replace(" none", " (redirected)");
			rows.add(new Row(shown, totals.exchanges(), totals.mean(), longest));
		});
		return rows;
	}

	/**
	 * Returns the longest time since the start. Micrometer's maximum is that of the last
	 * minutes only.
	 */
	private double longest(Timer timer) {
		return this.longestByTimer.merge(timer.getId(), timer.max(TimeUnit.MILLISECONDS), Math::max);
	}

	private Collection<Timer> timers(String session) {
		return this.registry.find("http.client.requests").tag("session", session).timers();
	}

	private void add(String session, Totals second) {
		Deque<Totals> seconds = this.secondsBySession.computeIfAbsent(session, (first) -> new ArrayDeque<>());
		seconds.addLast(second);
		if (seconds.size() > Chart.SECONDS) {
			seconds.removeFirst();
		}
	}

	private static Map<String, List<Timer>> grouped(Collection<Timer> timers, String... tags) {
		Map<String, List<Timer>> groups = new TreeMap<>();
		for (Timer timer : timers) {
			List<String> values = new ArrayList<>();
			for (String tag : tags) {
				values.add(String.valueOf(timer.getId().getTag(tag)));
			}
			groups.computeIfAbsent(String.join(" ", values), (first) -> new ArrayList<>()).add(timer);
		}
		return groups;
	}

	/**
	 * The totals of one method and template since the start, with times in milliseconds.
	 */
	record Row(String label, long exchanges, double mean, double longest) {
	}

}
