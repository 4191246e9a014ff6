package io.github.requests4j.sample.upstream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Counts the requests of each copy of Depot to the services. Thread-safe.
 */
final class Usage {

	/** The header in which a copy sends its name. */
	static final String COPY = "X-Copy";

	private static final Duration WINDOW = Duration.ofSeconds(5);

	private final Map<String, Counters> copies = new ConcurrentSkipListMap<>();

	/** Returns the counts of each copy that has sent a request. */
	List<OfCopy> all() {
		return this.copies.entrySet().stream().map((entry) -> entry.getValue().view(entry.getKey())).toList();
	}

	/** Returns the counters of a copy. */
	Counters of(String copy) {
		return this.copies.computeIfAbsent(copy, (first) -> new Counters());
	}

	/**
	 * The counters of a copy.
	 */
	static final class Counters {

		private final Queue<Long> recent = new ArrayDeque<>();

		private int tokens;

		private int logins;

		private int quotes;

		synchronized void tokenIssued() {
			this.tokens++;
		}

		synchronized void loggedIn() {
			this.logins++;
		}

		synchronized void quoted() {
			this.quotes++;
			this.recent.add(System.nanoTime());
			forgetOld();
		}

		private synchronized OfCopy view(String copy) {
			forgetOld();
			return new OfCopy(copy, this.tokens, this.logins, this.quotes,
					this.recent.size() / (double) WINDOW.toSeconds());
		}

		private void forgetOld() {
			long oldest = System.nanoTime() - WINDOW.toNanos();
			while (!this.recent.isEmpty() && this.recent.element() - oldest < 0) {
				this.recent.remove();
			}
		}

	}

	/**
	 * The counts of a copy.
	 *
	 * @param copy its name
	 * @param tokens how many tokens it was issued
	 * @param logins how often it logged in
	 * @param quotes how many quotes it was given
	 * @param quotesPerSecond its quotes per second in the last five seconds
	 */
	record OfCopy(String copy, int tokens, int logins, int quotes, double quotesPerSecond) {
	}

}
