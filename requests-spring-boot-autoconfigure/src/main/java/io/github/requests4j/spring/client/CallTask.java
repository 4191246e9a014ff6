package io.github.requests4j.spring.client;

import java.util.concurrent.FutureTask;

import org.jspecify.annotations.Nullable;

/**
 * A call on a thread that goes on with other work afterwards. Cancelling interrupts that
 * thread while it makes the call, and at no other time: {@link FutureTask} waits for an
 * interrupt that is on its way before it lets go of the thread.
 */
final class CallTask extends FutureTask<@Nullable Void> {

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
