package io.github.requests4j.spring.client;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

import org.jspecify.annotations.Nullable;

/**
 * The result of a call on another thread. A caller that cancels it, or completes it by
 * other means such as {@link #orTimeout}, ends the call: it does not start, or is
 * interrupted. The same goes for futures that are derived from it. A result that comes
 * too late is closed.
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
		return endCall(super.cancel(mayInterruptIfRunning));
	}

	@Override
	public boolean complete(T value) {
		return endCall(super.complete(value));
	}

	@Override
	public boolean completeExceptionally(Throwable ex) {
		return endCall(super.completeExceptionally(ex));
	}

	private boolean endCall(boolean completed) {
		Future<?> running = this.source;
		if (completed && running != null) {
			running.cancel(true);
		}
		return completed;
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
				if (!super.complete(result)) {
					discard(result);
				}
			}
			catch (Throwable ex) {
				super.completeExceptionally(ex);
			}
		};
	}

	private static void discard(@Nullable Object result) throws Exception {
		if (result instanceof AutoCloseable closeable) {
			closeable.close();
		}
	}

	/**
	 * A call on a thread that goes on with other work afterwards. Cancelling interrupts
	 * that thread while it makes the call, and at no other time: {@link FutureTask} waits
	 * for an interrupt that is on its way before it lets go of the thread.
	 */
	static final class CallTask extends FutureTask<@Nullable Void> {

		private final Begun begun;

		CallTask(Runnable call) {
			this(new Begun(call));
		}

		private CallTask(Begun begun) {
			super(begun, null);
			this.begun = begun;
		}

		@Override
		public void run() {
			super.run();
			if (isCancelled() && this.begun.yes) {
				// The interrupt was meant for the call, which need not have noticed it.
				Thread.interrupted();
			}
		}

		/** Knows whether the call has begun: without that, nothing was interrupted. */
		private static final class Begun implements Runnable {

			private final Runnable call;

			/** Only used by the thread that makes the call. */
			private boolean yes;

			Begun(Runnable call) {
				this.call = call;
			}

			@Override
			public void run() {
				this.yes = true;
				this.call.run();
			}

		}

	}

}
