package io.github.requests4j.adapters;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.wire.LimitWatch;

/**
 * The connections of one {@link PoolKey}. Leasing one and giving it back takes no lock: a
 * connection belongs to the thread that moves it from idle to leased. A thread gets the
 * connection that it used last, if that one is free, and otherwise the one that was used
 * last by anybody, so that those which are not needed grow old and go. Nothing is sent,
 * read or closed under the lock that guards the list.
 */
final class Route {

	/** A power of two. */
	private static final int HINTS = 64;

	private static final int CLOSED = Integer.MIN_VALUE;

	private static final ConnectionHandle[] NONE = new ConnectionHandle[0];

	private final PoolKey key;

	private final PoolSettings settings;

	/** How many rights are out, with a sign bit once the route is closed. */
	private final AtomicInteger users = new AtomicInteger();

	private final AtomicInteger waiting = new AtomicInteger();

	/**
	 * One for each right that came back while somebody waited; never less than needed.
	 */
	private final Semaphore wakeUps = new Semaphore(0);

	private final ReentrantLock changing = new ReentrantLock();

	/** All connections, idle or not. Replaced as a whole when one comes or goes. */
	private volatile ConnectionHandle[] all = NONE;

	private final AtomicReferenceArray<ConnectionHandle> hints = new AtomicReferenceArray<>(HINTS);

	private volatile long lastUsed = System.nanoTime();

	Route(PoolKey key, PoolSettings settings) {
		this.key = key;
		this.settings = settings;
	}

	/**
	 * Asks for the right to use one more connection.
	 * @param nanos how long to wait for it in blocking mode
	 * @return whether it was granted; otherwise the time is over or the route is closed
	 */
	boolean acquire(long nanos) throws InterruptedException {
		return tryAcquire() || (!isClosed() && await(nanos));
	}

	private boolean tryAcquire() {
		int most = this.settings.block() ? this.settings.maxsize() : Integer.MAX_VALUE;
		int now = this.users.get();
		while (now >= 0 && now < most) {
			if (this.users.compareAndSet(now, now + 1)) {
				this.lastUsed = System.nanoTime();
				return true;
			}
			now = this.users.get();
		}
		return false;
	}

	/** Whether the route is gone, so that it has to be looked up anew. */
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

	/** Gives back a right, for a connection or for none. */
	void cancel() {
		this.users.decrementAndGet();
		if (this.waiting.get() > 0) {
			this.wakeUps.release();
		}
	}

	/** Takes an idle connection; the right to use one must have been granted. */
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
	 * Counts in a new connection. In blocking mode it takes the place of an idle one if
	 * there would be too many.
	 * @param surplus gets what is to be closed
	 * @return {@code false} if the route was closed meanwhile
	 */
	boolean register(ConnectionHandle handle, List<ConnectionHandle> surplus) {
		// A thread with a right has at most one connection, so one is idle, or another
		// thread is taking one out and needs the lock for it.
		while (!tryRegister(handle, surplus)) {
			Thread.yield();
		}
		return this.users.get() >= 0;
	}

	private boolean tryRegister(ConnectionHandle handle, List<ConnectionHandle> surplus) {
		this.changing.lock();
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
			this.changing.unlock();
		}
	}

	/** Drops a connection that proved useless, but keeps the right to use another one. */
	void drop(ConnectionHandle handle) {
		this.changing.lock();
		try {
			remove(handle);
		}
		finally {
			this.changing.unlock();
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
	 * Gives back the right to use a connection, and the connection if it is still good.
	 * @param keep whether the connection may serve again
	 * @return a connection to close, or {@code null}
	 */
	@Nullable ConnectionHandle giveBack(ConnectionHandle handle, boolean keep, long now) {
		ConnectionHandle surplus = handle;
		if (keep) {
			int slot = (int) Thread.currentThread().getId() & (HINTS - 1);
			handle.idle(now);
			this.hints.lazySet(slot, handle);
			// A close that came before this connection was idle has not found it.
			surplus = (this.users.get() < 0) ? (handle.lease() ? handle : null) : surplusIdle();
		}
		if (surplus != null) {
			drop(surplus);
		}
		cancel();
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

	/** Takes out the idle connections that are too old. */
	void takeExpired(long now, List<ConnectionHandle> target) {
		for (ConnectionHandle handle : this.all) {
			if (handle.isIdle() && handle.hasExpired(now, this.settings) && handle.lease()) {
				drop(handle);
				target.add(handle);
			}
		}
	}

	/**
	 * Closes the route if nobody uses it or waits for it.
	 * @return its idle connections, or {@code null} if it is in use
	 */
	@Nullable List<ConnectionHandle> closeIfUnused() {
		boolean unused = this.waiting.get() == 0 && this.users.compareAndSet(0, CLOSED);
		return unused ? takeAllIdle() : null;
	}

	/**
	 * Closes the route for good.
	 * @return its idle connections, and those at work whose response is not there yet
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
		return handles;
	}

	private List<ConnectionHandle> takeAllIdle() {
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
