package io.github.requests4j.adapters;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.ConcurrentAttempt;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.Limits;
import io.github.requests4j.internal.wire.WireConnection;

/**
 * The pools of an adapter, one {@link Route} for each key. Thread-safe, also for virtual
 * threads. The pool has no thread of its own: it closes expired connections when others
 * are released. Not final, so that tests can open their own connections.
 */
class ConnectionPool {

	private static final long SWEEP_NANOS = Duration.ofSeconds(1).toNanos();

	private final PoolSettings settings;

	private final Limits limits;

	private final ConcurrentHashMap<PoolKey, Route> routes = new ConcurrentHashMap<>();

	private final ReentrantLock growLock = new ReentrantLock();

	private volatile long lastSweep = System.nanoTime();

	private volatile boolean retired;

	private final CountDownLatch closing = new CountDownLatch(1);

	/** The pauses that end when the pool is closed, of attempts that may be cancelled. */
	private final Set<CountDownLatch> pauses = ConcurrentHashMap.newKeySet();

	ConnectionPool(PoolSettings settings, Limits limits) {
		this.settings = settings;
		this.limits = limits;
	}

	/** Creates a connection that is not connected yet. */
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
				route.releasePermit();
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
		long now = System.nanoTime();
		while (handle != null && !handle.isUsable(now, this.settings, repeatable)) {
			route.drop(handle);
			handle.close();
			handle = route.takeIdle();
		}
		if (handle != null) {
			handle.refreshAddresses(now);
		}
		return handle;
	}

	private Route acquire(Plan plan, int attempt) {
		Deadline deadline = plan.options().deadline();
		long limit = (this.settings.timeout() != null) ? Deadline.nanos(this.settings.timeout()) : Long.MAX_VALUE;
		long wait = (deadline != null) ? Math.min(limit, deadline.remainingNanos()) : limit;
		ConcurrentAttempt concurrent = plan.concurrent();
		try {
			while (!isClosed()) {
				Route route = route(plan.key());
				if (route.acquire(wait, concurrent)) {
					return route;
				}
				if (concurrent != null && concurrent.isCancelled()) {
					throw plan.failures(attempt).cancelled(null);
				}
				if (!route.isClosed()) {
					throw plan.failures(attempt).poolExhausted(this.settings);
				}
				// The route was closed after it was looked up. The next lookup makes a
				// new one.
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
		this.growLock.lock();
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
			this.growLock.unlock();
			closeAll(leftovers);
		}
	}

	/**
	 * Removes the least recently used routes until at most {@code max} remain. Routes in
	 * use stay, even if they exceed the limit.
	 * @param exempt a route that stays in any case
	 */
	private void removeOldest(int max, @Nullable Route exempt, List<ConnectionHandle> leftovers) {
		int surplus = this.routes.size() - max;
		if (surplus <= 0) {
			return;
		}
		List<Route> byAge = new ArrayList<>(this.routes.values());
		long now = System.nanoTime();
		byAge.sort((one, other) -> Long.compare(now - other.lastUsed(), now - one.lastUsed()));
		for (Route route : byAge) {
			List<ConnectionHandle> idle = (surplus > 0 && route != exempt) ? route.closeIfUnused() : null;
			if (idle != null) {
				this.routes.remove(route.key(), route);
				leftovers.addAll(idle);
				surplus--;
			}
		}
	}

	/**
	 * Returns a connection to the pool.
	 * @param reusable whether it may serve another request
	 */
	void release(ConnectionHandle handle, boolean reusable) {
		long now = System.nanoTime();
		boolean keep = reusable && !this.retired && !isClosed() && !handle.isTooOld(now, this.settings);
		ConnectionHandle surplus = handle.route().release(handle, keep, now);
		if (surplus != null) {
			surplus.close();
		}
		if (keep && this.retired) {
			// retire() has missed this connection if it was not idle at that time.
			closeAll(handle.route().takeAllIdle());
		}
		shrink(handle.route());
		sweep(now);
	}

	/**
	 * Removes routes that exceed the limit because all routes were in use when they were
	 * added. The route that was just used stays. Otherwise it would lose its connection
	 * after each request while other routes are in use for a long time.
	 */
	private void shrink(Route justUsed) {
		if (this.routes.size() <= this.settings.connections()) {
			return;
		}
		List<ConnectionHandle> leftovers = new ArrayList<>();
		this.growLock.lock();
		try {
			removeOldest(this.settings.connections(), justUsed, leftovers);
		}
		finally {
			this.growLock.unlock();
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
	 * Closes idle connections, and later those in use when they are released. New
	 * requests still get connections, but those are not kept.
	 */
	void retire() {
		this.retired = true;
		for (Route route : this.routes.values()) {
			closeAll(route.takeAllIdle());
		}
	}

	/**
	 * Closes idle connections and fails calls that wait for a connection or a response.
	 * Bodies that are being read stay readable.
	 */
	void close() {
		this.closing.countDown();
		this.pauses.forEach(CountDownLatch::countDown);
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

	/**
	 * Waits until the time is over or the pool is closed.
	 * @return whether the pool was closed
	 */
	boolean awaitClose(long nanos) throws InterruptedException {
		return this.closing.await(nanos, TimeUnit.NANOSECONDS);
	}

	/**
	 * Waits until the time is over, the pool is closed, or an attempt, if there is one,
	 * is cancelled.
	 * @return whether the pool was closed
	 */
	boolean awaitClose(long nanos, @Nullable ConcurrentAttempt attempt) throws InterruptedException {
		if (attempt == null) {
			return awaitClose(nanos);
		}
		CountDownLatch end = new CountDownLatch(1);
		this.pauses.add(end);
		try {
			attempt.beginWait(end::countDown);
			// A close before the latch was added has missed it.
			return isClosed() || (end.await(nanos, TimeUnit.NANOSECONDS) && isClosed());
		}
		finally {
			this.pauses.remove(end);
		}
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
