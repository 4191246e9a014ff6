package io.github.requests4j.internal.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
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
 * lookup, so a lookup with a limit runs in another thread. An abandoned lookup ends on
 * its own.
 */
public final class Lookup {

	private Lookup() {
	}

	/**
	 * Returns the addresses of a host, at least one.
	 * @param limit the limit, or {@code null} for none
	 */
	public static List<InetAddress> resolve(HostResolver resolver, String host, @Nullable Deadline limit)
			throws IOException {
		List<InetAddress> addresses = (limit == null || IpAddress.isLiteral(host)) ? resolver.resolve(host)
				: resolveWithin(resolver, host, limit);
		if (!IpAddress.areAddresses(addresses)) {
			throw new UnknownHostException(host);
		}
		return addresses;
	}

	private static List<InetAddress> resolveWithin(HostResolver resolver, String host, Deadline limit)
			throws IOException {
		FutureTask<List<InetAddress>> task = new FutureTask<>(() -> resolver.resolve(host));
		Daemon.start("lookup", task);
		try {
			return task.get(Math.max(0, limit.remainingNanos()), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			throw new SocketTimeoutException("Lookup timed out");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ClosedByInterruptException();
		}
		catch (ExecutionException ex) {
			throw rethrown(ex.getCause());
		}
	}

	private static IOException rethrown(@Nullable Throwable cause) {
		if (cause instanceof RuntimeException unchecked) {
			throw unchecked;
		}
		if (cause instanceof Error error) {
			throw error;
		}
		return (cause instanceof IOException ex) ? ex : new IOException(cause);
	}

}
