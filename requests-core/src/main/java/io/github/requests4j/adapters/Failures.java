package io.github.requests4j.adapters;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.ChunkedEncodingException;
import io.github.requests4j.http.AttemptCancelledException;
import io.github.requests4j.http.ConcurrentAttempt;
import io.github.requests4j.http.ConnectTimeoutException;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.EgressDeniedException;
import io.github.requests4j.http.InvalidHeaderException;
import io.github.requests4j.http.InvalidSchemaException;
import io.github.requests4j.http.InvalidUrlException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.ProxyException;
import io.github.requests4j.http.ProxyUrl;
import io.github.requests4j.http.ReadTimeoutException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.RetryException;
import io.github.requests4j.http.SslException;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.http.Timings.Phase;
import io.github.requests4j.internal.url.UrlSyntaxException;
import io.github.requests4j.internal.url.UrlText;
import io.github.requests4j.internal.wire.DeadlinePassedException;
import io.github.requests4j.internal.wire.WireConnection;
import io.github.requests4j.internal.wire.WireException;
import io.github.requests4j.url.Url;

/**
 * Makes the exceptions for failed calls, with the type that requests uses and a message
 * of the form "METHOD URL: what failed. What to do." Messages never contain the query or
 * the user information of the URL. For one attempt.
 */
final class Failures {

	private static final String CLOSED_ADVICE = "Close the session after its last call.";

	private static final Pattern CLASS_NAME = Pattern.compile("(?:\\w+\\.)+\\w+(?:Exception|Error): ");

	private final PoolKey key;

	private final String call;

	private final @Nullable ProxyUrl proxy;

	private final Timeouts timeouts;

	private final @Nullable Deadline deadline;

	private final @Nullable ConcurrentAttempt concurrent;

	/** Creates the failures of one attempt; attempts are counted from 1. */
	Failures(Plan plan, int attempt) {
		this.key = plan.key();
		this.call = call(plan.request(), attempt);
		this.proxy = plan.proxy();
		Timeouts own = plan.options().timeouts();
		this.timeouts = (own != null) ? own : Timeouts.NONE;
		this.deadline = plan.options().deadline();
		this.concurrent = plan.concurrent();
	}

	/**
	 * Returns the beginning of every message: method and URL, and the number of attempts
	 * if there was more than one. The URL has no query, since that may contain secrets.
	 */
	static String call(PreparedRequest request, int attempts) {
		String start = UrlText.call(request.method(), request.parsedUrl());
		return (attempts > 1) ? start + " failed after " + attempts + " attempts" : start;
	}

	/**
	 * Returns the name under which advice mentions a setting. All advice takes the names
	 * of settings from here.
	 * @param builderName the name in the builder of the adapter, the session or the call
	 */
	static String setting(String builderName) {
		return builderName;
	}

	String call() {
		return this.call;
	}

	private String message(String problem, String advice) {
		return this.call + ": " + problem + "." + (advice.isEmpty() ? "" : " " + advice);
	}

	private String message(String problem, WireConnection connection, String advice) {
		boolean passed = connection.phase().compareTo(Phase.PROXY) > 0;
		String peer = (this.proxy != null && passed) ? "through the proxy " + this.proxy.origin() : connection.peer();
		if (peer == null) {
			return message(problem, advice);
		}
		boolean remark = problem.endsWith(")");
		return message((remark ? problem.substring(0, problem.length() - 1) + "; " : problem + " (") + peer + ")",
				advice);
	}

