package io.github.requests4j.adapters;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * Tells whether an idle connection can serve again. Readable bytes that no request asked
 * for are never health: they would become the next caller's response. That much is asked
 * for every time, of the raw socket and of TLS, at the price of a system call. Whether
 * the server has closed its side shows only in a read that waits a millisecond, which is
 * worth it after a while of inactivity; sooner for a request that must not be sent twice.
 */
final class StaleCheck {

	private static final long REPEATABLE_NANOS = Duration.ofSeconds(1).toNanos();

	private static final long UNREPEATABLE_NANOS = Duration.ofMillis(20).toNanos();

	private StaleCheck() {
	}

	static boolean isUsable(ConnectionHandle handle, PoolSettings settings, boolean repeatable) {
		long now = System.nanoTime();
		if (handle.hasExpired(now, settings) || !isQuiet(handle)) {
			return false;
		}
		long limit = repeatable ? REPEATABLE_NANOS : UNREPEATABLE_NANOS;
		return handle.idleNanos(now) < limit || isAlive(handle);
	}

	/** Whether there is nothing to read, above TLS or below it. */
	static boolean isQuiet(ConnectionHandle handle) {
		try {
			return !handle.connection().hasUnreadBytes() && handle.socket().getInputStream().available() == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static boolean isAlive(ConnectionHandle handle) {
		try {
			InputStream raw = handle.socket().getInputStream();
			handle.limit(1, null);
			raw.read();
			// A byte that nobody asked for, or the end.
			return false;
		}
		catch (SocketTimeoutException ex) {
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
