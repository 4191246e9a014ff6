package io.github.requests4j.spring.redis;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.requests4j.spring.internal.redis.RedisAccess;
import io.github.requests4j.spring.internal.redis.RedisUse;

/**
 * Removes invalid entries. Entries that could not be removed because Redis was
 * unavailable count as absent, and are removed when Redis is available again.
 * Thread-safe.
 */
final class Removals {

	/** The maximum number of pending URLs. Beyond it, everything is removed. */
	private static final int MAX_PENDING = 10_000;

	private static final int BATCH = 16;

	private final RedisAccess redis;

	private final Entries entries;

	private final Set<String> pending = new LinkedHashSet<>();

	private boolean everything;

	/** Whether anything is pending. Avoids the lock in normal operation. */
	private volatile boolean any;

	Removals(RedisAccess redis, Entries entries) {
		this.redis = redis;
		this.entries = entries;
	}

	void remove(String url) {
		if (!removeNow(url)) {
			synchronized (this) {
				this.any = true;
				this.everything |= this.pending.size() >= MAX_PENDING;
				if (this.everything) {
					this.pending.clear();
				}
				else {
					this.pending.add(url);
				}
			}
		}
	}

	void removeAll() {
		if (!removeAllNow()) {
			synchronized (this) {
				this.any = true;
				this.everything = true;
				this.pending.clear();
			}
		}
	}

	private boolean removeNow(String url) {
		return this.redis.tryRun(RedisUse.CACHE, (connection) -> this.entries.remove(connection, url));
	}

	private boolean removeAllNow() {
		return this.redis.tryRun(RedisUse.CACHE, (connection) -> this.entries.keys().startGeneration(connection));
	}

	/**
	 * Removes what could not be removed before.
	 * @return {@code true} if the entries of a URL may be used
	 */
	boolean settle(String url) {
		if (!this.any) {
			return true;
		}
		boolean all;
		List<String> urls;
		synchronized (this) {
			all = this.everything;
			Set<String> first = new LinkedHashSet<>();
			if (this.pending.contains(url)) {
				first.add(url);
			}
			this.pending.stream().limit(BATCH).forEach(first::add);
			urls = List.copyOf(first);
		}
		if (all && !removeAllNow()) {
			return false;
		}
		long start = System.nanoTime();
		for (String removed : urls) {
			if (System.nanoTime() - start > this.redis.timeout().toNanos() || !removeNow(removed)) {
				break;
			}
			synchronized (this) {
				this.pending.remove(removed);
			}
		}
		synchronized (this) {
			this.everything &= !all;
			this.any = this.everything || !this.pending.isEmpty();
			return !this.everything && !this.pending.contains(url);
		}
	}

}
