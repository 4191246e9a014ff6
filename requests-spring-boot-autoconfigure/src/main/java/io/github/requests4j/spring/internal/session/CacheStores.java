package io.github.requests4j.spring.internal.session;

import java.time.Duration;

import io.github.requests4j.cache.CacheStore;

/**
 * Creates stores that the sessions of several replicas share.
 */
@FunctionalInterface
public interface CacheStores {

	/**
	 * Returns the store of a session.
	 * @param session the name of the session, which is also part of the keys of its
	 * entries
	 * @param settings the settings
	 * @return the store, which connects on its first use
	 */
	CacheStore open(String session, Settings settings);

	/**
	 * Settings of a store.
	 *
	 * @param maxBody the maximum number of bytes of a stored body
	 * @param memory the maximum number of bytes that are also kept in memory; 0 for none
	 * @param stale how long stale responses are used if they do not specify it themselves
	 */
	record Settings(long maxBody, long memory, Duration stale) {
	}

}