	/** Returns the failure of an attempt that could not open a connection. */
	RequestException connecting(WireConnection connection, IOException ex) {
		Phase phase = connection.phase();
		ProxyUrl culprit = (phase == Phase.TLS) ? null : this.proxy;
		String peer = (culprit != null) ? "the proxy " + culprit.origin() : this.key.host();
		RequestException known = knownFailure(connection, ex, activity(phase) + " " + peer);
		if (known != null) {
			return known;
		}
		if (find(ex, SocketTimeoutException.class) != null || find(ex, DeadlinePassedException.class) != null) {
			return new ConnectTimeoutException(connectTimeout(connection, phase, culprit), ex);
		}
		if (isTls(ex)) {
			String problem = TlsFailures.problem(ex, (culprit != null) ? peer : "the server");
			return new SslException(message(problem, connection, TlsFailures.advice(ex, culprit != null)), ex);
		}
		String message = message(connectProblem(ex, culprit, phase), connection, connectAdvice(ex));
		return (culprit != null && !culprit.isSocks()) ? new ProxyException(message, ex)
				: new ConnectionException(message, ex);
	}

	private static String activity(Phase phase) {
		return switch (phase) {
			case DNS -> "looking up";
			case CONNECT -> "connecting to";
			case PROXY -> "waiting for the handshake with";
			default -> "waiting for the TLS handshake with";
		};
	}

	private String connectTimeout(WireConnection connection, Phase phase, @Nullable ProxyUrl culprit) {
		String after = " timed out" + after(this.timeouts.connect());
		String raise = ", or raise " + setting("the connect timeout") + ".";
		return switch (phase) {
			case DNS -> message("the DNS lookup of " + ((culprit != null) ? culprit.host() : this.key.host()) + after,
					"Check the DNS configuration of this machine" + raise);
			case CONNECT ->
				message(((culprit != null) ? "connect to the proxy " + culprit.origin() : "connect") + after,
						connection, "Check the host, the port and any firewall in between" + raise);
			case PROXY ->
				message("the handshake with the proxy" + ((culprit != null) ? " " + culprit.origin() : "") + after,
						connection, "Check the proxy and the scheme of its URL" + raise);
			default ->
				message("the TLS handshake" + after, connection, "Check that the server uses TLS on this port" + raise);
		};
	}

	private String connectProblem(IOException ex, @Nullable ProxyUrl culprit, Phase phase) {
		if (ex instanceof UnknownHostException) {
			// A SOCKS proxy that was reached may want the address of the host.
			return (culprit != null && phase != Phase.PROXY)
					? "the host name '" + culprit.host() + "' of the proxy cannot be resolved"
					: "the host name '" + this.key.host() + "' cannot be resolved";
		}
		if (culprit != null) {
			return ((phase == Phase.PROXY) ? "the handshake with the proxy " + culprit.origin() + " failed: "
					: "cannot connect to the proxy " + culprit.origin() + ": ") + reason(ex);
		}
		return isRefused(ex) ? "connection refused" : ((phase == Phase.CONNECT) ? "connect failed: " : "") + reason(ex);
	}

	private static String connectAdvice(IOException ex) {
		if (ex instanceof UnknownHostException) {
			return "Check its spelling and the DNS configuration of this machine.";
		}
		return isRefused(ex) ? "Check the host and port, and that the service is running." : "";
	}

	/**
	 * Checks the message, because the JDK throws subclasses with other messages as well.
	 */
	private static boolean isRefused(IOException ex) {
		return ex instanceof ConnectException && String.valueOf(ex.getMessage()).contains("refused");
	}

	/** Returns a failure of the egress rules that names the call; others unchanged. */
	static RequestException denied(PreparedRequest request, RequestException ex) {
		if (!(ex instanceof EgressDeniedException)) {
			return ex;
		}
		RequestException named = new EgressDeniedException(
				call(request, 1) + ": " + lowerFirst(String.valueOf(ex.getMessage())));
		named.setStackTrace(ex.getStackTrace());
		return named;
	}

	/** Returns the failure of an attempt that got no response over its connection. */
	RequestException exchanging(WireConnection connection, IOException ex) {
		boolean sending = connection.phase() == Phase.SEND;
		String activity = sending ? "sending the request" : "waiting for the response";
		RequestException known = knownFailure(connection, ex, activity);
		if (known != null) {
			return known;
		}
		if (find(ex, SocketTimeoutException.class) != null) {
			return sending ? writeTimeout(connection, ex) : readTimeout(connection, ex, activity);
		}
		if (isTls(ex)) {
			return new SslException(message("TLS failed while " + activity + ": " + reason(ex), connection,
					TlsFailures.advice(ex, false)), ex);
		}
		return new ConnectionException(exchangeMessage(connection, ex, activity), ex);
	}

