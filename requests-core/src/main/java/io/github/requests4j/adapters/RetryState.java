package io.github.requests4j.adapters;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Attempt;
import io.github.requests4j.http.ConnectTimeoutException;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.EgressDeniedException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.ProxyException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.RetryException;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.SslException;

/**
 * Decides during one call whether the request is sent again, and waits before it is. The
 * transport uses it, and so can adapters and interceptors that repeat calls. For one
 * thread. <pre>{@code
 * public Response send(Adapter transport, PreparedRequest request, SendOptions options) {
 *     RetryState retries = RetryState.of(Retry.of(3), request, options);
 *     Response response = transport.send(request, options);
 *     Duration pause = retries.afterResponse(response);
 *     while (pause != null) {
 *         retries.pause(pause, null, response);
 *         response = transport.send(request, options);
 *         pause = retries.afterResponse(response);
 *     }
 *     return response;
 * }
 * }</pre>
 *
 * @see Retry
 */
public final class RetryState {

	private static final int UNLIMITED = Integer.MAX_VALUE;

	private final Retry policy;

	private final PreparedRequest request;

	private final @Nullable Deadline deadline;

	private final boolean allowed;

	/** Whether the body decides too, and not only the method. */
	private final boolean bodyDecides;

	private final InstantSource clock;

	private final Waiting waiting;

	private final List<Attempt> history = new ArrayList<>();

	private int total;

	private int connect;

	private int read;

	private int status;

	private int other;

	private RetryState(Retry policy, PreparedRequest request, SendOptions options, boolean allowed, boolean bodyDecides,
			InstantSource clock, Waiting waiting) {
		this.policy = policy;
		this.request = request;
		this.deadline = options.deadline();
		this.allowed = allowed;
		this.bodyDecides = bodyDecides;
		this.clock = clock;
		this.waiting = waiting;
		this.total = (policy.total() != null) ? policy.total() : UNLIMITED;
		this.connect = left(policy.connect());
		this.read = left(policy.read());
		this.status = left(policy.status());
		this.other = left(policy.other());
	}

	/** Without a total, nothing would end retries that have no counter of their own. */
	private int left(@Nullable Integer count) {
		if (count != null) {
			return count;
		}
		return (this.policy.total() != null) ? UNLIMITED : 0;
	}

	/**
	 * Starts with the counters of a policy. A body that cannot be sent again is not
	 * repeated, whatever the method.
	 * @param policy the policy
	 * @param request the request
	 * @param options how it is sent; its deadline bounds the pauses
	 * @return the state before the first attempt
	 */
	public static RetryState of(Retry policy, PreparedRequest request, SendOptions options) {
		return new RetryState(policy, request, options, policy.allows(request.method()), true, InstantSource.system(),
				RetryState::sleep);
	}

	/**
	 * Starts without counters, for callers that count attempts themselves. The request
	 * may be sent again after it may have reached the server if it
	 * {@linkplain PreparedRequest#isRepeatable() is repeatable}.
	 * @param request the request
	 * @param options how it is sent; its deadline bounds the pauses
	 * @return the state before the first attempt
	 */
	public static RetryState uncounted(PreparedRequest request, SendOptions options) {
		return new RetryState(Retry.none(), request, options, request.isRepeatable(), true, InstantSource.system(),
				RetryState::sleep);
	}

	/** For the transport, which rewinds bodies and reports those it cannot rewind. */
	static RetryState ofTransport(Retry policy, PreparedRequest request, SendOptions options, InstantSource clock,
			Waiting waiting) {
		return new RetryState(policy, request, options, policy.allows(request.method()), false, clock, waiting);
	}

	/**
	 * Returns the attempts that were repeated so far.
	 * @return the attempts, oldest first; unmodifiable
	 */
	public List<Attempt> history() {
		return List.copyOf(this.history);
	}

	/**
	 * Adds an attempt that is repeated by a count of the caller's own, with the attempts
	 * that its response had before it.
	 * @param error how the attempt failed, or {@code null}
	 * @param response the response to the attempt, or {@code null}
	 * @param pause the pause before the next attempt
	 */
	public void addAttempt(@Nullable RequestException error, @Nullable Response response, Duration pause) {
		if (response != null) {
			this.history.addAll(response.attempts());
		}
		this.history.add(attempt(error, (response != null) ? response.statusCode() : null, pause));
	}

	/**
	 * Returns a response that has the attempts before it, for callers that repeat calls
	 * around a transport.
	 * @param last the last response
	 * @return the same response if nothing was repeated, otherwise one that shares its
	 * body
	 */
	public Response withAttempts(Response last) {
		if (this.history.isEmpty()) {
			return last;
		}
		List<Attempt> all = new ArrayList<>(this.history);
		all.addAll(last.attempts());
		return last.toBuilder().attempts(all).build();
	}

