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
 * Waits for a permission of an instance, but no longer than the deadline of the call. The
 * waiting time of an instance cannot be set for one call, so the thread is interrupted at
 * the deadline. For one thread and one use.
 */
final class BoundedWait {

	private enum Stage {

		WAITING, INTERRUPTING, INTERRUPTED, DONE

	}

	private final Thread waiter = Thread.currentThread();

	private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);

	private BoundedWait() {
	}

	/**
	 * Waits for a permission, and returns whether it was acquired.
	 * @param maxWait the maximum waiting time of the instance
	 * @param deadline the deadline of the call, or {@code null}
	 * @param acquire acquires a permission, and returns {@code false} if the thread is
	 * interrupted
	 * @return {@code true} if there is a permission
	 */
	static boolean acquire(Duration maxWait, @Nullable Deadline deadline, BooleanSupplier acquire) {
		if (deadline == null || maxWait.isZero()) {
			return acquire.getAsBoolean();
		}
		long left = deadline.remainingNanos();
		if (left > 0 && Deadline.nanos(maxWait) <= left) {
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
			clearInterrupt();
		}
	}

	private void interrupt() {
		if (this.stage.compareAndSet(Stage.WAITING, Stage.INTERRUPTING)) {
			this.waiter.interrupt();
			this.stage.set(Stage.INTERRUPTED);
		}
	}

	/**
	 * Clears a pending interrupt, so that it does not affect the next work of the thread.
	 */
	private void clearInterrupt() {
		if (!this.stage.compareAndSet(Stage.WAITING, Stage.DONE)) {
			while (this.stage.get() == Stage.INTERRUPTING) {
				Thread.onSpinWait();
			}
			Thread.interrupted();
		}
	}

}
