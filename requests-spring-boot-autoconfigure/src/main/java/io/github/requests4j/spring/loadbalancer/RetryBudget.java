package io.github.requests4j.spring.loadbalancer;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.adapters.Retry;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.EgressDeniedException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.ProxyException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SslException;
import io.github.requests4j.spring.session.Repetition;

/**
 * What is left of a retry policy in the course of one hop. For one thread.
 */
final class RetryBudget {

	private final Retry policy;

	private final boolean repeatable;

	private int total;

	private int connect;

	private int read;

	private int status;

	private int other;

	private int used;

	RetryBudget(Retry policy, PreparedRequest request) {
		this.policy = policy;
		Body body = request.body();
		boolean allowed = policy.allowedMethods() == null || policy.allowedMethods().contains(request.method());
		this.repeatable = allowed && (body == null || body.isRewindable());
		this.total = left(policy.total());
		this.connect = left(policy.connect());
		this.read = left(policy.read());
		this.status = left(policy.status());
		this.other = left(policy.other());
	}

	private static int left(@Nullable Integer count) {
		return (count != null) ? count : Integer.MAX_VALUE;
	}

	/** Whether the status asks for another attempt, whether or not one is left. */
	boolean isUnwanted(Response response) {
		return this.repeatable && this.policy.statusForcelist().contains(response.statusCode());
	}

	boolean takeForStatus() {
		this.status--;
		return take(this.status);
	}

	/**
	 * Only what the network did, not a deadline that has passed, nor the egress rules.
	 */
	boolean takeFor(ConnectionException failure) {
		if (failure.getClass() == RequestTimeoutException.class || failure instanceof EgressDeniedException) {
			return false;
		}
		if (Repetition.isUnsent(failure)) {
			this.connect--;
			return take(this.connect);
		}
		if (failure instanceof SslException || (failure instanceof ProxyException && failure.response() != null)) {
			this.other--;
			return this.repeatable && take(this.other);
		}
		this.read--;
		return this.repeatable && take(this.read);
	}

	private boolean take(int counter) {
		this.total--;
		this.used++;
		return counter >= 0 && this.total >= 0;
	}

	/**
	 * The pause of urllib3: none before the first retry, then doubled each time, and a
	 * random part on top, so that clients which failed together do not come back
	 * together.
	 */
	Duration pause() {
		if (this.used <= 1) {
			return Duration.ZERO;
		}
		double nanos = (double) this.policy.backoffFactor().toNanos() * Math.pow(2, this.used - 1);
		nanos += ThreadLocalRandom.current().nextDouble() * (double) this.policy.backoffJitter().toNanos();
		return Duration.ofNanos((long) Math.min(nanos, (double) this.policy.backoffMax().toNanos()));
	}

	boolean raisesOnStatus() {
		return this.policy.raiseOnStatus();
	}

	boolean respectsRetryAfter() {
		return this.policy.respectRetryAfterHeader();
	}

}
