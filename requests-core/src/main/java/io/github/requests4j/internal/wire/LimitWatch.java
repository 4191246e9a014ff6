package io.github.requests4j.internal.wire;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the waits of all sockets that last too long. Java's own timeouts turn a blocking
 * socket into one that polls, which costs two system calls for every read, and they do
 * not exist for writes. Here, each waiting thread publishes its limit in a field of its
 * own ({@link WaitLimit}), and one daemon thread sleeps until the nearest of them. Limits
 * usually lie further and further in the future, so the thread wakes about once in a
 * timeout, however many calls there are. It takes no lock that a call could wait for, and
 * ends when no socket with a limit is left.
 * <p>
 * A wait ends as soon as the thread is scheduled: no later than about 50 ms after its
 * limit on a machine that is not overloaded.
 */
public final class LimitWatch implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(LimitWatch.class);

	/** Later than any limit. */
	static final long NEVER = Long.MAX_VALUE;

	private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final long START = System.nanoTime() - 1;

	private static final Set<WaitLimit> LIMITS = ConcurrentHashMap.newKeySet();

	private static final ReentrantLock LIFE = new ReentrantLock();

	private static volatile @Nullable Thread watcher;

	/** When the thread looks at the limits next. */
	private static volatile long nextLook = NEVER;

	/**
	 * Whether there is a reason to look again. Being unparked alone is none that lasts: a
	 * lock that the thread waits for while it closes a socket takes it away.
	 */
	private static volatile boolean called;

	/**
	 * Since when there has been nothing to watch; {@link #NEVER} if there is something.
	 */
	private long idleSince = NEVER;

	private LimitWatch() {
	}

	/** The time that limits are measured in: nanoseconds, always positive. */
	public static long now() {
		return System.nanoTime() - START;
	}

	/** The sum, or {@link #NEVER} where it would be beyond. */
	public static long after(long now, long nanos) {
		return (nanos >= NEVER - now) ? NEVER : now + nanos;
	}

	/** Begins to watch a limit, until it is removed or its socket is gone. */
	static void add(WaitLimit limit) {
		LIFE.lock();
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
			LIFE.unlock();
		}
	}

	static void remove(WaitLimit limit) {
		if (LIMITS.remove(limit) && LIMITS.isEmpty()) {
			call();
		}
	}

	/**
	 * Makes sure that the thread looks at a limit in time. To be called after the limit
	 * was published: either the thread sees it, or this sees that the thread would come
	 * too late.
	 */
	static void expect(long due) {
		if (due < nextLook) {
			call();
		}
	}

	private static void call() {
		called = true;
		LockSupport.unpark(watcher);
	}

	@Override
	public void run() {
		while (!isOver()) {
			called = false;
			nextLook = NEVER;
			long next = NEVER;
			for (WaitLimit limit : LIMITS) {
				next = Math.min(next, look(limit));
			}
			nextLook = next;
			if (!called) {
				sleep(next);
			}
		}
	}

	/**
	 * One socket that cannot be closed, or thread that cannot start, must not end the
	 * watch.
	 */
	private static long look(WaitLimit limit) {
		try {
			return limit.look();
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

	/** Whether there has been nothing to watch for a while. */
	private boolean isOver() {
		if (this.idleSince == NEVER || now() - this.idleSince < LINGER_NANOS) {
			return false;
		}
		LIFE.lock();
		try {
			if (!LIMITS.isEmpty()) {
				return false;
			}
			watcher = null;
			return true;
		}
		finally {
			LIFE.unlock();
		}
	}

}
