package io.github.requests4j.spring.session;

import org.springframework.context.SmartLifecycle;

/**
 * Lets the calls in flight end before the sessions are closed. Stops after the web
 * server, so that handlers in flight can still make calls, and waits at most
 * {@code spring.lifecycle.timeout-per-shutdown-phase}.
 */
final class SessionDrain implements SmartLifecycle {

	/** Below the phases in which Spring Boot drains and stops web servers. */
	static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 4096;

	private final CallGate gate;

	SessionDrain(CallGate gate) {
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
