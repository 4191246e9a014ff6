package io.github.requests4j.adapters;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Deadline;

/**
 * Ends an upload that the server does not take. A write of Java has no timeout: so where
 * a body is larger than what the system buffers, a thread of its own looks whether it
 * goes on, within the read timeout and the deadline. A source that takes its time counts
 * for the deadline only: the server has nothing to take then. That thread exists only
 * while there are such uploads, and a little longer.
 */
final class UploadWatch implements Runnable, AutoCloseable {

	/** What fits into the buffers of sockets in any case. */
	private static final long HARMLESS = 64 * 1024;

	private static final UploadWatch NONE = new UploadWatch(null, 0, null);

	private final @Nullable ConnectionHandle handle;

	private final int readMillis;

	private final @Nullable Deadline deadline;

	private volatile boolean fired;

	private volatile boolean answered;

	private volatile boolean over;

	private long seen = -1;

	private volatile @Nullable ScheduledFuture<?> next;

	private UploadWatch(@Nullable ConnectionHandle handle, int readMillis, @Nullable Deadline deadline) {
		this.handle = handle;
		this.readMillis = readMillis;
		this.deadline = deadline;
	}

	/** Begins to watch, if there is anything to watch for. */
	static UploadWatch start(ConnectionHandle handle, Plan plan) {
		long length = plan.upload().length();
		Deadline deadline = plan.options().deadline();
		boolean harmless = length >= 0 && length <= HARMLESS;
		if (harmless || (plan.readMillis() == 0 && deadline == null)) {
			return NONE;
		}
		UploadWatch watch = new UploadWatch(handle, plan.readMillis(), deadline);
		watch.schedule();
		return watch;
	}

	/** Whether the upload was ended because nothing went on. */
	boolean hasFired() {
		return this.fired;
	}

	/** Whether the server had said something before that. */
	boolean wasAnswered() {
		return this.answered;
	}

	@Override
	public void run() {
		if (this.over || this.handle == null) {
			return;
		}
		boolean late = this.deadline != null && this.deadline.hasPassed();
		long step = this.handle.socket().writeSteps();
		if (late || (this.readMillis > 0 && WireSocket.isWriting(step) && step == this.seen)) {
			this.answered = this.handle.hasArrivals();
			this.fired = true;
			this.handle.stopSending(late);
			return;
		}
		this.seen = step;
		schedule();
	}

	private void schedule() {
		long nanos = (this.readMillis > 0) ? TimeUnit.MILLISECONDS.toNanos(this.readMillis) : Long.MAX_VALUE;
		if (this.deadline != null) {
			nanos = Math.min(nanos, Math.max(1, this.deadline.remainingNanos()));
		}
		ScheduledFuture<?> task = Watcher.THREAD.schedule(this, nanos, TimeUnit.NANOSECONDS);
		this.next = task;
		if (this.over) {
			task.cancel(false);
		}
	}

	@Override
	public void close() {
		if (this.handle != null) {
			this.over = true;
			ScheduledFuture<?> task = this.next;
			if (task != null) {
				task.cancel(false);
			}
		}
	}

	/** Made when the first upload needs it. */
	private static final class Watcher {

		static final ScheduledThreadPoolExecutor THREAD = create();

		private static ScheduledThreadPoolExecutor create() {
			ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, (task) -> {
				Thread thread = new Thread(task, "requests4j-upload-watch");
				thread.setDaemon(true);
				return thread;
			});
			executor.setKeepAliveTime(1, TimeUnit.SECONDS);
			executor.allowCoreThreadTimeOut(true);
			executor.setRemoveOnCancelPolicy(true);
			return executor;
		}

	}

}