	/**
	 * Whether the request may be sent again after it may have reached the server. The
	 * answer may change once the body was sent, since some bodies exist only once.
	 * @return {@code true} if the method, the headers and the body allow it
	 */
	public boolean isRepeatable() {
		return this.allowed && (!this.bodyDecides || this.request.hasRewindableBody());
	}

	/**
	 * Whether there must be no further attempt: the deadline has passed, or the thread
	 * was interrupted.
	 * @return {@code true} if the call is over
	 */
	public boolean isOver() {
		return (this.deadline != null && this.deadline.hasPassed()) || Thread.currentThread().isInterrupted();
	}

	/**
	 * Whether a counter of the policy has run out.
	 * @return {@code true} after the failure or response that no retry was left for
	 */
	public boolean isExhausted() {
		return this.total < 0 || this.connect < 0 || this.read < 0 || this.status < 0 || this.other < 0;
	}

	/**
	 * Whether a failed attempt may be followed by another one, apart from all counters:
	 * nothing was sent, or sending the request twice does no harm.
	 * @param unsent whether nothing of the request was sent, see {@link #isUnsent}
	 * @return {@code true} if there may be another attempt
	 */
	public boolean mayRepeat(boolean unsent) {
		return (unsent || isRepeatable()) && !isOver();
	}

	/**
	 * Counts a failed attempt. Only failures of the network are repeated: not a passed
	 * deadline, an interrupt or a call that the egress rules deny.
	 * @param error how the attempt failed
	 * @param unsent whether nothing of the request was sent, see {@link #isUnsent}
	 * @return how long to wait before the next attempt, or {@code null} if there is none
	 */
	public @Nullable Duration afterError(RequestException error, boolean unsent) {
		if (!(error instanceof ConnectionException) || error.getClass() == RequestTimeoutException.class
				|| error instanceof EgressDeniedException || !mayRepeat(unsent)) {
			return null;
		}
		if (isOther(error)) {
			this.other = minusOne(this.other);
		}
		else if (unsent) {
			this.connect = minusOne(this.connect);
		}
		else if (this.policy.raisesReadErrors()) {
			return null;
		}
		else {
			this.read = minusOne(this.read);
		}
		this.total = minusOne(this.total);
		return isExhausted() ? null : remember(error, null, Duration.ZERO);
	}

	/**
	 * What urllib3 counts as other errors: TLS, and a proxy that answers with an error.
	 */
	static boolean isOther(RequestException error) {
		return error instanceof SslException || (error instanceof ProxyException && error.response() != null);
	}

	/**
	 * Counts a response. One that is not returned to the caller is read up to 64 KiB and
	 * closed, so that its connection can be used again.
	 * @param response the response
	 * @return how long to wait before the next attempt, or {@code null} to return this
	 * response
	 * @throws RetryException if the retries are used up on its status; has the response
	 */
	public @Nullable Duration afterResponse(Response response) {
		int code = response.statusCode();
		boolean listed = this.policy.statusForcelist().contains(code);
		if (!isRepeatable() || !(listed || honoursRetryAfter(response))) {
			return null;
		}
		this.status = minusOne(this.status);
		this.total = minusOne(this.total);
		if (isExhausted()) {
			if (!this.policy.raiseOnStatus()) {
				return null;
			}
			// Its body says why the server is not well.
			keep(response);
			throw new RetryException(describe() + ": too many " + code + " error responses, and no retries are left."
					+ " raiseOnStatus(false) returns the last response instead, whose body may say why.")
				.attach(this.request, response);
		}
		Duration requested = requestedPause(response);
		discard(response);
		return remember(null, code, requested);
	}

	/**
	 * As in urllib3, a status that is not listed is only retried while the total lasts: a
	 * policy without a total does not retry it.
	 */
	private boolean honoursRetryAfter(Response response) {
		return this.policy.respectRetryAfterHeader() && this.policy.total() != null && this.total > 0
				&& asksToComeBack(response);
	}

	/** A Retry-After that cannot be read leaves the pause to the policy. */
	private Duration requestedPause(Response response) {
		Duration asked = this.policy.respectRetryAfterHeader() ? asked(response) : null;
		return (asked != null) ? asked : Duration.ZERO;
	}

	private @Nullable Duration asked(Response response) {
		return RetryAfter.of(response, this.clock.instant(), this.policy.retryAfterMax());
	}

	private static int minusOne(int count) {
		return (count == UNLIMITED) ? UNLIMITED : count - 1;
	}

	private Duration remember(@Nullable RequestException error, @Nullable Integer code, Duration requested) {
		Duration pause = requested.isZero() ? backoff(this.history.size() + 1) : requested;
		this.history.add(attempt(error, code, pause));
		return pause;
	}

