package io.github.requests4j.spring.client;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

/**
 * The result of a call on another thread. Cancelling it, or what was derived from it,
 * keeps a call from beginning and interrupts one that has begun; what a call has brought
 * that nobody waits for any more is closed.
 *
 * @param <T> the type of the result
 */
final class CallFuture<T extends @Nullable Object> extends CompletableFuture<T> {

	/**
	 * What is cancelled with this: the task, or the future that this was derived from.
	 */
	private volatile @Nullable Future<?> source;

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		boolean cancelled = super.cancel(mayInterruptIfRunning);
		Future<?> running = this.source;
		if (cancelled && running != null) {
			running.cancel(true);
		}
		return cancelled;
	}

	@Override
	public <U> CompletableFuture<U> newIncompleteFuture() {
		CallFuture<U> derived = new CallFuture<>();
		derived.source = this;
		return derived;
	}

	void runs(Future<?> work) {
		this.source = work;
	}

	/** What makes the call and completes this. */
	Runnable completedBy(Callable<T> call) {
		return () -> {
			try {
				T result = call.call();
				if (!complete(result)) {
					discard(result);
				}
			}
			catch (Throwable ex) {
				completeExceptionally(ex);
			}
		};
	}

	private static void discard(@Nullable Object result) throws Exception {
		if (result instanceof AutoCloseable closeable) {
			closeable.close();
		}
	}

}
