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
	 * @param session the name of the session, which is that of its entries too
	 * @param settings the settings
	 * @return the store, which has not been connected yet
	 */
	CacheStore open(String session, Settings settings);

	/**
	 * Settings of a store.
	 *
	 * @param maxBody how many bytes of a body are kept at most
	 * @param memory how many bytes are also kept in memory; 0 for none
	 * @param stale how long stale responses are used where they do not say so themselves
	 */
	record Settings(long maxBody, long memory, Duration stale) {
	}

}
