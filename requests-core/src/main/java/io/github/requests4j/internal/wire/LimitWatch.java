package io.github.requests4j.internal.wire;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enforces the timeouts of all sockets, and runs {@link Alarm alarms}. Java's own
 * timeouts turn a blocking socket into a polling one, which costs two system calls for
 * every read, and they do not exist for writes. Here, each waiting thread publishes its
 * limit in a field ({@link WaitLimit}), and one daemon thread sleeps until the nearest
 * limit. New limits are usually later than existing ones, so the thread wakes up about
 * once per timeout, regardless of the number of calls. It holds no lock that a thread
 * could wait for when it wakes up this one, and ends when no socket with a limit is left.
 * <p>
 * A wait ends as soon as the thread is scheduled, which is at most about 50 ms after its
 * limit unless the machine is overloaded.
 */
public final class LimitWatch implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(LimitWatch.class);

	/** Later than any limit. */
	static final long NEVER = Long.MAX_VALUE;

	private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final long START = System.nanoTime() - 1;

	/** Each checks itself and returns when to check it again. */
	private static final Set<LongSupplier> LIMITS = ConcurrentHashMap.newKeySet();

	private static final ReentrantLock LIFECYCLE = new ReentrantLock();

	private static volatile @Nullable Thread watcher;

	/** When the thread checks the limits next. */
	private static volatile long nextCheck = NEVER;

	/**
	 * Whether the limits must be checked again. Unparking the thread is not enough: a
	 * lock that it waits for while it closes a socket consumes the permit.
	 */
	private static volatile boolean recheck;

	/**
	 * Since when there have been no limits; {@link #NEVER} if there are any.
	 */
	private long idleSince = NEVER;

	private LimitWatch() {
	}

	/** Returns the current time of limits, in nanoseconds; always positive. */
	public static long now() {
		return System.nanoTime() - START;
	}

	/** Returns the sum, or {@link #NEVER} if it would overflow. */
	public static long after(long now, long nanos) {
		return (nanos >= NEVER - now) ? NEVER : now + nanos;
	}

	/** Starts to watch a limit until it is removed or its socket is garbage collected. */
	static void add(LongSupplier limit) {
		LIFECYCLE.lock();
		try {
			LIMITS.add(limit);
			if (watcher == null) {
				Thread thread = new Thread(null, new LimitWatch(), "requests4j-limit-watch", 0, false);
				thread.setDaemon(true);
				thread.setContextClassLoader(null);
				watcher = thread;
				thread.start();
			}
		}
		finally {
			LIFECYCLE.unlock();
		}
	}

	static void remove(LongSupplier limit) {
		if (LIMITS.remove(limit) && LIMITS.isEmpty()) {
			wakeUp();
		}
	}

	/**
	 * Stops to watch an alarm. The thread is not woken up: it has nothing to do before
	 * the alarm would have been due.
	 */
	static void forget(Alarm alarm) {
		LIMITS.remove(alarm);
	}

	/**
	 * Wakes up the thread if it would check a limit too late. Called after the limit was
	 * published, so that either the thread sees it, or this method wakes up the thread.
	 */
	static void wakeUpBefore(long due) {
		if (due < nextCheck) {
			wakeUp();
		}
	}

	private static void wakeUp() {
		recheck = true;
		LockSupport.unpark(watcher);
	}

	@Override
	public void run() {
		while (!isOver()) {
			recheck = false;
			nextCheck = NEVER;
			long next = NEVER;
			for (LongSupplier limit : LIMITS) {
				next = Math.min(next, check(limit));
			}
			nextCheck = next;
			if (!recheck) {
				sleep(next);
			}
		}
	}

	/**
	 * Checks a limit. A socket that cannot be closed, or a thread that cannot start, must
	 * not end the watch.
	 */
	private static long check(LongSupplier limit) {
		try {
			return limit.getAsLong();
		}
		catch (RuntimeException | Error ex) {
			logger.warn("Failed to enforce the timeout of a connection", ex);
			return NEVER;
		}
	}

	private void sleep(long next) {
		if (LIMITS.isEmpty()) {
			this.idleSince = (this.idleSince == NEVER) ? now() : this.idleSince;
			LockSupport.parkNanos(this, LINGER_NANOS);
			return;
		}
		this.idleSince = NEVER;
		if (next == NEVER) {
			LockSupport.park(this);
		}
		else {
			LockSupport.parkNanos(this, Math.max(1, next - now()));
		}
	}

	/** Returns whether there have been no limits for a while. */
	private boolean isOver() {
		if (this.idleSince == NEVER || now() - this.idleSince < LINGER_NANOS) {
			return false;
		}
		LIFECYCLE.lock();
		try {
			if (!LIMITS.isEmpty()) {
				return false;
			}
			watcher = null;
			return true;
		}
		finally {
			LIFECYCLE.unlock();
		}
	}

}
