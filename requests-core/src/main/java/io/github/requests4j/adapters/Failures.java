package io.github.requests4j.adapters;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.security.SignatureException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.ChunkedEncodingException;
import io.github.requests4j.http.ConnectTimeoutException;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.InvalidSchemaException;
import io.github.requests4j.http.InvalidUrlException;
import io.github.requests4j.http.ProxyException;
import io.github.requests4j.http.ProxyUrl;
import io.github.requests4j.http.ReadTimeoutException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.SslException;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.internal.url.UrlSyntaxException;
import io.github.requests4j.internal.wire.DeadlinePassedException;
import io.github.requests4j.internal.wire.Step;
import io.github.requests4j.internal.wire.WireConnection;
import io.github.requests4j.internal.wire.WireException;
import io.github.requests4j.url.Url;

/**
 * Gives what went wrong on the wire its type and a message in the words of requests.
 * Names host, port and path; never the query or credentials. For one request.
 */
final class Failures {

	private static final String ALERT = "Received fatal alert: ";

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
	RequestException connecting(WireConnection connection, IOException ex, @Nullable ProxyUrl proxy) {
		Step step = connection.step();
		ProxyUrl culprit = (step == Step.TLS) ? null : proxy;
		String whom = (culprit != null) ? "proxy " + culprit.origin() : this.key.host();
		RequestException special = special(connection, ex, step.text() + " " + whom);
		if (special != null) {
			return special;
		}
		if (find(ex, SocketTimeoutException.class) != null || find(ex, DeadlinePassedException.class) != null) {
			return new ConnectTimeoutException(maxRetries(
					"Connection to " + whom + " timed out. (connect timeout=" + seconds(this.timeouts.connect()) + ")")
					+ onTimeout(step, whom), ex);
		}
		if (isTls(ex)) {
			String with = (culprit != null) ? "with the proxy " + culprit.origin() + ": " : "";
			return new SslException(maxRetries("SSLError: " + with + reason(ex) + onTls(ex, culprit != null)), ex);
		}
		String reason = reason(ex, culprit, step);
		if (culprit != null && !culprit.isSocks()) {
			return new ProxyException(maxRetries("Cannot connect to proxy " + culprit.origin() + ": " + reason), ex);
		}
		return new ConnectionException(maxRetries(reason) + onConnect(ex), ex);
	}

	private String reason(IOException ex, @Nullable ProxyUrl culprit, Step step) {
		if (ex instanceof UnknownHostException) {
			// A SOCKS proxy that was reached may want the address of the host.
			String host = (culprit != null && step != Step.PROXY) ? culprit.host() : this.key.host();
			return "Failed to resolve '" + host + "'";
		}
		return ((step == Step.CONNECT) ? "Failed to establish a new connection: " : "") + reason(ex);
	}

	/** The request was on its way, but its response did not come. */
	RequestException exchanging(WireConnection connection, IOException ex) {
		boolean sending = connection.step() == Step.SEND;
		RequestException special = special(connection, ex,
				sending ? "sending the request" : "waiting for the response");
		if (special != null) {
			return special;
		}
		if (find(ex, SocketTimeoutException.class) != null) {
			return sending ? writeTimeout(ex) : readTimeout(ex, "No response came from " + this.path);
		}
		if (WireException.is(ex, WireException.Kind.SPOOL_OVERFLOW)) {
			return new ConnectionException(this.key.describe() + ": " + ex.getMessage() + " (" + this.path + ")", ex);
		}
		if (WireException.is(ex, WireException.Kind.MALFORMED_HEAD)) {
			return new ConnectionException(this.key.describe() + ": Connection aborted: the response to " + this.path
					+ " is not valid HTTP/1.1: " + ex.getMessage(), ex);
		}
		if (isTls(ex)) {
			return new SslException(this.key.describe() + ": SSLError: " + reason(ex) + onTls(ex), ex);
		}
		return new ConnectionException(this.key.describe() + ": Connection aborted: " + reason(ex) + " (" + this.path
				+ "). The server failed or closed an idle connection: look at its log, and ask again if the request may"
				+ " be sent twice.", ex);
	}