	private String exchangeMessage(WireConnection connection, IOException ex, String activity) {
		if (ex instanceof WireException wire) {
			return switch (wire.kind()) {
				case SPOOL_OVERFLOW ->
					message(reason(ex), connection, "Check why the server responds before it reads the request body.");
				case LONG_HEAD -> message(reason(ex), connection,
						"Raise " + setting("maxHeaderBytes") + " if you expect such headers.");
				case MALFORMED_HEAD -> message("the response is not valid HTTP/1.1: " + reason(ex), connection,
						"Check the server and any proxy in front of it.");
				default -> message("the server closed the connection without a response", connection,
						"Check the log of the server. Send the request again only if repeating it is safe.");
			};
		}
		return message("the connection failed while " + activity + ": " + reason(ex), connection,
				"Check the log of the server. Send the request again only if repeating it is safe.");
	}

	/** Returns the failure for headers that contradict each other about the body. */
	RequestException framing(RequestException ex) {
		return new InvalidHeaderException(
				message(String.valueOf(ex.getMessage()), "Check the server and any proxy in front of it."), ex);
	}

	/** Returns the failure of a body that ended early or is not valid. */
	RequestException reading(WireConnection connection, IOException ex) {
		RequestException known = knownFailure(connection, ex, "reading the body");
		if (known != null) {
			return known;
		}
		if (find(ex, SocketTimeoutException.class) != null) {
			return readTimeout(connection, ex, "reading the body");
		}
		String retry = "The body is incomplete. Send the request again; if this happens often, check the server and"
				+ " any proxy in front of it.";
		if (isTls(ex)) {
			return new SslException(message("TLS failed while reading the body: " + reason(ex), connection, retry), ex);
		}
		if (find(ex, SocketException.class) != null) {
			return new ConnectionException(
					message("the connection failed while reading the body: " + reason(ex), connection, retry), ex);
		}
		return new ChunkedEncodingException(message(reason(ex), connection, retry), ex);
	}

	/** Returns the failure for a response that another thread closed. */
	RequestException closedWhileReading() {
		return new ConnectionException(message("the response was closed while its body was being read",
				"Close the response after reading it."));
	}

	/** Returns the failure for a body that is longer than the limit. */
	RequestException tooLong(long limit) {
		return new ConnectionException(message("the body is longer than the limit of " + limit + " bytes",
				"Raise " + setting("maxBody") + " if you expect such bodies."));
	}

	private ReadTimeoutException readTimeout(WireConnection connection, IOException ex, String activity) {
		return new ReadTimeoutException(message("read timed out" + after(this.timeouts.read()) + " while " + activity,
				connection, "Check the server, or raise " + setting("the read timeout") + "."), ex);
	}

	private ReadTimeoutException writeTimeout(WireConnection connection, IOException ex) {
		return new ReadTimeoutException(message(
				"write timed out" + after(this.timeouts.read()) + " because the server stopped reading the request",
				connection, "Check the server, or raise " + setting("the read timeout") + "."), ex);
	}

	private @Nullable RequestException knownFailure(WireConnection connection, IOException ex, String activity) {
		if (this.deadline != null && this.deadline.hasPassed()) {
			return deadlinePassed(activity, ex);
		}
		if (find(ex, ClosedByInterruptException.class) != null || Thread.currentThread().isInterrupted()) {
			// Closing the channel keeps the flag, so that callers further up see it too.
			Thread.currentThread().interrupt();
			return new ConnectionException(message("interrupted while " + activity, ""), ex);
		}
		if (this.concurrent != null && this.concurrent.isCancelled()) {
			return cancelled(ex);
		}
		if (connection.wasAborted()) {
			return new ConnectionException(message("the adapter was closed while " + activity, CLOSED_ADVICE), ex);
		}
		return null;
	}

