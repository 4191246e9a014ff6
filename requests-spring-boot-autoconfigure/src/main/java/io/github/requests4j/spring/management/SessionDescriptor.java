package io.github.requests4j.spring.management;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

import io.github.requests4j.adapters.PoolKey;
import io.github.requests4j.adapters.PoolStatistics;
import io.github.requests4j.adapters.RetryBudget;
import io.github.requests4j.cache.CacheStatistics;
import io.github.requests4j.hedging.HedgingStatistics;
import io.github.requests4j.internal.url.IpAddress;
import io.github.requests4j.internal.url.UrlText;
import io.github.requests4j.spring.internal.balancing.InstanceState;
import io.github.requests4j.spring.internal.config.EffectiveSettings;
import io.github.requests4j.spring.internal.session.RefreshReport;
import io.github.requests4j.spring.internal.session.SessionConcurrency;
import io.github.requests4j.spring.internal.session.ThrottleStatistics;

/**
 * The report of the endpoint about one session. Immutable.
 *
 * @param bean the name of the bean
 * @param created whether the session has been created; if not, it has neither mounts nor
 * counts
 * @param settings its effective settings by key
 * @param mounts its transports, in the order in which they are tried
 * @param pools its connections by origin
 * @param interceptors the interceptors of its calls, outermost first
 * @param breakers the state of each circuit breaker
 * @param retryBudget the budget of its retries, or {@code null} if there is none
 * @param concurrency the state of its concurrency limit, or {@code null} if it has none
 * @param instances the instances over which it balances its requests; empty if it does
 * not
 * @param cache the statistics of its cache, or {@code null} if it has none
 * @param hedges the counters of its hedging, or {@code null} if it has none
 * @param rate the counters of its rate limit, or {@code null} if it has none
 * @param counts its activity, or {@code null}
 * @param lastError its most recent error, or {@code null}
 * @param recent its last exchanges, newest first
 */
record SessionDescriptor(String bean, boolean created, Map<String, EffectiveSettings.Setting> settings,
		List<Mount> mounts, List<Pool> pools, List<String> interceptors, Map<String, String> breakers,
		@Nullable Budget retryBudget, SessionConcurrency.@Nullable State concurrency, List<InstanceState> instances,
		@Nullable CacheStatistics cache, @Nullable HedgingStatistics hedges, @Nullable Rate rate,
		SessionActivity.@Nullable Counts counts, SessionActivity.@Nullable LastError lastError,
		List<RecentExchanges.Entry> recent) implements OperationResponseBody {

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
	 * The connections to one origin. Immutable.
	 *
	 * @param origin the scheme, host and port
	 * @param proxy the proxy, without its password, or {@code null} if there is none
	 * @param connections the state of the connections
	 */
	record Pool(String origin, @Nullable String proxy, PoolStatistics connections) {

		static Pool of(PoolKey key, PoolStatistics connections) {

			String proxy = key.proxy();
			return new Pool(key.scheme() + "://" + IpAddress.withBrackets(key.host()) + ":" + key.port(),
					(proxy != null) ? UrlText.masked(proxy) : null, connections);
		}

	}

	/**
	 * The budget of retries. Immutable.
	 *
	 * @param percent how many retries 100 requests allow
	 * @param available how many retries are possible at once
	 * @param suppressed how many retries were not made because it was used up
	 */
	record Budget(int percent, int available, long suppressed) {

		static @Nullable Budget of(@Nullable RetryBudget budget) {
			return (budget != null) ? new Budget(budget.percent(), budget.available(), budget.suppressed()) : null;
		}

	}

	/**
	 * The counters of a rate limit. Immutable.
	 *
	 * @param waits the number of requests that waited
	 * @param waitedMilliseconds how long they waited in total
	 * @param rejectedByLimit the number of requests that the limit rejected
	 * @param rejectedByRetryAfter the number of requests that were rejected because of a
	 * Retry-After
	 * @param fallbacks the number of requests that were decided without the shared store
	 */
	record Rate(long waits, long waitedMilliseconds, long rejectedByLimit, long rejectedByRetryAfter, long fallbacks) {

		static Rate of(ThrottleStatistics statistics) {
			return new Rate(statistics.waits(), TimeUnit.NANOSECONDS.toMillis((long) statistics.waitedNanos()),
					statistics.limited(), statistics.deferred(), statistics.fallbacks());
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
