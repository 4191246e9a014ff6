package io.github.requests4j.adapters;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * Tells whether an idle connection can serve again. Readable bytes that no request asked
 * for are never health: they would become the next caller's response. That much is asked
 * for every time, of the raw socket and of TLS, at the price of a system call. Whether
 * the server has closed its side shows only in a read that waits a millisecond. It is
 * made before a request that must not be sent twice. Others are sent again on a new
 * connection if this one turns out to be dead; and a socket of Java that was once read
 * with a limit takes two further system calls for each read ever after.
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
	 * Whether nothing came with the response that does not belong to it, as far as it was
	 * read. What is still in the socket is looked for when the connection is leased
	 * again: only there nothing can come in between, and asking the system twice is not
	 * cheap.
	 */
	static boolean hasNoLeftovers(ConnectionHandle handle) {
		return !handle.connection().hasBufferedBytes();
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
