package io.github.requests4j.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One of several attempts of the same hop that run at the same time, of which only the
 * first good response is used. An adapter finds it as an
 * {@linkplain SendOptions#attribute attribute} of the options. A transport ends an
 * attempt that is cancelled, whatever it waits for, with an
 * {@link AttemptCancelledException}. An adapter that chooses among several servers avoids
 * those that another attempt uses. Thread-safe.
 */
public final class ConcurrentAttempt {

	private final Set<String> targets;

	/** The action that ends the current wait, or a marker. */
	private final AtomicReference<Runnable> wait = new AtomicReference<>(Mark.NONE);

	private ConcurrentAttempt(Set<String> targets) {
		this.targets = targets;
	}

	/**
	 * Returns the first attempt of a hop.
	 * @return an attempt that shares nothing with others
	 */
	public static ConcurrentAttempt first() {
		return new ConcurrentAttempt(ConcurrentHashMap.newKeySet());
	}

	/**
	 * Returns another attempt of the same hop.
	 * @return an attempt that shares the targets of this one
	 */
	public ConcurrentAttempt another() {
		return new ConcurrentAttempt(this.targets);
	}

	/**
	 * Returns the servers that attempts of this hop use or have used.
	 * @return a set that all attempts of the hop share and that may be changed by several
	 * threads
	 */
	public Set<String> targets() {
		return this.targets;
	}

	/**
	 * Returns whether the response of this attempt is no longer needed.
	 * @return {@code true} once {@link #cancel} was called
	 */
	public boolean isCancelled() {
		return this.wait.get() == Mark.CANCELLED;
	}

	/**
	 * Cancels the attempt and ends its current wait. Does not wait for the end of the
	 * attempt. Has no effect on an attempt that was cancelled before.
	 */
	public void cancel() {
		this.wait.getAndSet(Mark.CANCELLED).run();
	}

	/**
	 * Sets what ends the wait that the attempt is about to begin; for the thread that
	 * runs the attempt. If the attempt is already cancelled, the action runs at once.
	 * @param end ends the wait; called by another thread, at most once, and must not
	 * block
	 */
	public void beginWait(Runnable end) {
		Runnable before = this.wait.get();
		if (before == Mark.CANCELLED || !this.wait.compareAndSet(before, end)) {
			end.run();
		}
	}

	/**
	 * Marks the end of all waits; for the thread that runs the attempt. From then on,
	 * cancelling ends nothing.
	 * @return whether the attempt was not cancelled before
	 */
	public boolean endWait() {
		Runnable before = this.wait.get();
		return before != Mark.CANCELLED && this.wait.compareAndSet(before, Mark.NONE);
	}

	/**
	 * Waits until the attempt is cancelled.
	 * @param nanos how long to wait, in nanoseconds
	 * @return whether the attempt was cancelled
	 * @throws InterruptedException if the thread is interrupted
	 */
	public boolean awaitCancel(long nanos) throws InterruptedException {
		CountDownLatch cancelled = new CountDownLatch(1);
		beginWait(cancelled::countDown);
		return cancelled.await(nanos, TimeUnit.NANOSECONDS) || !endWait();
	}

	@Override
	public String toString() {
		return "ConcurrentAttempt[cancelled=" + isCancelled() + ", targets=" + this.targets + "]";
	}

	/** Stands for the absence of a wait. */
	private enum Mark implements Runnable {

		NONE, CANCELLED;

		@Override
		public void run() {
		}

	}

}
