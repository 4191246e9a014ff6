package io.github.requests4j.spring.internal.session;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.PoolStatistics;
import io.github.requests4j.adapters.RetryBudget;
import io.github.requests4j.cache.HttpCache;
import io.github.requests4j.hedging.Hedging;
import io.github.requests4j.hedging.HedgingStatistics;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.internal.session.Replaceable;
import io.github.requests4j.spring.internal.balancing.BalancedAdapter;
import io.github.requests4j.spring.internal.balancing.InstanceState;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.SessionProperties;

/**
 * The sessions that Spring has created so far. Sessions are lazy, and monitoring must not
 * create them. Thread-safe.
 */
public final class LiveSessions {

	private static final Pattern PERCENTAGE = Pattern.compile("(\\d{1,3}) ?%?");

	private final ConfiguredSessions configured;

	private final Map<String, Session> created = new ConcurrentHashMap<>();

	private final Map<String, Map<Integer, RetryBudget>> budgets = new ConcurrentHashMap<>();

	/** What the replaced transports of a session have counted. */
	private final Map<String, HedgingStatistics> replacedHedges = new ConcurrentHashMap<>();

	/** Held while settings and sessions are replaced, never while sessions are built. */
	private final Lock replacing = new ReentrantLock();

	/**
	 * Creates an empty registry.
	 * @param configured the sessions of the configuration
	 */
	public LiveSessions(ConfiguredSessions configured) {
		this.configured = configured;
	}

	/**
	 * Adds a newly created session.
	 * @param name the name
	 * @param session the session
	 */
	public void add(String name, Session session) {
		this.created.put(name, session);
	}

	/**
	 * Returns the names of all sessions that are configured or have been created.
	 * @return the names; {@link ConfiguredSessions#DEFAULT_NAME} if there are none
	 */
	public Set<String> names() {
		Set<String> names = new LinkedHashSet<>(this.configured.names());
		names.addAll(this.created.keySet());
		return names.isEmpty() ? Set.of(ConfiguredSessions.DEFAULT_NAME) : names;
	}

	/**
	 * Returns a session if it has been created.
	 * @param name the name
	 * @return the session, or {@code null} if it has not been created yet
	 */
	public @Nullable Session get(String name) {
		return this.created.get(name);
	}

	/**
	 * Replaces settings and all sessions that have them in one step.
	 * @param names the sessions whose settings change
	 * @param candidates sessions with the new settings, by name
	 * @param apply makes the new settings the current ones
	 * @return the sessions that exist without a candidate, because they were created in
	 * the meantime; if there are any, nothing was replaced
	 */
	public Set<String> replace(Set<String> names, Map<String, Session> candidates, Runnable apply) {
		this.replacing.lock();
		try {
			Set<String> missing = new LinkedHashSet<>(this.created.keySet());
			missing.retainAll(names);
			missing.removeAll(candidates.keySet());
			if (missing.isEmpty()) {
				apply.run();
				candidates.forEach(this::replace);
			}
			return missing;
		}
		finally {
			this.replacing.unlock();
		}
	}

	private void replace(String name, Session candidate) {
		Set<Hedging> replaced = hedgings(name);
		replaceable(name).replaceWith(candidate);
		replaced.removeAll(hedgings(name));
		replaced.forEach((hedging) -> this.replacedHedges.merge(name, hedging.statistics(), HedgingStatistics::plus));
	}

	/**
	 * Closes a session that is not needed after all, except for the parts that it shares
	 * with the existing one.
	 * @param name the name
	 * @param candidate the session with the new settings
	 */
	public void discard(String name, Session candidate) {
		replaceable(name).discard(candidate);
	}

	private Replaceable replaceable(String name) {
		return (Replaceable) Objects.requireNonNull(this.created.get(name));
	}

