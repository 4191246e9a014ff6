package io.github.requests4j.cache;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refreshes stale responses in the background. Each key is refreshed only once at a time,
 * by one of all processes that share the store. Thread-safe.
 */
final class Refreshes {

	private static final Logger logger = LoggerFactory.getLogger(Refreshes.class);

	private final CacheStore store;

	private final Executor executor;

	private final Set<String> running = ConcurrentHashMap.newKeySet();

	Refreshes(CacheStore store, Executor executor) {
		this.store = store;
		this.executor = executor;
	}

	/**
	 * Starts a refresh, unless one of the same key is running in this process.
	 * @param key the key
	 * @param equal a text that is the same for calls that may share one response
	 * @param refresh requests the response. It does not run if another process refreshes
	 * the key.
	 */
	void start(String key, String equal, Runnable refresh) {
		if (!this.running.add(key)) {
			return;
		}
		try {
			this.executor.execute(() -> run(key, equal, refresh));
		}
		catch (RejectedExecutionException ex) {
			this.running.remove(key);
			logger.debug("A stale response was not refreshed: the executor is full or shut down");
		}
	}

	private void run(String key, String equal, Runnable refresh) {
		CacheStore.Turn turn = null;
		try {
			turn = this.store.start(key, equal, 0);
			if (turn != null) {
				refresh.run();
			}
		}
		finally {
			if (turn != null) {
				turn.end();
			}
			this.running.remove(key);
		}
	}

}