	RequestException deadlinePassed(String activity, @Nullable Throwable cause) {
		return new RequestTimeoutException(message(nameOf(this.deadline) + " passed while " + activity,
				raise(this.deadline) + ", or find out which step is slow."), cause);
	}

	private static String nameOf(@Nullable Deadline deadline) {
		String limit = text((deadline != null) ? deadline.limit() : Duration.ZERO);
		return isInherited(deadline) ? "the inherited deadline of the served request (" + limit + ")"
				: "the deadline of " + limit + " for the whole call";
	}

	private static String raise(@Nullable Deadline deadline) {
		return isInherited(deadline) ? "Raise the deadline at the client of that request"
				: "Raise " + setting("the deadline");
	}

	private static boolean isInherited(@Nullable Deadline deadline) {
		return deadline != null && deadline.isInherited();
	}

	/** Returns the failure of an attempt whose response is no longer needed. */
	RequestException cancelled(@Nullable Throwable cause) {
		return new AttemptCancelledException(
				message("this attempt was cancelled, because another attempt of the call got its response first", ""),
				cause);
	}

	/** Returns the failure for a request body that cannot be read. */
	RequestException unreadableBody(Exception ex) {
		return new RequestException(this.call + ": the body of the request cannot be read: " + ex.getMessage(), ex);
	}

	/** Returns what listeners receive for an error in the caller's own code. */
	RequestException unexpected(Throwable ex) {
		return new RequestException(this.call + ": the request could not be sent: " + ex, ex);
	}

	/** Returns the failure of a call whose last response has a status to retry. */
	static RequestException statusExhausted(PreparedRequest request, int attempts, int status) {
		return new RetryException(call(request, attempts) + ": the last response has status " + status
				+ ". See the body of response(). To return that response instead of raising this exception, set "
				+ setting("raiseOnStatus(false)") + ".");
	}

	/** Returns the failure of a call whose deadline passes before the next attempt. */
	static RequestException noTimeToRetry(PreparedRequest request, int attempts, Duration pause, Deadline deadline,
			@Nullable RequestException last) {
		return new RequestTimeoutException(call(request, attempts) + ": the next attempt would start in " + text(pause)
				+ ", after " + nameOf(deadline) + ". " + raise(deadline) + ", or allow fewer retries.", last);
	}

	/** Returns the failure of a call whose adapter was closed between two attempts. */
	static RequestException closedBeforeRetry(PreparedRequest request, int attempts, @Nullable RequestException last) {
		return new ConnectionException(
				call(request, attempts) + ": the adapter was closed before the next attempt. " + CLOSED_ADVICE, last);
	}

	/** Returns the failure of a call that was interrupted between two attempts. */
	static RequestException interruptedBeforeRetry(PreparedRequest request, int attempts, InterruptedException ex) {
		return new ConnectionException(call(request, attempts) + ": interrupted before the next attempt.", ex);
	}

	/** Returns the failure of a call whose adapter was closed while it was throttled. */
	static RequestException closedWhileThrottled(PreparedRequest request, int attempts) {
		return new ConnectionException(call(request, attempts)
				+ ": the adapter was closed while the request waited to be sent. " + CLOSED_ADVICE);
	}

	/** Returns the failure of a call that was interrupted while it was throttled. */
	static RequestException interruptedWhileThrottled(PreparedRequest request, int attempts, InterruptedException ex) {
		return new ConnectionException(call(request, attempts) + ": interrupted while the request waited to be sent.",
				ex);
	}

	/**
	 * Returns the failure of a call whose last attempt got no response. As in requests,
	 * it is a connection error even if that attempt timed out.
	 */
	static RequestException retriesExhausted(RequestException last) {
		return new ConnectionException(String.valueOf(last.getMessage()), last);
	}

