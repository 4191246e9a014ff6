package io.github.requests4j.spring.client;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

import org.jspecify.annotations.Nullable;

/**
 * The result of a call on another thread. If the caller cancels it, or completes it in
 * another way such as {@link #orTimeout}, the call does not start or is interrupted. The
 * same applies to futures that are derived from it. A result that arrives too late is
 * closed.
 *
 * @param <T> the type of the result
 */
final class CallFuture<T extends @Nullable Object> extends CompletableFuture<T> {

	/**
	 * The task, or the future that this was derived from, which is cancelled with this.
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

	void runsAs(Future<?> work) {
		this.source = work;
	}

	/** Returns the task that makes the call and completes this future. */
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
	 * A call on a thread that does other work afterwards. Cancelling interrupts that
	 * thread only while it makes the call, because {@link FutureTask} waits for a pending
	 * interrupt before it releases the thread.
	 */
	static final class CallTask extends FutureTask<@Nullable Void> {

		private final StartRecorder recorder;

		CallTask(Runnable call) {
			this(new StartRecorder(call));
		}

		private CallTask(StartRecorder recorder) {
			super(recorder, null);
			this.recorder = recorder;
		}

		@Override
		public void run() {
			super.run();
			if (isCancelled() && this.recorder.started) {
				// The interrupt was meant for the call, which may not have consumed it
				Thread.interrupted();
			}
		}

		/**
		 * Records whether the call has started, because otherwise no thread was
		 * interrupted.
		 */
		private static final class StartRecorder implements Runnable {

			private final Runnable call;

			/** Only used by the thread that makes the call. */
			private boolean started;

			StartRecorder(Runnable call) {
				this.call = call;
			}

			@Override
			public void run() {
				this.started = true;
				this.call.run();
			}

		}

	}

}
