package io.github.requests4j.adapters;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Attempt;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.EgressDeniedException;
import io.github.requests4j.http.ProxyException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.RetryException;
import io.github.requests4j.http.SslException;

/**
 * What is left of a {@link Retry} policy in the course of one call. For one thread.
 */
final class RetryState {

	private static final int UNLIMITED = Integer.MAX_VALUE;

	private final Retry policy;

	private final Plan plan;

	private final InstantSource clock;

	private final List<Attempt> history = new ArrayList<>();

	private int total;

	private int connect;

	private int read;

	private int status;

	private int other;

	RetryState(Retry policy, Plan plan, InstantSource clock) {
		this.policy = policy;
		this.plan = plan;
		this.clock = clock;
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

	/** The attempts so far. */
	List<Attempt> history() {
		return this.history;
	}

	/**
	 * Takes an attempt that failed into account.
	 * @return how long to wait before the next one
	 * @throws RequestException if there is no next one
	 */
	Duration afterError(RequestException error, Transmission attempt) {
		if (!isRetryable(error, attempt)) {
			throw error;
		}
		boolean reading = false;
		if (error instanceof SslException || (error instanceof ProxyException && error.response() != null)) {
			this.other = minusOne(this.other);
		}
		else if (!attempt.wasConnected()) {
			this.connect = minusOne(this.connect);
		}
		else {
			if (this.policy.raisesReadErrors() || !this.policy.allows(this.plan.method())) {
				throw error;
			}
			reading = true;
			this.read = minusOne(this.read);
		}
		this.total = minusOne(this.total);
		if (isExhausted()) {
			throw reading ? exhausted(error) : error;
		}
		return remember(error, null, null);
	}

	/**
	 * Only what the network did: not a deadline, an interrupt, a closed adapter, or a
	 * pool that had nothing to give; nor a refusal of the egress rules.
	 */
	private static boolean isRetryable(RequestException error, Transmission attempt) {
		return error instanceof ConnectionException && error.getClass() != RequestTimeoutException.class
				&& !(error instanceof EgressDeniedException) && attempt.hadConnection() && !attempt.wasAborted()
				&& !Thread.currentThread().isInterrupted();
	}

	private ConnectionException exhausted(RequestException error) {
		return new ConnectionException(
				this.plan.failures().maxRetries(error.getClass().getSimpleName() + ": " + error.getMessage()), error);
	}

	/**
	 * Takes a response into account.
	 * @return how long to wait before the next attempt, or {@code null} to take this
	 * response
	 * @throws RetryException if the retries are used up on its status
	 */
	@Nullable Duration afterResponse(Response response) {
		int code = response.statusCode();
		String retryAfter = this.policy.respectRetryAfterHeader() ? response.headers().get("Retry-After") : null;
		boolean listed = this.policy.statusForcelist().contains(code);
		if (!this.policy.allows(this.plan.method()) || !(listed || honoursRetryAfter(code, retryAfter))) {
			return null;
		}
		this.status = minusOne(this.status);
		this.total = minusOne(this.total);
		if (isExhausted()) {
			if (!this.policy.raiseOnStatus()) {
				return null;
			}
			throw new RetryException(
					this.plan.failures().maxRetries("ResponseError: too many " + code + " error responses")
							+ ". raiseOnStatus(false) returns the last response instead, whose body may say why.")
				.attach(this.plan.request(), response);
		}
		Duration asked = (retryAfter != null) ? RetryAfter.parse(retryAfter, this.clock.instant()) : Duration.ZERO;
		return remember(null, code, asked);
	}

	/**
	 * As in urllib3, a status that is not listed is only retried while the total lasts: a
	 * policy without a total does not retry it.
	 */
	private boolean honoursRetryAfter(int code, @Nullable String retryAfter) {
		return retryAfter != null && this.policy.total() != null && this.total > 0
				&& (code == 413 || code == 429 || code == 503);
	}

	private static int minusOne(int count) {
		return (count == UNLIMITED) ? UNLIMITED : count - 1;
	}

	private boolean isExhausted() {
		return this.total < 0 || this.connect < 0 || this.read < 0 || this.status < 0 || this.other < 0;
	}

	private Duration remember(@Nullable RequestException error, @Nullable Integer code, @Nullable Duration asked) {
		boolean given = asked != null && !asked.isZero();
		Duration pause = (given && asked != null) ? asked : backoff(this.history.size() + 1);
		this.history.add(new Attempt(this.plan.method(), this.plan.request().parsedUrl().withoutUserinfoAndFragment(),
				error, code, pause));
		return pause;
	}

	private Duration backoff(int errors) {
		if (errors <= 1) {
			return Duration.ZERO;
		}
		double nanos = (double) this.policy.backoffFactor().toNanos() * Math.pow(2, errors - 1);
		if (!this.policy.backoffJitter().isZero()) {
			nanos += ThreadLocalRandom.current().nextDouble() * (double) this.policy.backoffJitter().toNanos();
		}
		return Duration.ofNanos((long) Math.min(nanos, (double) this.policy.backoffMax().toNanos()));
	}

}
