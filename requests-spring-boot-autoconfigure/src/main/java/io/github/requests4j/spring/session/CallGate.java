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
 * Counts the calls in flight of all sessions, and refuses new ones once the application
 * shuts down. Safe for many threads.
 */
final class CallGate implements CallInterceptor {

	private final AtomicLong inFlight = new AtomicLong();

	/** What to do when the last call is over; taken by the last call. */
	private final AtomicReference<@Nullable Runnable> whenEmpty = new AtomicReference<>();

	private volatile boolean open = true;

	@Override
	public Response intercept(PreparedRequest request, SendOptions options, Chain chain) {
		this.inFlight.incrementAndGet();
		try {
			if (!this.open) {
				throw new IllegalStateException("The application is shutting down and makes no new calls");
			}
			return chain.proceed(request, options);
		}
		finally {
			if (this.inFlight.decrementAndGet() == 0 && !this.open) {
				callBack();
			}
		}
	}

	/** Lets calls through again. */
	void open() {
		this.open = true;
	}

	/** Refuses new calls from now on, and calls back once no call is in flight. */
	void close(Runnable callback) {
		this.whenEmpty.set(callback);
		this.open = false;
		if (this.inFlight.get() == 0) {
			callBack();
		}
	}

	boolean isOpen() {
		return this.open;
	}

	private void callBack() {
		@Nullable Runnable callback = this.whenEmpty.getAndSet(null);
		if (callback != null) {
			callback.run();
		}
	}

	/**
	 * Lets the calls in flight end before the sessions are closed. Stops after the web
	 * server, so that handlers in flight can still make calls, and waits at most
	 * {@code spring.lifecycle.timeout-per-shutdown-phase}.
	 */
	static final class Drain implements SmartLifecycle {

		/** Below the phases in which Spring Boot drains and stops web servers. */
		static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 4096;

		private final CallGate gate;

		Drain(CallGate gate) {
			this.gate = gate;
		}

		@Override
		public void start() {
			this.gate.open();
		}

		@Override
		public void stop() {
			this.gate.close(() -> {
			});
		}

		@Override
		public void stop(Runnable callback) {
			this.gate.close(callback);
		}

		@Override
		public boolean isRunning() {
			return this.gate.isOpen();
		}

		@Override
		public int getPhase() {
			return PHASE;
		}

	}

}