	/**
	 * Returns the cache of a session.
	 * @param name the name
	 * @return the cache, or {@code null} if the session has none or was not created yet
	 */
	public @Nullable HttpCache cache(String name) {
		Session session = this.created.get(name);
		return (session != null) ? session.adapters()
			.values()
			.stream()
			.map(HttpCache::of)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null) : null;
	}

	/**
	 * Returns the hedges of all transports of a session, including those that a refresh
	 * has replaced.
	 * @param name the name
	 * @return the total since the start, or {@code null} if the session never had hedging
	 * or was not created yet
	 */
	public @Nullable HedgingStatistics hedges(String name) {
		this.replacing.lock();
		try {
			HedgingStatistics total = this.replacedHedges.get(name);
			for (Hedging hedging : hedgings(name)) {
				total = (total != null) ? total.plus(hedging.statistics()) : hedging.statistics();
			}
			return total;
		}
		finally {
			this.replacing.unlock();
		}
	}

	private Set<Hedging> hedgings(String name) {
		Session session = this.created.get(name);
		Set<Hedging> all = new LinkedHashSet<>();
		if (session != null) {
			for (Adapter adapter : session.adapters().values()) {
				Hedging hedging = Hedging.of(adapter);
				if (hedging != null) {
					all.add(hedging);
				}
			}
		}
		return all;
	}

	/**
	 * Returns the instances over which a session balances its requests.
	 * @param name the name
	 * @return the state of each, in the order of the base URLs or by name; empty if the
	 * session does not balance or was not created yet
	 */
	public List<InstanceState> instances(String name) {
		Session session = this.created.get(name);
		return (session != null) ? BalancedAdapter.states(session.adapters().values()) : List.of();
	}

	/**
	 * Returns the budget that all retries of a session share, whether or not the session
	 * was created.
	 * @param name the name
	 * @return the budget, or {@code null} if the configuration switches it off
	 * @throws IllegalArgumentException if the configured value is not a percentage
	 */
	public @Nullable RetryBudget retryBudget(String name) {
		String value = this.configured.get(name).retryBudget().toLowerCase(Locale.ROOT);
		if (SessionProperties.isOff(value)) {
			return null;
		}
		Matcher percentage = PERCENTAGE.matcher(value);
		if (!percentage.matches()) {
			throw new IllegalArgumentException(
					"'" + value + "' is neither a percentage of the requests, such as 20%, nor off.");
		}
		int percent = Integer.parseInt(percentage.group(1));
		return this.budgets.computeIfAbsent(name, (key) -> new ConcurrentHashMap<>())
			.computeIfAbsent(percent, RetryBudget::ofPercent);
	}

	/**
	 * Returns how many retries did not take place because the budget was used up.
	 * @param name the name
	 * @return the number since the start
	 */
	public long suppressedRetries(String name) {
		return this.budgets.getOrDefault(name, Map.of()).values().stream().mapToLong(RetryBudget::suppressed).sum();
	}

	/**
	 * Returns the total pool statistics of all transports of a session.
	 * @param name the name
	 * @return the total, which is zero without connections
	 */
	public PoolStatistics pool(String name) {
		int leased = 0;
		int available = 0;
		int pending = 0;
		int max = 0;
		for (HttpAdapter transport : transports(name)) {
			PoolStatistics pool = transport.poolStatistics();
			leased += pool.leased();
			available += pool.available();
			pending += pool.pending();
			max += pool.max();
		}
		return new PoolStatistics(leased, available, pending, max);
	}

	/**
	 * Returns the transports of a session, each once: a balancer and its transport are
	 * both mounted, and one transport may be mounted for several prefixes.
	 * @param name the name of the session
	 * @return the transports; empty if the session does not exist yet
	 */
	public Set<HttpAdapter> transports(String name) {
		Set<HttpAdapter> transports = new LinkedHashSet<>();
		Session session = this.created.get(name);
		if (session != null) {
			for (Adapter adapter : session.adapters().values()) {
				HttpAdapter transport = transport(adapter);
				if (transport != null) {
					transports.add(transport);
				}
			}
		}
		return transports;
	}

	/**
	 * Returns the pool statistics of an adapter or of the transport that it wraps.
	 * @param adapter the adapter
	 * @return the statistics, or {@code null} if there is no transport
	 */
	public static @Nullable PoolStatistics pool(Adapter adapter) {
		HttpAdapter transport = transport(adapter);
		return (transport != null) ? transport.poolStatistics() : null;
	}

	private static @Nullable HttpAdapter transport(Adapter adapter) {
		for (Adapter inner = adapter; inner != null; inner = inner.delegate()) {
			if (inner instanceof HttpAdapter transport) {
				return transport;
			}
		}
		return null;
	}

}
