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
 * Looks up a name within a limit. Java can neither bound nor interrupt a look-up, so it
 * is made in another thread where there is a limit; one that is given up ends by itself,
 * and is not waited for.
 */
public final class Lookup {

	private Lookup() {
	}

	/**
	 * The addresses of a host, at least one.
	 * @param limit when it must be over, or {@code null}
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
			throw new SocketTimeoutException("Look-up timed out");
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
