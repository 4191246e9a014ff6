package io.github.requests4j.adapters;

import java.io.IOException;
import java.time.Duration;

/**
 * Tells whether an idle connection can serve again. Readable bytes that no request asked
 * for are never health: they would become the next caller's answer. That much is asked
 * for every time, of the raw socket and of TLS, at the price of one system call. Whether
 * the server has closed its side is asked only before a request that must not be sent
 * twice; others are sent again on a new connection if this one turns out to be dead.
 */
final class StaleCheck {

	private static final long UNREPEATABLE_NANOS = Duration.ofMillis(20).toNanos();

	private StaleCheck() {
	}

	static boolean isUsable(ConnectionHandle handle, PoolSettings settings, boolean repeatable) {
		long now = System.nanoTime();
		if (handle.hasExpired(now, settings) || !isQuiet(handle)) {
			return false;
		}
		return repeatable || handle.idleNanos(now) < UNREPEATABLE_NANOS || isAlive(handle);
	}

	/**
	 * Whether the response was valid, and nothing came with it that does not belong to
	 * it, as far as it was read. What is still in the socket is looked for when the
	 * connection is leased again: only there nothing can come in between, and asking the
	 * system twice is not cheap.
	 */
	static boolean hasNoLeftovers(ConnectionHandle handle) {
		return !handle.connection().hasBufferedBytes() && !handle.connection().isFlawed();
	}

	/** Whether there is nothing to read, above TLS or below it. */
	private static boolean isQuiet(ConnectionHandle handle) {
		try {
			return !handle.hasUnreadBytes();
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static boolean isAlive(ConnectionHandle handle) {
		try {
			return handle.socket().isSilent();
		}
		catch (IOException ex) {
			return false;
		}
	}

}
