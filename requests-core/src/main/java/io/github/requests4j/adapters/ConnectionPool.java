package io.github.requests4j.adapters;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.Limits;
import io.github.requests4j.internal.wire.WireConnection;

/**
 * The pools of an adapter, one {@link Route} for each key. Safe for many threads, virtual
 * ones too; works without a thread of its own: what is too old goes when connections are
 * taken and given back. Not final, so that tests can open connections of their own.
 */
class ConnectionPool {

	private static final long SWEEP_NANOS = Duration.ofSeconds(1).toNanos();

	private final PoolSettings settings;

	private final Limits limits;

	private final ConcurrentHashMap<PoolKey, Route> routes = new ConcurrentHashMap<>();

	private final ReentrantLock growing = new ReentrantLock();

	private volatile long lastSweep = System.nanoTime();

	private final CountDownLatch closing = new CountDownLatch(1);

	ConnectionPool(PoolSettings settings, Limits limits) {
		this.settings = settings;
		this.limits = limits;
	}

	/** Makes a connection that is not connected yet. */
	ConnectionHandle open(PoolKey key, Route route) {
		return new ConnectionHandle(key, route, new WireConnection(this.limits));
	}

	private static void closeAll(List<ConnectionHandle> handles) {
		for (ConnectionHandle handle : handles) {
			handle.close();
		}
	}

	/**
	 * Leases a connection: an idle one that is still usable, or a new one that is not
	 * connected yet.
	 * @param plan the request that needs the connection
	 * @param attempt the number of the attempt, for messages
	 * @param fresh whether the connection must be a new one
	 */
	ConnectionHandle lease(Plan plan, int attempt, boolean fresh) {
		Route route = acquire(plan, attempt);
		boolean leased = false;
		try {
			ConnectionHandle handle = fresh ? null : usableIdle(route, plan.isRepeatable());
			if (handle == null) {
				handle = newConnection(plan, attempt, route);
			}
			leased = true;
			return handle;
		}
		finally {
			if (!leased) {
				route.cancel();
			}
		}
	}

	private ConnectionHandle newConnection(Plan plan, int attempt, Route route) {
		ConnectionHandle handle = open(plan.key(), route);
		List<ConnectionHandle> surplus = new ArrayList<>(1);
		boolean registered = route.register(handle, surplus);
		closeAll(surplus);
		// The pool may have been closed before this route was added to it.
		if (!registered || isClosed()) {
			route.drop(handle);
			handle.close();
			throw plan.failures(attempt).closed();
		}
		return handle;
	}

	private @Nullable ConnectionHandle usableIdle(Route route, boolean repeatable) {
		ConnectionHandle handle = route.takeIdle();
		while (handle != null && !handle.isUsable(this.settings, repeatable)) {
			route.drop(handle);
			handle.close();
			handle = route.takeIdle();
		}
		return handle;
	}

	private Route acquire(Plan plan, int attempt) {
		Deadline deadline = plan.options().deadline();
		long limit = (this.settings.timeout() != null) ? Deadline.nanos(this.settings.timeout()) : Long.MAX_VALUE;
		long wait = (deadline != null) ? Math.min(limit, deadline.remainingNanos()) : limit;
		try {
			while (!isClosed()) {
				Route route = route(plan.key());
				if (route.acquire(wait)) {
					return route;
				}
				if (!route.isClosed()) {
					throw plan.failures(attempt).poolExhausted(this.settings);
				}
				// The route was closed after it was looked up. The next lookup makes a
				// new
				// one.
				this.routes.remove(plan.key(), route);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw plan.failures(attempt).interruptedInPool(ex);
		}
		throw plan.failures(attempt).closed();
	}

	private Route route(PoolKey key) {
		Route route = this.routes.get(key);
		return (route != null) ? route : newRoute(key);
	}

	private Route newRoute(PoolKey key) {
		List<ConnectionHandle> leftovers = new ArrayList<>();
		this.growing.lock();
		try {
			Route route = this.routes.get(key);
			if (route == null) {
				removeOldest(this.settings.connections() - 1, null, leftovers);
				route = new Route(key, this.settings);
				this.routes.put(key, route);
			}
			return route;
		}
		finally {
			this.growing.unlock();
			closeAll(leftovers);
		}
	}

	/**
	 * Removes the routes that were used longest ago, until there are no more than so
	 * many; those in use stay, even if there are more than there should be.
	 * @param spared a route that stays in any case
	 */
	private void removeOldest(int most, @Nullable Route spared, List<ConnectionHandle> leftovers) {
		int surplus = this.routes.size() - most;
		if (surplus <= 0) {
			return;
		}
		List<Route> byAge = new ArrayList<>(this.routes.values());
		long now = System.nanoTime();
		byAge.sort((one, other) -> Long.compare(now - other.lastUsed(), now - one.lastUsed()));
		for (Route route : byAge) {
			List<ConnectionHandle> idle = (surplus > 0 && route != spared) ? route.closeIfUnused() : null;
			if (idle != null) {
				this.routes.remove(route.key(), route);
				leftovers.addAll(idle);
				surplus--;
			}
		}
	}

	/**
	 * Gives a connection back.
	 * @param reusable whether it may serve another request
	 */
	void release(ConnectionHandle handle, boolean reusable) {
		long now = System.nanoTime();
		boolean keep = reusable && !isClosed() && !handle.isTooOld(now, this.settings);
		ConnectionHandle surplus = handle.route().giveBack(handle, keep, now);
		if (surplus != null) {
			surplus.close();
		}
		shrink(handle.route());
		sweep(now);
	}

	/**
	 * Removes routes that are there only because all were in use when another one was
	 * needed. The one that was used just now is none of them: beside others that are in
	 * use for long it would lose its connection after each request.
	 */
	private void shrink(Route justUsed) {
		if (this.routes.size() <= this.settings.connections()) {
			return;
		}
		List<ConnectionHandle> leftovers = new ArrayList<>();
		this.growing.lock();
		try {
			removeOldest(this.settings.connections(), justUsed, leftovers);
		}
		finally {
			this.growing.unlock();
			closeAll(leftovers);
		}
	}

	private void sweep(long now) {
		if (this.settings.idleTimeout() == null && this.settings.timeToLive() == null) {
			return;
		}
		if (now - this.lastSweep < SWEEP_NANOS) {
			return;
		}
		this.lastSweep = now;
		List<ConnectionHandle> expired = new ArrayList<>();
		this.routes.values().forEach((route) -> route.takeExpired(now, expired));
		closeAll(expired);
	}

	/**
	 * Closes what is idle, and ends what waits for a connection or a response; bodies
	 * that are being read stay.
	 */
	void close() {
		this.closing.countDown();
		for (Route route : this.routes.values()) {
			for (ConnectionHandle handle : route.close()) {
				handle.abort();
			}
		}
		this.routes.clear();
	}

	boolean isClosed() {
		return this.closing.getCount() == 0;
	}

	/** Sleeps, unless the pool is closed before. */
	boolean awaitClose(long nanos) throws InterruptedException {
		return this.closing.await(nanos, TimeUnit.NANOSECONDS);
	}

	PoolStatistics statistics() {
		PoolStatistics sum = PoolStatistics.NONE;
		for (Route route : this.routes.values()) {
			sum = sum.plus(route.statistics());
		}
		return sum;
	}

	Map<PoolKey, PoolStatistics> statisticsByKey() {
		Map<PoolKey, PoolStatistics> byKey = new LinkedHashMap<>();
		this.routes.forEach((key, route) -> byKey.put(key, route.statistics()));
		return byKey;
	}

}
