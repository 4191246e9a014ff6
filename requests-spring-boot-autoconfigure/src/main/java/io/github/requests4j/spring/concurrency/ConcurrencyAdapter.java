package io.github.requests4j.spring.concurrency;

import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.ThrottledException;
import io.github.requests4j.internal.url.UrlText;
import io.github.requests4j.spring.concurrency.ConcurrencyLimit.Outcome;
import io.github.requests4j.spring.concurrency.ConcurrencyLimit.Place;

/**
 * Limits the requests in progress. A request holds its place, together with the retries
 * of its transport, until the headers of the response arrive. Thread-safe.
 */
final class ConcurrencyAdapter implements Adapter {

	private final Adapter delegate;

	private final String session;

	private final ConcurrencyLimit limit;

	private final long maxNanos;

	private final LongAdder rejected;

	ConcurrencyAdapter(Adapter delegate, String session, ConcurrencyLimit limit, long maxNanos, LongAdder rejected) {
		this.delegate = delegate;
		this.session = session;
		this.limit = limit;
		this.maxNanos = maxNanos;
		this.rejected = rejected;
	}

	@Override
	public Response send(PreparedRequest request, SendOptions options) {
		// A hedge is meant to save time, so it does not wait
		Place place = acquire(request, options.deadline(), (options.kind() == Exchange.Kind.HEDGE) ? 0 : this.maxNanos);
		Outcome outcome = Outcome.UNKNOWN;
		long nanos = 0;
		try {
			Response response = this.delegate.send(request, options);
			outcome = outcome(response);
			// Without the wait for a permit of the rate limit, which is not the service's
			nanos = response.elapsed().toNanos();
			return response;
		}
		catch (RequestTimeoutException ex) {
			outcome = Outcome.OVERLOADED;
			throw ex;
		}
		finally {
			place.release(outcome, nanos);
		}
	}

	/**
	 * Returns what a response reveals. Retried requests and errors do not show how long
	 * the service usually takes.
	 */
	private static Outcome outcome(Response response) {
		int status = response.statusCode();
		if (status == 429 || status == 503) {
			return Outcome.OVERLOADED;
		}
		return (status < 500 && response.attempts().isEmpty()) ? Outcome.RESPONDED : Outcome.UNKNOWN;
	}

	private Place acquire(PreparedRequest request, @Nullable Deadline deadline, long maxWait) {
		long wait = (deadline != null) ? Math.min(maxWait, deadline.remainingNanos()) : maxWait;
		Place place;
		try {
			place = this.limit.acquire(Math.max(0, wait));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ConnectionException(call(request) + ": interrupted while waiting for the concurrency limit of"
					+ " session '" + this.session + "'.", ex)
				.attach(request, null);
		}
		if (place == null) {
			this.rejected.increment();
			throw rejection(request);
		}
		return place;
	}

	private RequestException rejection(PreparedRequest request) {
		String end = (this.maxNanos > 0) ? ", and no request ended in time. " : ". ";
		String raise = this.limit.isAdaptive() ? "concurrency.wait." : "concurrency.limit or concurrency.wait.";
		return new ThrottledException(call(request) + ": the concurrency limit of session '" + this.session + "' ("
				+ this.limit.limit() + ") is reached" + end + "Make fewer concurrent calls, or raise " + raise, null)
			.attach(request, null);
	}

	private static String call(PreparedRequest request) {
		return UrlText.call(request.method(), request.parsedUrl());
	}

	@Override
	public Adapter delegate() {
		return this.delegate;
	}

	@Override
	public boolean retire() {
		return this.delegate.retire();
	}

	@Override
	public void close() {
		this.delegate.close();
	}

	@Override
	public String toString() {
		return "ConcurrencyAdapter[" + this.delegate + "]";
	}

}