	/** The body of the response broke off. */
	RequestException reading(WireConnection connection, IOException ex) {
		RequestException special = special(connection, ex, "reading the body");
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
		return new ChunkedEncodingException(this.key.describe() + ": Connection broken: " + reason(ex) + " ("
				+ this.path
				+ "). The body is not complete: ask again, and if it happens often look at the server and at what"
				+ " stands before it.", ex);
	}

	/** Another thread closed the response. */
	RequestException closedWhileReading() {
		return new ConnectionException(
				this.key.describe() + ": The response was closed while its body was being read (" + this.path + ")");
	}

	/** The body of the response is longer than the caller wants. */
	RequestException tooLong(long most) {
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

	private @Nullable RequestException special(WireConnection connection, IOException ex, String doing) {
		if (this.deadline != null && this.deadline.hasPassed()) {
			return deadlinePassed(doing, ex);
		}
		if (find(ex, ClosedByInterruptException.class) != null || Thread.currentThread().isInterrupted()) {
			// Closing the channel has kept the flag; whoever waits further up the stack
			// sees it too.
			Thread.currentThread().interrupt();
			return new ConnectionException(this.key.describe() + ": Interrupted while " + doing, ex);
		}
		if (connection.wasAborted()) {
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
	static RequestException poolExhausted(PoolKey key, PoolSettings settings, @Nullable Deadline deadline) {
		String start = key.describe() + ": Pool reached maximum size (" + settings.maxsize()
				+ ") and no connection became free";
		if (deadline != null && deadline.hasPassed()) {
			return new RequestTimeoutException(start + " before the deadline of " + deadline.limit());
		}
		return new ConnectTimeoutException(start + " within the pool timeout of " + settings.timeout()
				+ ". Close responses that are streamed, or raise poolMaxsize or poolTimeout.");
	}

	/** The adapter was closed before a connection was leased. */
	static RequestException closed(PoolKey key) {
		return new ConnectionException(key.describe() + ": The adapter was closed");
	}

	/** An interrupt ended the wait for a connection. */
	static RequestException interruptedInPool(PoolKey key, InterruptedException ex) {
		return new ConnectionException(key.describe() + ": Interrupted while waiting for a connection of the pool", ex);
	}

	/** The thread was interrupted already. */
	RequestException interruptedBefore() {
		return new ConnectionException(this.key.describe() + ": Interrupted before anything was sent");
	}

	/** Whether a failure is that of a connection, and of no more special a kind. */
	static boolean isPlain(RequestException failure) {
		return failure.getClass() == ConnectionException.class;
	}

	/** The URL has another scheme than this transport. */
	static RequestException unsupportedScheme(Url url) {
		return new InvalidSchemaException("This adapter sends to http and https only, not to '" + url.scheme() + "'");
	}

	/** The URL has no host. */
	static RequestException noHost(Url url) {
		IllegalArgumentException cause = UrlSyntaxException.noHost(url.text());
		return new InvalidUrlException(String.valueOf(cause.getMessage()), cause);
	}

	private static boolean isTls(IOException ex) {
		return find(ex, SSLException.class) != null && find(ex, SocketException.class) == null;
	}

	private static String reason(IOException ex) {
		String message = ex.getMessage();
		String name = ex.getClass().getSimpleName();
		if (ex instanceof WireException) {
			return String.valueOf(message);
		}
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
				: BigDecimal.valueOf(duration.getSeconds())
					.add(BigDecimal.valueOf(duration.getNano(), 9))
					.stripTrailingZeros()
					.toPlainString();
	}

	/** A remark about the step that took too long. */
	private static String onTimeout(Step step, String whom) {
		return switch (step) {
			case LOOKUP -> ". The DNS look-up did not end in time: check the DNS of this machine.";
			case CONNECT -> ". There was no answer to the TCP connect: check the address and the firewalls on the way.";
			case PROXY -> ". The TCP connection was made, but the handshake with the " + whom
					+ " did not end in time: check the proxy, and that its scheme is right.";
			default -> ". The TCP connection was made, but the TLS handshake with " + whom
					+ " did not end in time: check that the server speaks TLS on this port.";
		};
	}

	/** A remark to append to the message, or nothing. */
	private static String onConnect(IOException ex) {
		if (ex instanceof UnknownHostException) {
			return ". Check the spelling of the name and the DNS of this machine.";
		}
		// Several addresses or the system's own words make subclasses and wrappers of it.
		if (ex instanceof ConnectException && String.valueOf(ex.getMessage()).contains("refused")) {
			return ". Nothing listens at this port: compare host and port with what was meant, and look whether the"
					+ " service runs.";
		}
		return "";
	}

	/**
	 * Returns a remark to append to the message about an origin, or an empty text.
	 */
	static String onTls(IOException ex) {
		return onTls(ex, false);
	}

	/**
	 * Returns a remark to append to the message, or an empty text.
	 * @param ex what ended the handshake
	 * @param proxy whether the peer is a proxy
	 */
	static String onTls(IOException ex, boolean proxy) {
		Throwable current = ex;
		for (int depth = 0; current != null && depth < 10; depth++) {
			if (current instanceof CertPathBuilderException || current instanceof SignatureException) {
				return ". No trusted authority signed the certificate. If you trust the " + (proxy ? "proxy" : "server")
						+ ", set " + (proxy ? "proxyVerify" : "verify") + " to the PEM file of its authority.";
			}
			if (current instanceof CertificateExpiredException) {
				return ". The certificate has expired (" + current.getMessage()
						+ "). Check the clock of this machine, or have the certificate renewed.";
			}
			if (current instanceof CertificateNotYetValidException) {
				return ". The certificate is not valid yet (" + current.getMessage()
						+ "). Check the clock of this machine.";
			}
			current = current.getCause();
		}
		String message = String.valueOf(ex.getMessage());
		if (message.contains("Unsupported or unrecognized SSL message")) {
			return ". The " + (proxy ? "proxy" : "server") + " does not use TLS on this port. Check the port, or write"
					+ " http instead of https in the URL" + (proxy ? " of the proxy." : ".");
		}
		int alert = message.indexOf(ALERT);
		return (alert < 0) ? "" : onAlert(message.substring(alert + ALERT.length()), proxy);
	}

	/**
	 * The names are those of RFC 8446, section 6.2. A client certificate is offered
	 * whenever there is one, so that these alerts are about what the server received. An
	 * alert about a proxy's wish for one has no remedy: it is not supported.
	 */
	private static String onAlert(String alert, boolean proxy) {
		return switch (alert) {
			case "certificate_required" -> proxy
					? ". The proxy requires a client certificate. The one in cert is for the origin and is never sent"
							+ " to a proxy."
					: ". The server requires a client certificate. Set cert to the PEM file of one.";
			case "bad_certificate", "unsupported_certificate", "certificate_revoked", "certificate_expired",
					"certificate_unknown", "unknown_ca", "access_denied" ->
				". The server rejected the client certificate, or requires one. Check that cert is set, that the"
						+ " certificate is valid, and that its file also has the intermediate certificates.";
			case "unrecognized_name" -> ". The server does not serve this host name. Check the host in the URL.";
			case "protocol_version" ->
				". The server does not support the TLS versions that this client allows. Check the protocols of the TLS"
						+ " material and of the JVM.";
			case "handshake_failure" ->
				". The server and this client have no cipher suite in common, or the server requires a client"
						+ " certificate. Check cert, and the protocols and ciphers on both sides.";
			default -> "";
		};
	}

}
