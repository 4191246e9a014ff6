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

import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.Attempt;
import io.github.requests4j.http.ConnectTimeoutException;
import io.github.requests4j.http.ConcurrentAttempt;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.EgressDeniedException;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.ProxyException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.RetryException;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.SslException;
import io.github.requests4j.http.ThrottledException;

/**
 * Decides during one call whether the request is sent again, and waits before it is. The
 * transport uses it, and so can adapters and interceptors that repeat calls. Not
 * thread-safe. <pre>{@code
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

	private final @Nullable ConcurrentAttempt concurrent;

	private final @Nullable Deadline deadline;

	private final boolean allowed;

	/** Whether the body must be rewindable, in addition to the method being allowed. */
	private final boolean bodyDecides;

	private final InstantSource clock;

	private final Waiting waiting;

	private final @Nullable RetryBudget budget;

	private final List<Attempt> history = new ArrayList<>();

	private int total;

	private int connect;

	private int read;

	private int status;

	private int other;

	/** Whether the budget gave the last retry. */
	private boolean taken;

	private RetryState(Retry policy, PreparedRequest request, SendOptions options, boolean allowed, boolean bodyDecides,
			@Nullable RetryBudget budget, InstantSource clock, Waiting waiting) {
		this.policy = policy;
		this.request = request;
		this.deadline = options.deadline();
		this.concurrent = Plan.concurrent(options);
		this.allowed = allowed;
		this.bodyDecides = bodyDecides;
		this.clock = clock;
		this.waiting = waiting;
		this.budget = budget;
		this.total = (policy.total() != null) ? policy.total() : UNLIMITED;
		this.connect = counter(policy.connect());
		this.read = counter(policy.read());
		this.status = counter(policy.status());
		this.other = counter(policy.other());
		// A retry must not add to the budget that limits retries.
		if (budget != null && options.kind() != Exchange.Kind.RETRY && options.kind() != Exchange.Kind.HEDGE) {
			budget.deposit();
		}
	}

	/** Without a total, retries without their own counter would never end. */
	private int counter(@Nullable Integer count) {
		if (count != null) {
			return count;
		}
		return (this.policy.total() != null) ? UNLIMITED : 0;
	}

	/**
	 * Returns a state with the counters of a policy. A request whose body cannot be sent
	 * again is not retried, whatever its method. A hedge is not retried either.
	 * @param policy the policy
	 * @param request the request
	 * @param options how it is sent; its deadline bounds the pauses
	 * @return the state before the first attempt
	 */
	public static RetryState of(Retry policy, PreparedRequest request, SendOptions options) {
		return of(policy, request, options, waiting(options));
	}

	/**
	 * Returns a state with the counters of a policy, whose pauses end when the
	 * {@link HttpAdapter} that sends the attempts is closed.
	 * @param policy the policy
	 * @param request the request
	 * @param options how it is sent; its deadline bounds the pauses
	 * @param transport sends the attempts: an HttpAdapter or what wraps one; with any
	 * other adapter, pauses do not end early
	 * @return the state before the first attempt
	 */
	public static RetryState of(Retry policy, PreparedRequest request, SendOptions options, Adapter transport) {
		return of(policy, request, options, waiting(options, transport));
	}

	private static RetryState of(Retry policy, PreparedRequest request, SendOptions options, Waiting waiting) {
		Retry own = (options.kind() == Exchange.Kind.HEDGE) ? Retry.none() : policy;
		return new RetryState(own, request, options, own.allows(request), true, own.budget(), InstantSource.system(),
				waiting);
	}

	private static Waiting waiting(SendOptions options, Adapter transport) {
		for (Adapter inner = transport; inner != null; inner = inner.delegate()) {
			if (inner instanceof HttpAdapter http) {
				ConcurrentAttempt attempt = Plan.concurrent(options);
				return (nanos) -> http.awaitClose(nanos, attempt);
			}
		}
		return waiting(options);
	}

	private static Waiting waiting(SendOptions options) {
		ConcurrentAttempt attempt = Plan.concurrent(options);
		return (attempt != null) ? (nanos) -> sleep(nanos, attempt) : RetryState::sleep;
	}

	/**
	 * Returns a state without counters, for callers that count attempts themselves. A
	 * request that may have reached the server is only sent again if it
	 * {@linkplain PreparedRequest#isRepeatable() is repeatable}.
	 * @param request the request
	 * @param options how it is sent; its deadline bounds the pauses
	 * @return the state before the first attempt
	 */
	public static RetryState uncounted(PreparedRequest request, SendOptions options) {
		return uncounted(request, options, null);
	}

	/**
	 * Returns a state without counters, with a budget. Call {@link #takeRetry} before
	 * each retry.
	 * @param request the request
	 * @param options how it is sent; its deadline bounds the pauses
	 * @param budget the budget, or {@code null}
	 * @return the state before the first attempt
	 */
	public static RetryState uncounted(PreparedRequest request, SendOptions options, @Nullable RetryBudget budget) {
		return new RetryState(Retry.none(), request, options, request.isRepeatable(), true, budget,
				InstantSource.system(), RetryState::sleep);
	}

	/**
	 * Returns a state for the transport, which rewinds bodies itself and reports those
	 * that it cannot rewind.
	 */
	static RetryState ofTransport(Retry policy, PreparedRequest request, SendOptions options, InstantSource clock,
			Waiting waiting) {
		return new RetryState(policy, request, options, policy.allows(request), false, policy.budget(), clock, waiting);
	}

	/**
	 * Returns the attempts that were retried so far.
	 * @return the attempts, oldest first; unmodifiable
	 */
	public List<Attempt> history() {
		return List.copyOf(this.history);
	}

	/**
	 * Adds an attempt that the caller repeats and counts itself, with the attempts that
	 * preceded its response.
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
	 * Returns a response with the attempts that preceded it, for callers that repeat
	 * calls around a transport.
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
	 * Returns whether the request may be sent again after it may have reached the server.
	 * The result may change once the body was sent, because some bodies can be read only
	 * once.
	 * @return {@code true} if the method, the headers and the body allow it
	 */
	public boolean isRepeatable() {
		return this.allowed && (!this.bodyDecides || this.request.hasRewindableBody());
	}

	/**
	 * Returns whether no further attempt is possible because the deadline has passed, the
	 * thread was interrupted, or another attempt of the hop got its response.
	 * @return {@code true} if the call is over
	 */
	public boolean isOver() {
		return (this.deadline != null && this.deadline.hasPassed()) || Thread.currentThread().isInterrupted()
				|| (this.concurrent != null && this.concurrent.isCancelled());
	}

	/**
	 * Returns whether a counter of the policy is used up.
	 * @return {@code true} after a failure or response for which no retry was left
	 */
	public boolean isExhausted() {
		return this.total < 0 || this.connect < 0 || this.read < 0 || this.status < 0 || this.other < 0;
	}

	/**
	 * Returns whether another attempt may follow a failed one, regardless of the
	 * counters: nothing was sent, or the request is safe to send twice.
	 * @param unsent whether nothing of the request was sent, see {@link #isUnsent}
	 * @return {@code true} if there may be another attempt
	 */
	public boolean mayRepeat(boolean unsent) {
		return (unsent || isRepeatable()) && !isOver();
	}

	/**
	 * Counts a failed attempt. Only network failures are retried, not a passed deadline,
	 * an interrupt or a call that the egress rules or a throttle reject.
	 * @param error how the attempt failed
	 * @param unsent whether nothing of the request was sent, see {@link #isUnsent}
	 * @return how long to wait before the next attempt, or {@code null} if there is none
	 */
	public @Nullable Duration afterError(RequestException error, boolean unsent) {
		if (!(error instanceof ConnectionException) || error.getClass() == RequestTimeoutException.class
				|| error instanceof EgressDeniedException || error instanceof ThrottledException
				|| !mayRepeat(unsent)) {
			return null;
		}
		if (isOther(error)) {
			this.other = decrement(this.other);
		}
		else if (unsent) {
			this.connect = decrement(this.connect);
		}
		else if (this.policy.raisesReadErrors()) {
			return null;
		}
		else {
			this.read = decrement(this.read);
		}
		this.total = decrement(this.total);
		return (isExhausted() || !takeRetry(error, null)) ? null : record(error, null, Duration.ZERO);
	}

	/**
	 * Takes one retry from the budget, for callers that count attempts themselves;
	 * {@link #afterError} and {@link #afterResponse} call it. If the budget is used up,
	 * marks what the call ends with.
	 * @param error how the last attempt failed, or {@code null}
	 * @param response the response to the last attempt, or {@code null}
	 * @return {@code true} if there is no budget or it allows the retry
	 * @see Response#isRetrySuppressed()
	 * @see RequestException#isRetrySuppressed()
	 */
	public boolean takeRetry(@Nullable RequestException error, @Nullable Response response) {
		this.taken = this.budget == null || this.budget.withdraw();
		if (this.taken) {
			return true;
		}
		if (error != null) {
			error.markRetrySuppressed();
		}
		if (response != null) {
			response.markRetrySuppressed();
		}
		return false;
	}

	/**
	 * Returns whether urllib3 counts a failure as an other error: TLS, or a proxy that
	 * responds with an error.
	 */
	static boolean isOther(RequestException error) {
		return error instanceof SslException || (error instanceof ProxyException && error.response() != null);
	}

	/**
	 * Counts a response. A response that will be retried is closed after up to 64 KiB of
	 * it were read, so that its connection can be reused.
	 * @param response the response
	 * @return how long to wait before the next attempt, or {@code null} to return this
	 * response
	 * @throws RetryException if no retries are left for its status; contains the response
	 */
	public @Nullable Duration afterResponse(Response response) {
		int code = response.statusCode();
		boolean listed = this.policy.statusForcelist().contains(code);
		if (!isRepeatable() || !(listed || honoursRetryAfter(response))) {
			return null;
		}
		this.status = decrement(this.status);
		this.total = decrement(this.total);
		if (isExhausted() || !takeRetry(null, response)) {
			if (!this.policy.raiseOnStatus()) {
				return null;
			}
			// Its body may explain why the server fails.
			drain(response);
			RequestException exhausted = Failures.statusExhausted(this.request, attempts() + 1, code);
			throw (response.isRetrySuppressed() ? exhausted.markRetrySuppressed() : exhausted).attach(this.request,
					response);
		}
		Duration requested = requestedPause(response);
		discard(response);
		return record(null, code, requested);
	}

	/**
	 * As in urllib3, a status that is not listed is retried only while the total lasts,
	 * and never without a total.
	 */
	private boolean honoursRetryAfter(Response response) {
		return this.policy.respectRetryAfterHeader() && this.policy.total() != null && this.total > 0
				&& isDeferred(response);
	}

	/** Returns zero if there is no valid Retry-After, so that the policy decides. */
	private Duration requestedPause(Response response) {
		Duration retryAfter = this.policy.respectRetryAfterHeader() ? retryAfter(response) : null;
		return (retryAfter != null) ? retryAfter : Duration.ZERO;
	}

	private @Nullable Duration retryAfter(Response response) {
		return RetryAfter.of(response, this.clock.instant(), this.policy.retryAfterMax());
	}

	private static int decrement(int count) {
		return (count == UNLIMITED) ? UNLIMITED : count - 1;
	}

	private Duration record(@Nullable RequestException error, @Nullable Integer code, Duration requested) {
		Duration pause = requested.isZero() ? backoff(this.history.size() + 1) : requested;
		this.history.add(attempt(error, code, pause));
		return pause;
	}

	private Attempt attempt(@Nullable RequestException error, @Nullable Integer code, Duration pause) {
		return new Attempt(Objects.requireNonNull(this.request.method()),
				this.request.parsedUrl().withoutUserinfoAndFragment(), error, code, pause);
	}

	/**
	 * Returns the pause of urllib3: none before the first retry, then doubled each time.
	 * The random part spreads clients that failed at the same time.
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
	 * Waits before the next attempt, or fails if that attempt would start after the
	 * deadline.
	 * @param pause how long to wait; zero only checks the deadline
	 * @param error how the last attempt failed, or {@code null}
	 * @param response the response to the last attempt, or {@code null}
	 * @throws RequestTimeoutException if the deadline leaves no time for another attempt
	 * @throws ConnectionException if the thread is interrupted or the transport is closed
	 * meanwhile. In each of these cases, the budget gets the retry back.
	 */
	public void pause(Duration pause, @Nullable RequestException error, @Nullable Response response) {
		Deadline limit = this.deadline;
		if (limit != null && limit.remainingNanos() <= Deadline.nanos(pause)) {
			refund();
			throw Failures.noTimeToRetry(this.request, attempts(), pause, limit, error).attach(this.request, response);
		}
		if (pause.isZero()) {
			return;
		}
		try {
			if (this.waiting.isClosedWithin(Deadline.nanos(pause))) {
				refund();
				throw Failures.closedBeforeRetry(this.request, attempts(), error).attach(this.request, response);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			refund();
			throw Failures.interruptedBeforeRetry(this.request, attempts(), ex).attach(this.request, response);
		}
	}

	/** Gives the budget the last retry back, because it is not sent. */
	void refund() {
		if (this.taken && this.budget != null) {
			this.budget.refund();
		}
		this.taken = false;
	}

	/** Returns the number of attempts that are over. */
	private int attempts() {
		return this.history.size();
	}

	/**
	 * Returns whether a call failed before anything was sent, because there was no
	 * connection or a throttle rejected it. Such a request is always safe to send again.
	 * @param error how the call failed
	 * @return {@code true} if nothing was sent; {@code false} if something may have been
	 */
	public static boolean isUnsent(RequestException error) {
		if (error instanceof ConnectTimeoutException || error instanceof ThrottledException) {
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
	 * Returns whether a response asks the client to retry later: status 413, 429 or 503
	 * with a Retry-After header.
	 * @param response the response
	 * @return whether the request is deferred
	 */
	public static boolean isDeferred(Response response) {
		int code = response.statusCode();
		return (code == 413 || code == 429 || code == 503) && response.headers().containsKey(RetryAfter.HEADER);
	}

	/**
	 * Returns the longer of two pauses: the caller's own and that of a Retry-After
	 * header. An invalid header is ignored.
	 * @param own the pause of the caller
	 * @param response the response to the last attempt, or {@code null}
	 * @return the pause
	 */
	public Duration longerPause(Duration own, @Nullable Response response) {
		Duration retryAfter = (response != null) ? retryAfter(response) : null;
		return (retryAfter != null && retryAfter.compareTo(own) > 0) ? retryAfter : own;
	}

	/**
	 * Closes a response that is not returned to the caller. Reads up to 64 KiB of its
	 * body first, so that the connection can be reused. Never throws.
	 * @param response the response
	 */
	public static void discard(Response response) {
		drain(response);
		response.close();
	}

	/** Reads a short body from the connection; content() still returns it. */
	private static void drain(Response response) {
		try {
			response.drain();
		}
		catch (RequestException ex) {
			// The connection is closed. The status is still available.
			return;
		}
	}

	private static boolean sleep(long nanos) throws InterruptedException {
		TimeUnit.NANOSECONDS.sleep(nanos);
		return false;
	}

	/** The next attempt of the transport finds out that it was cancelled. */
	private static boolean sleep(long nanos, ConcurrentAttempt attempt) throws InterruptedException {
		attempt.awaitCancel(nanos);
		return false;
	}

	/** Waits for a duration, or until the transport is closed. */
	@FunctionalInterface
	interface Waiting {

		/** Returns whether the transport was closed while waiting. */
		boolean isClosedWithin(long nanos) throws InterruptedException;

	}

}
