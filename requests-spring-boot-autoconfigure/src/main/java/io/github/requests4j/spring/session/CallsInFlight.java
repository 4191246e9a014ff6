package io.github.requests4j.spring.session;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

import io.github.requests4j.CallInterceptor;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;

/**
 * Counts the calls in flight of all sessions. Thread-safe.
 */
final class CallsInFlight implements CallInterceptor {

	private final AtomicLong count = new AtomicLong();

	/** The callback for the end of the last call, which removes it. */
	private final AtomicReference<@Nullable Runnable> whenNone = new AtomicReference<>();

	@Override
	public Response intercept(PreparedRequest request, SendOptions options, Chain chain) {
		this.count.incrementAndGet();
		try {
			return chain.proceed(request, options);
		}
		finally {
			if (this.count.decrementAndGet() == 0) {
				callBack();
			}
		}
	}

	/** Runs a callback when no call is in flight, which may be immediately. */
	void whenNone(Runnable callback) {
		this.whenNone.set(callback);
		if (this.count.get() == 0) {
			callBack();
		}
	}

	private void callBack() {
		if (this.whenNone.get() != null) {
			@Nullable Runnable callback = this.whenNone.getAndSet(null);
			if (callback != null) {
				callback.run();
			}
		}
	}

	/**
	 * Lets the calls in flight finish before the sessions are closed. It stops after the
	 * web server, so that active handlers can still make calls, and waits at most
	 * {@code spring.lifecycle.timeout-per-shutdown-phase}. New calls are still allowed,
	 * because running jobs may need them, and so may beans that notify another service
	 * when they are stopped or destroyed.
	 */
	static final class Drain implements SmartLifecycle {

		/** A phase below those in which Spring Boot drains and stops web servers. */
		static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 4096;

		private final CallsInFlight calls;

		private volatile boolean running;

		Drain(CallsInFlight calls) {
			this.calls = calls;
		}

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
		}

		@Override
		public void stop(Runnable callback) {
			stop();
			this.calls.whenNone(callback);
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return PHASE;
		}

	}

}
