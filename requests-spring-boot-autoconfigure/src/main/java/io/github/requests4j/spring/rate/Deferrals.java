package io.github.requests4j.spring.rate;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.jspecify.annotations.Nullable;

/**
 * The origins that asked for a pause with Retry-After. Thread-safe.
 */
final class Deferrals {

	/** The maximum number of origins, because redirects can lead to any number. */
	private static final int MAX_ORIGINS = 256;

	private final ConcurrentMap<String, Long> ends = new ConcurrentHashMap<>();

	/** Adds a pause. It never shortens an earlier one. */
	void add(String origin, Duration pause) {
		long now = System.nanoTime();
		if (this.ends.size() >= MAX_ORIGINS) {
			this.ends.values().removeIf((end) -> end - now <= 0);
			if (this.ends.size() >= MAX_ORIGINS) {
				return;
			}
		}
		this.ends.merge(origin, now + pause.toNanos(), (known, added) -> (added - known > 0) ? added : known);
	}

	/**
	 * Returns the rest of the pause of an origin in nanoseconds, or 0 if there is no
	 * pause.
	 */
	long remaining(String origin) {
		@Nullable Long end = this.ends.get(origin);
		if (end == null) {
			return 0;
		}
		long left = end - System.nanoTime();
		if (left <= 0) {
			this.ends.remove(origin, end);
		}
		return Math.max(0, left);
	}

	/** Returns whether no origin has asked for a pause. */
	boolean isEmpty() {
		return this.ends.isEmpty();
	}

}
