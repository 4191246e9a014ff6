package io.github.requests4j.spring.management;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

import io.github.requests4j.adapters.PoolStatistics;
import io.github.requests4j.adapters.RetryBudget;
import io.github.requests4j.cache.CacheStatistics;
import io.github.requests4j.hedging.HedgingStatistics;
import io.github.requests4j.spring.internal.balancing.InstanceState;
import io.github.requests4j.spring.internal.config.EffectiveSettings;
import io.github.requests4j.spring.internal.session.RefreshReport;
import io.github.requests4j.spring.internal.session.SessionConcurrency;

/**
 * The report of the endpoint about one session. Immutable.
 *
 * @param bean the name of the bean
 * @param created whether the session has been created; if not, it has neither mounts nor
 * counts
 * @param settings its effective settings by key
 * @param mounts its transports, in the order in which they are tried
 * @param interceptors the interceptors of its calls, outermost first
 * @param breakers the state of each circuit breaker
 * @param retryBudget the budget of its retries, or {@code null} if there is none
 * @param concurrency the state of its concurrency limit, or {@code null} if it has none
 * @param instances the instances over which it balances its requests; empty if it does
 * not
 * @param cache the statistics of its cache, or {@code null} if it has none
 * @param hedges what its hedging has done, or {@code null} if it has none
 * @param counts its activity, or {@code null}
 * @param lastError its most recent error, or {@code null}
 */
record SessionDescriptor(String bean, boolean created, Map<String, EffectiveSettings.Setting> settings,
		List<Mount> mounts, List<String> interceptors, Map<String, String> breakers, @Nullable Budget retryBudget,
		SessionConcurrency.@Nullable State concurrency, List<InstanceState> instances, @Nullable CacheStatistics cache,
		@Nullable HedgingStatistics hedges, SessionActivity.@Nullable Counts counts,
		SessionActivity.@Nullable LastError lastError) implements OperationResponseBody {

	/**
	 * One transport. Immutable.
	 *
	 * @param prefix the prefix of the URLs that it is used for
	 * @param adapter the class of the adapter, followed by those of the adapters that it
	 * wraps
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
	 * @param refresh what the last refresh of the settings did, or {@code null} if there
	 * was none
	 */
	record All(Map<String, SessionDescriptor> sessions,
			@Nullable RefreshReport refresh) implements OperationResponseBody {
	}

}
