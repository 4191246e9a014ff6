package io.github.requests4j.internal.wire;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * How long a socket may wait in one direction. The thread that waits sets it before and
 * clears it afterwards; {@link LimitWatch} looks at it from its own thread. Exactly one
 * of both wins: after a limit has struck, the wait has failed even if it ended in the
 * same moment.
 */
final class WaitLimit {

	private static final long IDLE = 0;

	private static final long STRUCK = -1;

	private final AtomicLong due = new AtomicLong();

	// A socket that is dropped without being closed must not be kept by the watch.
	private final WeakReference<WireSocket> socket;

	private boolean watched;

	private volatile long end;

	private volatile long checkNanos;

	private volatile @Nullable Runnable check;

	WaitLimit(WireSocket socket) {
		this.socket = new WeakReference<>(socket);
	}

	/**
	 * Calls this each time that a wait has lasted so long again, from the thread of the
	 * watch, which must not be kept waiting.
	 */
	void check(long nanos, @Nullable Runnable check) {
		this.checkNanos = nanos;
		this.check = check;
	}

	/** Whether a wait needs to be watched at all. */
	boolean isNeeded(long end) {
		return end != LimitWatch.NEVER || this.check != null;
	}

	/** The wait begins, and is to be over at its end. */
	void begin(long end) {
		if (!this.watched) {
			this.watched = true;
			LimitWatch.add(this);
		}
		this.end = end;
		long first = (this.check != null) ? Math.min(end, LimitWatch.after(LimitWatch.now(), this.checkNanos)) : end;
		this.due.set(first);
		LimitWatch.expect(first);
	}

	/**
	 * The wait is over.
	 * @return whether it was over in time
	 */
	boolean end() {
		if (this.due.getAndSet(IDLE) == STRUCK) {
			this.due.set(STRUCK);
			return false;
		}
		return true;
	}

	void forget() {
		if (this.watched) {
			LimitWatch.remove(this);
		}
	}

	/**
	 * Strikes if it is time; for the watch.
	 * @return when to look again
	 */
	long look() {
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
		return (this.end <= now) ? strike(seen) : checkAgain(seen, now);
	}

	private long strike(long seen) {
		if (this.due.compareAndSet(seen, STRUCK)) {
			WireSocket late = this.socket.get();
			if (late != null) {
				late.tooLate();
			}
		}
		return LimitWatch.NEVER;
	}

	private long checkAgain(long seen, long now) {
		long next = Math.min(this.end, LimitWatch.after(now, Math.max(1, this.checkNanos)));
		Runnable action = this.check;
		if (!this.due.compareAndSet(seen, next)) {
			// The wait is over, or another one has begun and has called the watch itself.
			return now;
		}
		if (action != null) {
			action.run();
		}
		return next;
	}

}
