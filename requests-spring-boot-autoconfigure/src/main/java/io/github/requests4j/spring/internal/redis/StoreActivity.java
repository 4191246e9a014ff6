package io.github.requests4j.spring.internal.redis;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The activity of the shared store, for health and meters. This type does not refer to
 * Spring Data Redis, which may be absent. Implementations are thread-safe.
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
	@Nullable Long unavailableSince();

	/**
	 * Returns the numbers of all uses that have called the store.
	 * @return the numbers by use
	 */
	Map<RedisUse, Counts> counts();

	/**
	 * Numbers since the start.
	 *
	 * @param calls the number of calls to the store
	 * @param failures the number of calls that failed or were not answered in time
	 * @param fallbacks the number of times that the caller had to continue without the
	 * store, which are the failures and the calls that were not sent because the store
	 * was unavailable
	 */
	record Counts(long calls, long failures, long fallbacks) {
	}

}
