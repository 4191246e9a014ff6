package io.github.requests4j.spring.management;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.CallInterceptor;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.spring.internal.config.SecretSettings;

/**
 * Counts what a session does, for the endpoint. Safe for many threads.
 */
final class SessionActivity implements CallInterceptor, ExchangeListener, ExchangeListener.Scope {

	private final InstantSource clock;

	private final LongAdder calls = new LongAdder();

	private final LongAdder errors = new LongAdder();

	private final LongAdder exchanges = new LongAdder();

	private final LongAdder retries = new LongAdder();

	private final LongAdder redirects = new LongAdder();

	private final LongAdder bodyErrors = new LongAdder();

	private volatile @Nullable LastError lastError;

	SessionActivity(InstantSource clock) {
		this.clock = clock;
	}

	@Override
	public Response intercept(PreparedRequest request, SendOptions options, Chain chain) {
		this.calls.increment();
		try {
			return chain.proceed(request, options);
		}
		catch (RuntimeException ex) {
			this.errors.increment();
			note(ex);
			throw ex;
		}
	}

	@Override
	public Scope begin(Exchange exchange) {
		this.exchanges.increment();
		switch (exchange.kind()) {
			case RETRY -> this.retries.increment();
			case REDIRECT -> this.redirects.increment();
			default -> {
			}
		}
		return this;
	}

	/** Of streamed bodies too, which are read when the call is over. */
	@Override
	public void bodyFailed(RequestException error) {
		this.bodyErrors.increment();
		note(error);
	}

	private void note(RuntimeException error) {
		this.lastError = new LastError(error.getClass().getName(), SecretSettings.masked(error.getMessage()),
				this.clock.instant());
	}

	Counts counts() {
		return new Counts(this.calls.sum(), this.errors.sum(), this.exchanges.sum(), this.retries.sum(),
				this.redirects.sum(), this.bodyErrors.sum());
	}

	@Nullable LastError lastError() {
		return this.lastError;
	}

	/**
	 * What a session did since it was made. Immutable.
	 *
	 * @param calls how many calls were made
	 * @param errors how many of them raised an exception
	 * @param exchanges how many exchanges with the network there were
	 * @param retries how many of these were retries of a transport
	 * @param redirects how many of these followed a redirect
	 * @param bodyErrors how many bodies broke off
	 */
	record Counts(long calls, long errors, long exchanges, long retries, long redirects, long bodyErrors) {
	}

	/**
	 * The error that came last. Immutable.
	 *
	 * @param type the class of the exception
	 * @param message its message, without secrets
	 * @param time when it was raised
	 */
	record LastError(String type, String message, Instant time) {
	}

}
