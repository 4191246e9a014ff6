package io.github.requests4j.adapters;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.ChunkedEncodingException;
import io.github.requests4j.http.ConnectTimeoutException;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.ProxyException;
import io.github.requests4j.http.ReadTimeoutException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.SslException;
import io.github.requests4j.http.Timeouts;

/**
 * Gives what went wrong on the wire its type and a message in the words of requests
 * (behaviours 240, 241). Names host, port and path; never the query or credentials. For
 * one request.
 */
final class Failures {

	private final PoolKey key;

	private final String path;

	private final Timeouts timeouts;

	private final @Nullable Deadline deadline;

	Failures(PoolKey key, String path, SendOptions options) {
		this.key = key;
		this.path = path;
		this.timeouts = (options.timeouts() != null) ? options.timeouts() : Timeouts.NONE;
		this.deadline = options.deadline();
	}

	/** No connection was made. */
	RequestException connecting(ConnectionHandle handle, IOException ex, @Nullable ProxyServer proxy) {
		Step step = handle.step();
		ProxyServer culprit = (step == Step.TLS) ? null : proxy;
		String whom = (culprit != null) ? "proxy " + culprit.describe() : this.key.host();
		RequestException special = special(handle, ex, step.text() + " " + whom);
		if (special != null) {
			return special;
		}
		if (find(ex, SocketTimeoutException.class) != null || find(ex, DeadlinePassedException.class) != null) {
			return new ConnectTimeoutException(maxRetries(
					"Connection to " + whom + " timed out. (connect timeout=" + seconds(this.timeouts.connect()) + ")")
					+ ConnectAdvice.onTimeout(step, whom), ex);
		}
		if (isTls(ex)) {
			String with = (culprit != null) ? "with the proxy " + culprit.describe() + ": " : "";
			return new SslException(maxRetries("SSLError: " + with + reason(ex) + TlsAdvice.on(ex, culprit != null)),
					ex);
		}
		String reason = reason(ex, culprit, step);
		if (culprit != null && !culprit.isSocks()) {
			return new ProxyException(maxRetries("Cannot connect to proxy " + culprit.describe() + ": " + reason), ex);
		}
		return new ConnectionException(maxRetries(reason) + ConnectAdvice.on(ex), ex);
	}

	private String reason(IOException ex, @Nullable ProxyServer culprit, Step step) {
		if (ex instanceof UnknownHostException) {
			// A SOCKS proxy that was reached may want the address of the host.
			String host = (culprit != null && step != Step.PROXY) ? culprit.host() : this.key.host();
			return "Failed to resolve '" + host + "'";
		}
		return ((step == Step.CONNECT) ? "Failed to establish a new connection: " : "") + reason(ex);
	}

	/** The request was on its way, but its response did not come. */
	RequestException exchanging(ConnectionHandle handle, IOException ex) {
		boolean sending = handle.step() == Step.SEND;
		RequestException special = special(handle, ex, sending ? "sending the request" : "waiting for the response");
		if (special != null) {
			return special;
		}
		if (find(ex, SocketTimeoutException.class) != null) {
			return sending ? writeTimeout(ex) : readTimeout(ex, "No response came from " + this.path);
		}
		if (ex instanceof SpoolOverflowException) {
			return new ConnectionException(this.key.describe() + ": " + ex.getMessage() + " (" + this.path + ")", ex);
		}
		if (ex instanceof MalformedHeadException) {
			return new ConnectionException(this.key.describe() + ": Connection aborted: the response to " + this.path
					+ " is not valid HTTP/1.1: " + ex.getMessage(), ex);
		}
		if (isTls(ex)) {
			return new SslException(this.key.describe() + ": SSLError: " + reason(ex) + TlsAdvice.on(ex), ex);
		}
		return new ConnectionException(this.key.describe() + ": Connection aborted: " + reason(ex) + " (" + this.path
				+ "). The server failed or closed an idle connection: look at its log, and ask again if the request may"
				+ " be sent twice.", ex);
	}

