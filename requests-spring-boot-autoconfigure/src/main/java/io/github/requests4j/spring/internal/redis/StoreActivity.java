package io.github.requests4j.spring.internal.redis;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What health and meters report of the shared store. It mentions no type of Spring Data
 * Redis, which may be absent. Thread-safe.
 */
public interface StoreActivity {

	/**
	 * Returns the numbers of a use since the start.
	 * @param use what sessions keep in the store
	 * @return the numbers at this moment
	 */
	Counts counts(RedisUse use);

	/**
	 * Returns since when the store is unavailable.
	 * @return milliseconds since the epoch, or {@code null} while it is available
	 */
	@Nullable Long awaySince();

	/**
	 * Returns the numbers of all uses that have called the store.
	 * @return the numbers by use
	 */
	Map<RedisUse, Counts> counts();

	/**
	 * Numbers since the start.
	 *
	 * @param calls how often something was asked of the store
	 * @param failures how many of them the store failed or did not answer in time
	 * @param fallbacks how often the caller had to go on without the store; these are the
	 * failures and the calls that were not sent because the store was unavailable
	 */
	record Counts(long calls, long failures, long fallbacks) {
	}

}