	private Attempt attempt(@Nullable RequestException error, @Nullable Integer code, Duration pause) {
		return new Attempt(Objects.requireNonNull(this.request.method()),
				this.request.parsedUrl().withoutUserinfoAndFragment(), error, code, pause);
	}

	/**
	 * The pause of urllib3: none before the first retry, then doubled each time. The
	 * random part keeps clients apart that failed together.
	 */
	private Duration backoff(int errors) {
		if (errors <= 1) {
			return Duration.ZERO;
		}
		double nanos = (double) Deadline.nanos(this.policy.backoffFactor()) * Math.pow(2, errors - 1);
		if (!this.policy.backoffJitter().isZero()) {
			nanos += ThreadLocalRandom.current().nextDouble() * (double) Deadline.nanos(this.policy.backoffJitter());
		}
		return Duration.ofNanos((long) Math.min(nanos, (double) Deadline.nanos(this.policy.backoffMax())));
	}

	/**
	 * Waits before the next attempt, unless that would begin after the deadline.
	 * @param pause how long to wait; zero only checks the deadline
	 * @param error how the last attempt failed, or {@code null}
	 * @param response the response to the last attempt, or {@code null}
	 * @throws RequestTimeoutException if the deadline leaves no time for another attempt
	 * @throws ConnectionException if the thread is interrupted or the transport is closed
	 * meanwhile
	 */
	public void pause(Duration pause, @Nullable RequestException error, @Nullable Response response) {
		Deadline limit = this.deadline;
		if (limit != null && limit.remainingNanos() <= Deadline.nanos(pause)) {
			throw new RequestTimeoutException(
					describe() + ": The next attempt would begin after " + Failures.seconds(pause)
							+ " s, past the deadline of " + Failures.seconds(limit.limit()) + " s for the whole call",
					error)
				.attach(this.request, response);
		}
		if (pause.isZero()) {
			return;
		}
		try {
			if (this.waiting.isClosedWithin(Deadline.nanos(pause))) {
				throw new ConnectionException(describe() + ": The adapter was closed while waiting to try again", error)
					.attach(this.request, response);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ConnectionException(describe() + ": Interrupted while waiting to try again", ex)
				.attach(this.request, response);
		}
	}

	/** Without the query, which may hold secrets. */
	private String describe() {
		String url = this.request.parsedUrl().withoutUserinfoAndFragment();
		int query = url.indexOf('?');
		return this.request.method() + " " + ((query >= 0) ? url.substring(0, query) : url);
	}

	/**
	 * Whether a call failed before anything of the request was sent, because no
	 * connection came about. Such a request may be sent again whatever it is.
	 * @param error how the call failed
	 * @return {@code true} if nothing was sent; {@code false} if something may have been
	 */
	public static boolean isUnsent(RequestException error) {
		if (error instanceof ConnectTimeoutException) {
			return true;
		}
		for (@Nullable
		Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
			if (cause instanceof ConnectException || cause instanceof UnknownHostException
					|| cause instanceof NoRouteToHostException) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether a response asks to send the request again later: status 413, 429 or 503
	 * with a Retry-After.
	 * @param response the response
	 * @return whether it asks to come back
	 */
	public static boolean asksToComeBack(Response response) {
		int code = response.statusCode();
		return (code == 413 || code == 429 || code == 503) && response.headers().containsKey(RetryAfter.HEADER);
	}

	/**
	 * Returns the longer of two pauses: the caller's own and the one that the server asks
	 * for. A Retry-After that cannot be read asks for nothing.
	 * @param own the pause without the server's wish
	 * @param response the response to the last attempt, or {@code null}
	 * @return the pause
	 */
	public Duration longerPause(Duration own, @Nullable Response response) {
		Duration asked = (response != null) ? asked(response) : null;
		return (asked != null && asked.compareTo(own) > 0) ? asked : own;
	}

	/**
	 * Gives up a response that is not returned to the caller. Reads up to 64 KiB of its
	 * body, so that the connection can be used again. Never throws.
	 * @param response the response
	 */
	public static void discard(Response response) {
		keep(response);
		response.close();
	}

	/** Takes a short body off the connection; content() still returns it. */
	private static void keep(Response response) {
		try {
			response.drain();
		}
		catch (RequestException ex) {
			// The connection is closed, and the status alone must do.
			return;
		}
	}

	private static boolean sleep(long nanos) throws InterruptedException {
		TimeUnit.NANOSECONDS.sleep(nanos);
		return false;
	}

	/** Waits for a time, or until the transport is closed. */
	@FunctionalInterface
	interface Waiting {

		/** Returns whether the transport was closed while waiting. */
		boolean isClosedWithin(long nanos) throws InterruptedException;

	}

}
