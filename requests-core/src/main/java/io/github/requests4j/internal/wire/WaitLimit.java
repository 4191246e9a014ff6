package io.github.requests4j.internal.wire;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The time limit for the waits of a socket in one direction. The waiting thread sets it
 * before the wait and clears it afterwards; {@link LimitWatch} checks it in its own
 * thread. Exactly one of them wins: once a limit has expired, the wait has failed, even
 * if it completed at the same moment.
 */
final class WaitLimit implements LongSupplier {

	private static final long IDLE = 0;

	private static final long EXPIRED = -1;

	private final AtomicLong due = new AtomicLong();

	// The watch must not keep a socket reachable that was not closed.
	private final WeakReference<WireSocket> socket;

	private boolean watched;

	private volatile long end;

	private volatile long checkNanos;

	private volatile @Nullable Runnable check;

	WaitLimit(WireSocket socket) {
		this.socket = new WeakReference<>(socket);
	}

	/**
	 * Sets an action to run at intervals during a wait. It runs in the thread of
	 * {@link LimitWatch} and must not block.
	 */
	void check(long nanos, @Nullable Runnable check) {
		this.checkNanos = nanos;
		this.check = check;
	}

	/** Returns whether a wait must be watched. */
	boolean isNeeded(long end) {
		return end != LimitWatch.NEVER || this.check != null;
	}

	/** Starts a wait that must end at a given time. */
	void begin(long end) {
		if (!this.watched) {
			this.watched = true;
			LimitWatch.add(this);
		}
		this.end = end;
		long first = (this.check != null) ? Math.min(end, LimitWatch.after(LimitWatch.now(), this.checkNanos)) : end;
		this.due.set(first);
		LimitWatch.wakeUpBefore(first);
	}

	/**
	 * Ends the wait.
	 * @return whether it ended in time
	 */
	boolean end() {
		if (this.due.getAndSet(IDLE) == EXPIRED) {
			this.due.set(EXPIRED);
			return false;
		}
		return true;
	}

	void unwatch() {
		if (this.watched) {
			LimitWatch.remove(this);
		}
	}

	/**
	 * Checks the limit and ends the wait if it has expired. Called by {@link LimitWatch}.
	 * @return when to check again
	 */
	@Override
	public long getAsLong() {
		long seen = this.due.get();
		if (seen <= IDLE) {
			if (this.socket.get() == null) {
				LimitWatch.remove(this);
			}
			return LimitWatch.NEVER;
		}
		long now = LimitWatch.now();
		if (seen > now) {
			return seen;
		}
		return (this.end <= now) ? expire(seen) : runCheck(seen, now);
	}

	private long expire(long seen) {
		if (this.due.compareAndSet(seen, EXPIRED)) {
			WireSocket current = this.socket.get();
			if (current != null) {
				current.expire();
			}
		}
		return LimitWatch.NEVER;
	}

	private long runCheck(long seen, long now) {
		long next = Math.min(this.end, LimitWatch.after(now, Math.max(1, this.checkNanos)));
		Runnable action = this.check;
		if (!this.due.compareAndSet(seen, next)) {
			// The wait has ended, or a new one has started and has woken up the watch.
			return now;
		}
		if (action != null) {
			action.run();
		}
		return next;
	}

}
