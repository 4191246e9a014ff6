package io.github.requests4j.internal.wire;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Runs an action in the thread of {@link LimitWatch} unless it is stopped before. Setting
 * and stopping an alarm that does not go off usually wakes up no thread. Thread-safe.
 */
public final class Alarm implements LongSupplier {

	private static final long OFF = 0;

	private final AtomicLong due = new AtomicLong();

	private final Runnable action;

	/**
	 * Creates an alarm that is not set.
	 * @param action the action, which must not block
	 */
	public Alarm(Runnable action) {
		this.action = action;
	}

	/**
	 * Sets the alarm. May be called by the action itself.
	 * @param nanos when to run the action, in nanoseconds from now
	 */
	public void set(long nanos) {
		long time = LimitWatch.after(LimitWatch.now(), nanos);
		this.due.set(time);
		LimitWatch.add(this);
		LimitWatch.wakeUpBefore(time);
	}

	/** Stops the alarm. The action may be running. */
	public void stop() {
		this.due.set(OFF);
		LimitWatch.forget(this);
	}

	/** Runs the action if it is time, and returns when to check again. */
	@Override
	public long getAsLong() {
		long seen = this.due.get();
		if (seen == OFF) {
			return LimitWatch.NEVER;
		}
		if (seen > LimitWatch.now()) {
			return seen;
		}
		if (this.due.compareAndSet(seen, OFF)) {
			LimitWatch.forget(this);
			this.action.run();
		}
		return LimitWatch.NEVER;
	}

}