	/** Returns the failure for a pool whose connections are all in use. */
	RequestException poolExhausted(PoolSettings settings) {
		int max = settings.maxsize();
		String problem = ((max == 1) ? "the only connection" : "all " + max + " connections") + " of the pool "
				+ ((max == 1) ? "is" : "are") + " in use and none became free";
		String advice = "Close streamed responses, or raise " + setting("poolMaxsize") + " or ";
		if (this.deadline != null && this.deadline.hasPassed()) {
			return new RequestTimeoutException(message(problem + " before " + nameOf(this.deadline) + " passed",
					isInherited(this.deadline) ? advice + "the deadline at the client of that request."
							: advice + setting("the deadline") + "."));
		}
		return new ConnectTimeoutException(
				message(problem + " within " + text(settings.timeout()), advice + setting("poolTimeout") + "."));
	}

	/** Returns the failure for an adapter that was closed before the call. */
	RequestException closed() {
		return new ConnectionException(message("the adapter was closed", CLOSED_ADVICE));
	}

	/** Returns the failure for an interrupt that ended the wait for a connection. */
	RequestException interruptedInPool(InterruptedException ex) {
		return new ConnectionException(message("interrupted while waiting for a connection of the pool", ""), ex);
	}

	/** Returns the failure for a thread that was interrupted before the call. */
	RequestException interruptedBefore() {
		return new ConnectionException(message("interrupted before the request was sent", ""));
	}

	/** Returns whether a failure is a connection error of no more specific type. */
	static boolean isPlain(RequestException failure) {
		return failure.getClass() == ConnectionException.class;
	}

	/** Returns the failure for a URL that is neither http nor https. */
	static RequestException unsupportedScheme(Url url) {
		String shown = UrlText.quoted(url.text());
		return new InvalidSchemaException("The URL " + shown + " has the scheme '" + url.scheme()
				+ "', but this adapter supports only http and https.");
	}

	/** Returns the failure for a URL without a host. */
	static RequestException noHost(Url url) {
		IllegalArgumentException cause = UrlSyntaxException.noHost(url.text());
		return new InvalidUrlException(String.valueOf(cause.getMessage()), cause);
	}

	private static boolean isTls(IOException ex) {
		return find(ex, SSLException.class) != null && find(ex, SocketException.class) == null;
	}

	/** Returns why something failed, to be put after a colon. */
	static String reason(IOException ex) {
		String message = ex.getMessage();
		if (message == null || message.isBlank()) {
			return "I/O error (" + ex.getClass().getSimpleName() + ")";
		}
		String text = CLASS_NAME.matcher(message).replaceAll("");
		return lowerFirst(text.endsWith(".") ? text.substring(0, text.length() - 1) : text);
	}

	/** Leaves abbreviations such as SOCKS as they are. */
	private static String lowerFirst(String text) {
		boolean word = text.length() > 1 && !Character.isUpperCase(text.charAt(1));
		return word ? Character.toLowerCase(text.charAt(0)) + text.substring(1) : text;
	}

	static <T extends Throwable> @Nullable T find(@Nullable Throwable ex, Class<T> type) {
		Throwable current = ex;
		for (int depth = 0; current != null && depth < 10; depth++) {
			if (type.isInstance(current)) {
				return type.cast(current);
			}
			current = current.getCause();
		}
		return null;
	}

	private static String after(@Nullable Duration limit) {
		return (limit != null) ? " after " + text(limit) : "";
	}

	/** Returns a duration as messages show it, for instance "2.5s" or "250ms". */
	static String text(@Nullable Duration duration) {
		if (duration == null) {
			return "no limit";
		}
		BigDecimal seconds = BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
		boolean small = duration.getSeconds() == 0 && duration.getNano() > 0;
		return (small ? seconds.movePointRight(3) : seconds).stripTrailingZeros().toPlainString()
				+ (small ? "ms" : "s");
	}

}