	/** The body of the response broke off. */
	RequestException reading(ConnectionHandle handle, IOException ex) {
		RequestException special = special(handle, ex, "reading the body");
		if (special != null) {
			return special;
		}
		if (find(ex, SocketTimeoutException.class) != null) {
			return readTimeout(ex, "No more of the body came from " + this.path);
		}
		if (isTls(ex)) {
			return new SslException(this.key.describe() + ": Connection broken: " + reason(ex), ex);
		}
		if (find(ex, SocketException.class) != null) {
			return new ConnectionException(this.key.describe() + ": Connection broken: " + reason(ex), ex);
		}
		String reason = (ex instanceof BrokenBodyException) ? String.valueOf(ex.getMessage()) : reason(ex);
		return new ChunkedEncodingException(this.key.describe() + ": Connection broken: " + reason + " (" + this.path
				+ "). The body is not complete: ask again, and if it happens often look at the server and at what"
				+ " stands before it.", ex);
	}

	/** Another thread closed the response. */
	ConnectionException closedWhileReading() {
		return new ConnectionException(
				this.key.describe() + ": The response was closed while its body was being read (" + this.path + ")");
	}

	/** The body of the response is longer than the caller wants. */
	ConnectionException tooLong(long most) {
		return new ConnectionException(this.key.describe() + ": The body of " + this.path
				+ " is longer than the limit of " + most + " bytes (maxBody). Raise it if such bodies are expected.");
	}

	private ReadTimeoutException readTimeout(IOException ex, String what) {
		return new ReadTimeoutException(
				this.key.describe() + ": Read timed out. (read timeout=" + seconds(this.timeouts.read()) + ") " + what
						+ " in that time. Check the server, or give slow resources a longer read timeout.",
				ex);
	}

	private ReadTimeoutException writeTimeout(IOException ex) {
		return new ReadTimeoutException(this.key.describe() + ": Write timed out. (read timeout="
				+ seconds(this.timeouts.read()) + ") The server stopped taking the request for " + this.path
				+ ". Check the server, or give it a longer read timeout.", ex);
	}

	private @Nullable RequestException special(ConnectionHandle handle, IOException ex, String doing) {
		if (this.deadline != null && this.deadline.hasPassed()) {
			return deadlinePassed(doing, ex);
		}
		if (find(ex, ClosedByInterruptException.class) != null || Thread.currentThread().isInterrupted()) {
			// Closing the channel has kept the flag; whoever waits further up the stack
			// sees it too.
			Thread.currentThread().interrupt();
			return new ConnectionException(this.key.describe() + ": Interrupted while " + doing, ex);
		}
		if (handle.wasAborted()) {
			return new ConnectionException(this.key.describe() + ": The adapter was closed while " + doing, ex);
		}
		return null;
	}

	RequestException deadlinePassed(String doing, @Nullable Throwable cause) {
		Duration limit = (this.deadline != null) ? this.deadline.limit() : Duration.ZERO;
		return new RequestTimeoutException(this.key.describe() + ": The deadline of " + seconds(limit)
				+ " s for the whole call passed while " + doing + " (" + this.path
				+ "). Give the call a longer deadline, or find out what takes so long.", cause);
	}

	/** The words of requests for a failure that is not tried again. */
	String maxRetries(String cause) {
		return this.key.describe() + ": Max retries exceeded with url: " + this.path + " (Caused by: " + cause + ")";
	}

	/** All connections of a pool are in use, and none became free in time. */
	static ConnectionException poolExhausted(PoolKey key, PoolSettings settings, @Nullable Deadline deadline) {
		String start = key.describe() + ": Pool reached maximum size (" + settings.maxsize()
				+ ") and no connection became free";
		if (deadline != null && deadline.hasPassed()) {
			return new RequestTimeoutException(start + " before the deadline of " + deadline.limit());
		}
		return new ConnectTimeoutException(start + " within the pool timeout of " + settings.timeout()
				+ ". Close responses that are streamed, or raise poolMaxsize or poolTimeout.");
	}

	private static boolean isTls(IOException ex) {
		return find(ex, SSLException.class) != null && find(ex, SocketException.class) == null;
	}

	private static String reason(IOException ex) {
		String message = ex.getMessage();
		String name = ex.getClass().getSimpleName();
		return (message != null && !message.isBlank()) ? name + ": " + message : name;
	}

	private static <T extends Throwable> @Nullable T find(@Nullable Throwable ex, Class<T> type) {
		Throwable current = ex;
		for (int depth = 0; current != null && depth < 10; depth++) {
			if (type.isInstance(current)) {
				return type.cast(current);
			}
			current = current.getCause();
		}
		return null;
	}

	/** Seconds as Python writes them. */
	static String seconds(@Nullable Duration duration) {
		return (duration == null) ? "None"
				: BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros().toPlainString();
	}

}
