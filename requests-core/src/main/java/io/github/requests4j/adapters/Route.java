package io.github.requests4j.adapters;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * The connections of one {@link PoolKey}. The one that was used last is used first, so
 * that those which are not needed grow old and go. Nothing is sent, read or closed under
 * the lock.
 */
final class Route {

	private final PoolKey key;

	private final PoolSettings settings;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition freed = this.lock.newCondition();

	private final ArrayDeque<ConnectionHandle> idle = new ArrayDeque<>();

	private @Nullable ConnectionHandle leasedHead;

	private int leased;

	private int pending;

	private boolean closed;

	private volatile long lastUsed = System.nanoTime();

	Route(PoolKey key, PoolSettings settings) {
		this.key = key;
		this.settings = settings;
	}

	/** What asking for a connection brought. */
	enum Outcome {

		/** A connection is there, or may be made. */
		GRANTED,

		/** All are in use and the time to wait is over. */
		TIMED_OUT,

		/** The route is gone; look it up anew. */
		CLOSED

	}

	/**
	 * Asks for the right to use one more connection.
	 * @param nanos how long to wait for it in blocking mode
	 */
	Outcome acquire(long nanos) throws InterruptedException {
		this.lock.lock();
		try {
			long left = nanos;
			while (!this.closed && this.settings.block() && this.leased >= this.settings.maxsize()) {
				if (left <= 0) {
					return Outcome.TIMED_OUT;
				}
				left = await(left);
			}
			if (this.closed) {
				return Outcome.CLOSED;
			}
			this.leased++;
			this.lastUsed = System.nanoTime();
			return Outcome.GRANTED;
		}
		finally {
			this.lock.unlock();
		}
	}

	private long await(long nanos) throws InterruptedException {
		this.pending++;
		try {
			return this.freed.awaitNanos(nanos);
		}
		catch (InterruptedException ex) {
			// The wake-up may have been meant for this thread; somebody else must have it
			// then.
			this.freed.signal();
			throw ex;
		}
		finally {
			this.pending--;
		}
	}

	/**
	 * Takes an idle connection, newest first; the right to use one must have been
	 * granted.
	 */
	@Nullable ConnectionHandle takeIdle() {
		this.lock.lock();
		try {
			ConnectionHandle handle = this.idle.pollFirst();
			if (handle != null) {
				handle.leasedAgain();
				link(handle);
			}
			return handle;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Counts in a new connection.
	 * @return {@code false} if the route was closed meanwhile
	 */
	boolean register(ConnectionHandle handle) {
		this.lock.lock();
		try {
			link(handle);
			return !this.closed;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Gives back the right to use a connection, and the connection if it is still good.
	 * @param keep whether the connection may serve again
	 * @return a connection to close, or {@code null}
	 */
	@Nullable ConnectionHandle giveBack(ConnectionHandle handle, boolean keep, long now) {
		this.lock.lock();
		try {
			unlink(handle);
			this.leased--;
			this.freed.signal();
			if (!keep || this.closed) {
				return handle;
			}
			handle.idle(now);
			this.idle.addFirst(handle);
			return (this.idle.size() > this.settings.maxsize()) ? this.idle.pollLast() : null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * In blocking mode: takes out an idle connection where a new one would be one too
	 * many. The right to use one must have been granted.
	 * @return a connection to close, or {@code null}
	 */
	@Nullable ConnectionHandle makeRoom() {
		this.lock.lock();
		try {
			boolean full = this.settings.block() && this.leased + this.idle.size() > this.settings.maxsize();
			return full ? this.idle.pollLast() : null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Drops a connection that proved useless, but keeps the right to use another one. */
	void drop(ConnectionHandle handle) {
		this.lock.lock();
		try {
			unlink(handle);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Gives back a right that led to no connection. */
	void cancel() {
		this.lock.lock();
		try {
			this.leased--;
			this.freed.signal();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Takes out the idle connections that are too old. */
	void takeExpired(long now, List<ConnectionHandle> target) {
		if (!this.lock.tryLock()) {
			// Somebody is using this route just now, and will come by again.
			return;
		}
		try {
			ConnectionHandle oldest = this.idle.peekLast();
			while (oldest != null && oldest.hasExpired(now, this.settings)) {
				target.add(this.idle.removeLast());
				oldest = this.idle.peekLast();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Closes the route if nobody uses it or waits for it.
	 * @return its idle connections, or {@code null} if it is in use
	 */
	@Nullable List<ConnectionHandle> closeIfUnused() {
		this.lock.lock();
		try {
			return (this.leased > 0 || this.pending > 0) ? null : markClosed();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Closes the route for good.
	 * @return its idle connections, and those at work whose response is not there yet
	 */
	List<ConnectionHandle> close() {
		this.lock.lock();
		try {
			List<ConnectionHandle> handles = markClosed();
			for (ConnectionHandle handle = this.leasedHead; handle != null; handle = handle.next) {
				if (handle.phase() == ConnectionHandle.Phase.EXCHANGE) {
					handles.add(handle);
				}
			}
			this.freed.signalAll();
			return handles;
		}
		finally {
			this.lock.unlock();
		}
	}

	private List<ConnectionHandle> markClosed() {
		this.closed = true;
		List<ConnectionHandle> handles = new ArrayList<>(this.idle);
		this.idle.clear();
		return handles;
	}

	private void link(ConnectionHandle handle) {
		handle.next = this.leasedHead;
		handle.previous = null;
		if (this.leasedHead != null) {
			this.leasedHead.previous = handle;
		}
		this.leasedHead = handle;
	}

	private void unlink(ConnectionHandle handle) {
		if (handle.previous != null) {
			handle.previous.next = handle.next;
		}
		else if (this.leasedHead == handle) {
			this.leasedHead = handle.next;
		}
		if (handle.next != null) {
			handle.next.previous = handle.previous;
		}
		handle.previous = null;
		handle.next = null;
	}

	PoolKey key() {
		return this.key;
	}

	long lastUsed() {
		return this.lastUsed;
	}

	PoolStatistics statistics() {
		this.lock.lock();
		try {
			return new PoolStatistics(this.leased, this.idle.size(), this.pending, this.settings.maxsize());
		}
		finally {
			this.lock.unlock();
		}
	}

}
