package io.github.requests4j.spring.resilience;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Deadline;

/**
 * Waits for a permission of an instance, whose own waiting time cannot be given for one
 * call, no longer than the deadline of the call: what still waits then is interrupted.
 * For one thread, once.
 */
final class BoundedWait {

	private enum Stage {

		WAITING, INTERRUPTING, INTERRUPTED, OVER

	}

	private final Thread waiter = Thread.currentThread();

	private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);

	private BoundedWait() {
	}

	/**
	 * Asks for a permission.
	 * @param longest how long the instance waits at most
	 * @param deadline the deadline of the call, or {@code null}
	 * @param acquire asks the instance, and returns {@code false} when interrupted
	 * @return whether there is a permission
	 */
	static boolean acquire(Duration longest, @Nullable Deadline deadline, BooleanSupplier acquire) {
		if (deadline == null || longest.isZero()) {
			return acquire.getAsBoolean();
		}
		long left = deadline.remainingNanos();
		if (left > 0 && Deadline.nanos(longest) <= left) {
			return acquire.getAsBoolean();
		}
		return left > 0 && new BoundedWait().acquireWithin(left, acquire);
	}

	private boolean acquireWithin(long nanos, BooleanSupplier acquire) {
		Executor later = CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, Runnable::run);
		CompletableFuture<Void> alarm = CompletableFuture.runAsync(this::interrupt, later);
		try {
			return acquire.getAsBoolean();
		}
		finally {
			alarm.cancel(false);
			leave();
		}
	}

	private void interrupt() {
		if (this.stage.compareAndSet(Stage.WAITING, Stage.INTERRUPTING)) {
			this.waiter.interrupt();
			this.stage.set(Stage.INTERRUPTED);
		}
	}

	/** An interrupt of ours must not reach what the thread does next. */
	private void leave() {
		if (!this.stage.compareAndSet(Stage.WAITING, Stage.OVER)) {
			while (this.stage.get() == Stage.INTERRUPTING) {
				Thread.onSpinWait();
			}
			Thread.interrupted();
		}
	}

}
