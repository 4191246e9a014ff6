package io.github.requests4j.spring.management;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

import io.github.requests4j.adapters.PoolStatistics;
import io.github.requests4j.adapters.RetryBudget;
import io.github.requests4j.cache.CacheStatistics;
import io.github.requests4j.spring.internal.config.EffectiveSettings;

/**
 * What the endpoint reports about one session. Immutable.
 *
 * @param bean the name of the bean
 * @param created whether somebody has asked for the session yet; if not, it has neither
 * mounts nor counts
 * @param settings what it works with, by key
 * @param mounts its transports, in the order in which they are tried
 * @param interceptors what wraps its calls, the outermost first
 * @param breakers the state of each circuit breaker
 * @param retryBudget the budget of its retries, or {@code null} if there is none
 * @param cache what its cache did, or {@code null} if it has none
 * @param counts what it did, or {@code null}
 * @param lastError what went wrong last, or {@code null}
 */
record SessionDescriptor(String bean, boolean created, Map<String, EffectiveSettings.Setting> settings,
		List<Mount> mounts, List<String> interceptors, Map<String, String> breakers, @Nullable Budget retryBudget,
		@Nullable CacheStatistics cache, SessionActivity.@Nullable Counts counts,
		SessionActivity.@Nullable LastError lastError) implements OperationResponseBody {

	/**
	 * One transport. Immutable.
	 *
	 * @param prefix the beginning of the URLs that it serves
	 * @param adapter its class, or those of it and of what it wraps
	 * @param pool the state of its connections, or {@code null} if it has none
	 */
	record Mount(String prefix, List<String> adapter, @Nullable PoolStatistics pool) {
	}

	/**
	 * The budget of retries. Immutable.
	 *
	 * @param percent how many retries 100 requests allow
	 * @param available how many retries are possible at once
	 * @param suppressed how many retries did not take place because it was used up
	 */
	record Budget(int percent, int available, long suppressed) {

		static @Nullable Budget of(@Nullable RetryBudget budget) {
			return (budget != null) ? new Budget(budget.percent(), budget.available(), budget.suppressed()) : null;
		}

	}

	/**
	 * All sessions. Immutable.
	 *
	 * @param sessions the sessions by name
	 */
	record All(Map<String, SessionDescriptor> sessions) implements OperationResponseBody {
	}

}
