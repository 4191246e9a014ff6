package io.github.requests4j.adapters;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.ConcurrentAttempt;
import io.github.requests4j.http.HostResolver;
import io.github.requests4j.internal.wire.HostAddresses;
import io.github.requests4j.internal.wire.LimitWatch;

/**
 * The connections of one {@link PoolKey}. Leasing and releasing a connection takes no
 * lock: the thread that changes a connection from idle to leased owns it. A thread gets
 * the connection that it used last if that one is idle, otherwise the most recently used
 * one, so that connections that are not needed expire. No I/O happens while the lock of
 * the list is held.
 */
final class Route {

	/** A power of two. */
	private static final int HINTS = 64;

	private static final int CLOSED = Integer.MIN_VALUE;

	private static final ConnectionHandle[] NONE = new ConnectionHandle[0];

	private final PoolKey key;

	private final PoolSettings settings;

	/** The number of permits in use, with the sign bit set once the route is closed. */
	private final AtomicInteger users = new AtomicInteger();

	private final AtomicInteger waiting = new AtomicInteger();

	/**
	 * One permit for each that was released while a thread waited; may have more than
	 * needed.
	 */
	private final Semaphore wakeUps = new Semaphore(0);

	/** One semaphore for each waiting thread whose attempt may be cancelled. */
	private final Queue<Semaphore> cancellable = new ConcurrentLinkedQueue<>();

	private final ReentrantLock listLock = new ReentrantLock();

	/** All connections, idle or not. Replaced when a connection is added or removed. */
	private volatile ConnectionHandle[] all = NONE;

	private final AtomicReferenceArray<ConnectionHandle> hints = new AtomicReferenceArray<>(HINTS);

	private volatile long lastUsed = System.nanoTime();

	private final AtomicReference<@Nullable HostAddresses> addresses = new AtomicReference<>();

	Route(PoolKey key, PoolSettings settings) {
		this.key = key;
		this.settings = settings;
	}

	/**
	 * Acquires a permit to use one more connection.
	 * @param nanos how long to wait in blocking mode
	 * @param attempt an attempt that may be cancelled while it waits, or {@code null}
	 * @return whether it was acquired; if not, the time is over, the route is closed, or
	 * the attempt is cancelled
	 */
	boolean acquire(long nanos, @Nullable ConcurrentAttempt attempt) throws InterruptedException {
		return tryAcquire() || (!isClosed() && ((attempt != null) ? await(nanos, attempt) : await(nanos)));
	}

	private boolean tryAcquire() {
		int max = this.settings.block() ? this.settings.maxsize() : Integer.MAX_VALUE;
		int now = this.users.get();
		while (now >= 0 && now < max) {
			if (this.users.compareAndSet(now, now + 1)) {
				this.lastUsed = System.nanoTime();
				return true;
			}
			now = this.users.get();
		}
		return false;
	}

	/** Returns whether the route is closed, so that callers must look up a new one. */
	boolean isClosed() {
		return this.users.get() < 0;
	}

	private boolean await(long nanos) throws InterruptedException {
		long end = LimitWatch.after(LimitWatch.now(), Math.max(0, nanos));
		this.waiting.incrementAndGet();
		try {
			boolean granted = tryAcquire();
			while (!granted && !isClosed()) {
				if (!this.wakeUps.tryAcquire(end - LimitWatch.now(), TimeUnit.NANOSECONDS)) {
					return tryAcquire();
				}
				granted = tryAcquire();
			}
			return granted;
		}
		finally {
			this.waiting.decrementAndGet();
		}
	}

