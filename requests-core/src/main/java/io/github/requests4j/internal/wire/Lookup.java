package io.github.requests4j.internal.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.HostResolver;
import io.github.requests4j.internal.url.IpAddress;

/**
 * Resolves a host name within a time limit. Java can neither limit nor interrupt a
 * lookup, so a lookup with a limit, or of an abortable connection, runs in another
 * thread. An abandoned lookup ends on its own.
 */
public final class Lookup {

	private Lookup() {
	}

	/**
	 * Returns the addresses of a host, at least one.
	 * @param connection the connection, whose abort ends the lookup
	 * @param limit the limit, or {@code null} for none
	 */
	public static List<InetAddress> resolve(WireConnection connection, HostResolver resolver, String host,
			@Nullable Deadline limit) throws IOException {
		boolean direct = (limit == null && !connection.isAbortable()) || IpAddress.isLiteral(host);
		List<InetAddress> addresses = direct ? resolver.resolve(host)
				: resolveWithin(connection, resolver, host, limit);
		if (!IpAddress.areAddresses(addresses)) {
			throw new UnknownHostException(host);
		}
		return addresses;
	}

	private static List<InetAddress> resolveWithin(WireConnection connection, HostResolver resolver, String host,
			@Nullable Deadline limit) throws IOException {
		FutureTask<List<InetAddress>> task = new FutureTask<>(() -> resolver.resolve(host));
		connection.lookup(task);
		Daemon.start("lookup", task);
		try {
			long nanos = (limit != null) ? Math.max(0, limit.remainingNanos()) : Long.MAX_VALUE;
			return task.get(nanos, TimeUnit.NANOSECONDS);
		}
		catch (CancellationException ex) {
			throw new SocketException("Socket closed");
		}
		catch (TimeoutException ex) {
			throw new SocketTimeoutException("Lookup timed out");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ClosedByInterruptException();
		}
		catch (ExecutionException ex) {
			throw toIoException(ex.getCause());
		}
		finally {
			connection.lookup(null);
		}
	}

	private static IOException toIoException(@Nullable Throwable cause) {
		if (cause instanceof RuntimeException unchecked) {
			throw unchecked;
		}
		if (cause instanceof Error error) {
			throw error;
		}
		return (cause instanceof IOException ex) ? ex : new IOException(cause);
	}

}
