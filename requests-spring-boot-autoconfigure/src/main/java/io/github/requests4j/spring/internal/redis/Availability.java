package io.github.requests4j.spring.internal.redis;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether Redis is called. After a failure, it is not called until a probe
 * succeeds. A probe is due at most once a second, when Redis is needed. Logs one line
 * when Redis becomes unavailable and one when it is available again, but at most one of
 * each per minute. Thread-safe.
 */
final class Availability {

	private static final Logger logger = LoggerFactory.getLogger(RedisAccess.class);

	private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final long LOG_NANOS = TimeUnit.MINUTES.toNanos(1);

	private final AtomicLong nextProbe = new AtomicLong();

	private final AtomicLong nextLog = new AtomicLong(System.nanoTime());

	private volatile @Nullable Long unavailableSince;

	/** Whether the last line in the log is that Redis is unavailable. */
	private boolean logged;

	boolean isAvailable() {
		return this.unavailableSince == null;
	}

	@Nullable Long unavailableSince() {
		return this.unavailableSince;
	}

	/** Returns whether the caller must start a probe. */
	boolean isProbeDue() {
		long now = System.nanoTime();
		long due = this.nextProbe.get();
		return now - due >= 0 && this.nextProbe.compareAndSet(due, now + PAUSE_NANOS);
	}

	synchronized void failed(String problem) {
		if (this.unavailableSince == null) {
			this.nextProbe.set(System.nanoTime() + PAUSE_NANOS);
			this.unavailableSince = System.currentTimeMillis();
		}
		if (isLogDue()) {
			this.logged = true;
			logger.warn("Redis is unavailable, and sessions continue without it: {}", problem);
		}
	}

	synchronized void succeeded() {
		Long since = this.unavailableSince;
		if (since != null) {
			this.unavailableSince = null;
			if (this.logged) {
				this.logged = false;
				logger.info("Redis is available again after {} ms", System.currentTimeMillis() - since);
			}
		}
	}

	/** Logs that Redis rejected a command, such as a write when its memory is full. */
	void rejected(String problem) {
		if (isLogDue()) {
			logger.warn("Redis rejects commands, and sessions continue without it: {}", problem);
		}
	}

	private boolean isLogDue() {
		long now = System.nanoTime();
		long due = this.nextLog.get();
		return now - due >= 0 && this.nextLog.compareAndSet(due, now + LOG_NANOS);
	}

}