	/**
	 * Waits for a permit like {@link #await(long)}, with a semaphore of its own, so that
	 * cancelling the attempt wakes up this thread and no other.
	 */
	private boolean await(long nanos, ConcurrentAttempt attempt) throws InterruptedException {
		long end = LimitWatch.after(LimitWatch.now(), Math.max(0, nanos));
		Semaphore wakeUp = new Semaphore(0);
		attempt.beginWait(wakeUp::release);
		this.waiting.incrementAndGet();
		this.cancellable.add(wakeUp);
		boolean granted = false;
		try {
			boolean inTime = true;
			while (!granted && inTime && !isClosed() && !attempt.isCancelled()) {
				granted = tryAcquire();
				if (!granted) {
					inTime = wakeUp.tryAcquire(end - LimitWatch.now(), TimeUnit.NANOSECONDS);
					requeue(wakeUp);
				}
			}
			granted = granted || (!isClosed() && !attempt.isCancelled() && tryAcquire());
			return granted;
		}
		finally {
			this.waiting.decrementAndGet();
			boolean woken = !this.cancellable.remove(wakeUp);
			if (woken || !granted) {
				// Another thread may need the permit that woke up this one.
				wakeUpCancellable();
			}
		}
	}

	/** Makes sure that the next permit wakes up a thread that got none. */
	private void requeue(Semaphore wakeUp) {
		if (!this.cancellable.contains(wakeUp)) {
			this.cancellable.add(wakeUp);
		}
	}

	private void wakeUpCancellable() {
		Semaphore next = this.cancellable.poll();
		if (next != null) {
			next.release();
		}
	}

	/** Releases a permit, with or without a connection. */
	void releasePermit() {
		this.users.decrementAndGet();
		if (this.waiting.get() > 0) {
			this.wakeUps.release();
			wakeUpCancellable();
		}
	}

	/** Takes an idle connection, or returns null. The caller must have a permit. */
	@Nullable ConnectionHandle takeIdle() {
		int slot = (int) Thread.currentThread().getId() & (HINTS - 1);
		ConnectionHandle own = this.hints.get(slot);
		if (own != null && own.lease()) {
			return own;
		}
		ConnectionHandle newest = newestIdle();
		while (newest != null) {
			if (newest.lease()) {
				return newest;
			}
			newest = newestIdle();
		}
		return null;
	}

	private @Nullable ConnectionHandle newestIdle() {
		ConnectionHandle newest = null;
		for (ConnectionHandle handle : this.all) {
			if (handle.isIdle() && (newest == null || handle.idleSince() - newest.idleSince() > 0)) {
				newest = handle;
			}
		}
		return newest;
	}

	private @Nullable ConnectionHandle takeOldestIdle() {
		ConnectionHandle oldest = null;
		for (ConnectionHandle handle : this.all) {
			if (handle.isIdle() && (oldest == null || handle.idleSince() - oldest.idleSince() < 0)) {
				oldest = handle;
			}
		}
		return (oldest != null && oldest.lease()) ? oldest : null;
	}

	/**
	 * Adds a new connection. In blocking mode, it replaces an idle one if the pool is
	 * full.
	 * @param surplus receives the connections to close
	 * @return {@code false} if the route was closed in the meantime
	 */
	boolean register(ConnectionHandle handle, List<ConnectionHandle> surplus) {
		// A thread with a permit has at most one connection. So one is idle, or another
		// thread is removing one and needs the lock.
		while (!tryRegister(handle, surplus)) {
			Thread.yield();
		}
		return this.users.get() >= 0;
	}

	private boolean tryRegister(ConnectionHandle handle, List<ConnectionHandle> surplus) {
		this.listLock.lock();
		try {
			if (this.settings.block() && this.all.length >= this.settings.maxsize()) {
				ConnectionHandle idle = takeOldestIdle();
				if (idle == null) {
					return false;
				}
				remove(idle);
				surplus.add(idle);
			}
			ConnectionHandle[] more = Arrays.copyOf(this.all, this.all.length + 1);
			more[more.length - 1] = handle;
			this.all = more;
			return true;
		}
		finally {
			this.listLock.unlock();
		}
	}

	/** Removes a connection that cannot be used, but keeps the permit. */
	void drop(ConnectionHandle handle) {
		this.listLock.lock();
		try {
			remove(handle);
		}
		finally {
			this.listLock.unlock();
		}
	}

	private void remove(ConnectionHandle handle) {
		List<ConnectionHandle> rest = new ArrayList<>(List.of(this.all));
		rest.remove(handle);
		this.all = rest.toArray(NONE);
		for (int i = 0; i < HINTS; i++) {
			this.hints.compareAndSet(i, handle, null);
		}
	}

