package io.github.requests4j.spring.replicas;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.requests4j.Session;

/**
 * Threads that call one session, and how its calls ended.
 */
final class Callers implements AutoCloseable {

	private static final long LIMIT_SECONDS = 90;

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final List<Future<?>> threads = new ArrayList<>();

	private final AtomicInteger succeeded = new AtomicInteger();

	private final AtomicInteger failed = new AtomicInteger();

	private final AtomicLong longestMillis = new AtomicLong();

	private volatile boolean stopped;

	private volatile String failure = "";

	/**
	 * Starts the threads.
	 * @param session the session
	 * @param threads how many there are
	 * @param calls how many calls each of them makes, unless it is stopped
	 * @param pauseMillis the pause after each call
	 */
	Callers(Session session, int threads, int calls, int pauseMillis) {
		for (int i = 0; i < threads; i++) {
			this.threads.add(this.executor.submit(() -> {
				for (int call = 0; call < calls && !this.stopped; call++) {
					call(session);
					TimeUnit.MILLISECONDS.sleep(pauseMillis);
				}
				return null;
			}));
		}
	}

	private void call(Session session) {
		long start = System.nanoTime();
		try {
			session.get("").raiseForStatus();
			this.succeeded.incrementAndGet();
		}
		catch (RuntimeException ex) {
			this.failed.incrementAndGet();
			this.failure = ex.toString();
		}
		this.longestMillis.accumulateAndGet(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start), Math::max);
	}

	void stop() {
		this.stopped = true;
	}

	/** Waits until so many more calls have ended. */
	void awaitMore(int calls) throws InterruptedException {
		int before = this.succeeded.get() + this.failed.get();
		long start = System.nanoTime();
		while (this.succeeded.get() + this.failed.get() < before + calls
				&& System.nanoTime() - start < TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
			TimeUnit.MILLISECONDS.sleep(1);
		}
	}

	/** Waits for the end of all threads, and returns the figures. */
	String await() throws Exception {
		for (Future<?> thread : this.threads) {
			thread.get(LIMIT_SECONDS, TimeUnit.SECONDS);
		}
		return "ok=" + this.succeeded + " failed=" + this.failed + " longest=" + this.longestMillis
				+ (this.failure.isEmpty() ? "" : " " + this.failure);
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