	/**
	 * Releases the permit, and keeps the connection if it is reusable.
	 * @param keep whether the connection may serve another request
	 * @return a connection to close, or {@code null}
	 */
	@Nullable ConnectionHandle release(ConnectionHandle handle, boolean keep, long now) {
		ConnectionHandle surplus = handle;
		if (keep) {
			int slot = (int) Thread.currentThread().getId() & (HINTS - 1);
			handle.idle(now);
			this.hints.lazySet(slot, handle);
			// close() has missed this connection if it was not idle at that time.
			surplus = (this.users.get() < 0) ? (handle.lease() ? handle : null) : surplusIdle();
		}
		if (surplus != null) {
			drop(surplus);
		}
		releasePermit();
		return surplus;
	}

	private @Nullable ConnectionHandle surplusIdle() {
		if (this.all.length <= this.settings.maxsize()) {
			return null;
		}
		while (idle() > this.settings.maxsize()) {
			ConnectionHandle oldest = takeOldestIdle();
			if (oldest != null) {
				return oldest;
			}
			// Another thread took the same one; there may still be too many.
		}
		return null;
	}

	private int idle() {
		int idle = 0;
		for (ConnectionHandle handle : this.all) {
			idle += handle.isIdle() ? 1 : 0;
		}
		return idle;
	}

	/** Removes the idle connections that have expired or lead to a former address. */
	void takeExpired(long now, List<ConnectionHandle> target) {
		for (ConnectionHandle handle : this.all) {
			if (handle.isIdle() && handle.hasExpired(now, this.settings) && handle.lease()) {
				drop(handle);
				target.add(handle);
			}
		}
	}

	/** Closes the idle connections that have expired or lead to a former address. */
	void closeExpired() {
		List<ConnectionHandle> expired = new ArrayList<>();
		takeExpired(System.nanoTime(), expired);
		for (ConnectionHandle handle : expired) {
			handle.close();
		}
	}

	/**
	 * Returns the known addresses of the host that connections lead to, which may be a
	 * proxy.
	 * @param ageNanos how old a lookup may be
	 */
	HostAddresses addressesOf(String host, HostResolver resolver, long ageNanos) {
		HostAddresses known = this.addresses.get();
		while (known == null || !known.host().equals(host)) {
			HostAddresses fresh = new HostAddresses(host, resolver, ageNanos);
			if (this.addresses.compareAndSet(known, fresh)) {
				return fresh;
			}
			known = this.addresses.get();
		}
		return known;
	}

	/**
	 * Closes the route if no thread uses it or waits for it.
	 * @return its idle connections, or {@code null} if the route is in use
	 */
	@Nullable List<ConnectionHandle> closeIfUnused() {
		boolean unused = this.waiting.get() == 0 && this.users.compareAndSet(0, CLOSED);
		return unused ? takeAllIdle() : null;
	}

	/**
	 * Closes the route.
	 * @return its idle connections, and those that still wait for their response
	 */
	List<ConnectionHandle> close() {
		int now = this.users.get();
		while (!this.users.compareAndSet(now, now | CLOSED)) {
			now = this.users.get();
		}
		List<ConnectionHandle> handles = takeAllIdle();
		for (ConnectionHandle handle : this.all) {
			if (handle.phase() == ConnectionHandle.Phase.EXCHANGE) {
				handles.add(handle);
			}
		}
		this.wakeUps.release(this.waiting.get());
		this.cancellable.forEach(Semaphore::release);
		return handles;
	}

	/** Removes the idle connections, which the caller closes. */
	List<ConnectionHandle> takeAllIdle() {
		List<ConnectionHandle> idle = new ArrayList<>();
		for (ConnectionHandle handle : this.all) {
			if (handle.lease()) {
				drop(handle);
				idle.add(handle);
			}
		}
		return idle;
	}

	PoolKey key() {
		return this.key;
	}

	long lastUsed() {
		return this.lastUsed;
	}

	PoolStatistics statistics() {
		return new PoolStatistics(this.users.get() & ~CLOSED, idle(), this.waiting.get(), this.settings.maxsize());
	}

}
