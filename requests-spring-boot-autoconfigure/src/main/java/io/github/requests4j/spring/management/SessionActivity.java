package io.github.requests4j.spring.management;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
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
 * Counts the activity of a session for the endpoint, and keeps its last exchanges.
 * Thread-safe.
 */
final class SessionActivity implements CallInterceptor, ExchangeListener {

	private final InstantSource clock;

	private final LongAdder calls = new LongAdder();

	private final LongAdder errors = new LongAdder();

	private final LongAdder exchanges = new LongAdder();

	private final LongAdder retries = new LongAdder();

	private final LongAdder redirects = new LongAdder();

	private final LongAdder bodyErrors = new LongAdder();

	private final RecentExchanges recent = new RecentExchanges();

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
			recordError(ex);
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
		return new RecordedExchange(RecentExchanges.Begun.of(exchange));
	}

	private void recordError(RuntimeException error) {
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

	List<RecentExchanges.Entry> recent() {
		return this.recent.list();
	}

	/** Keeps one exchange when it ends. */
	private final class RecordedExchange implements Scope {

		private final RecentExchanges.Begun begun;

		RecordedExchange(RecentExchanges.Begun begun) {
			this.begun = begun;
		}

		@Override
		public void responded(Response response, Duration elapsed) {
			keep(response.statusCode(), null, elapsed);
		}

		@Override
		public void failed(RequestException error, Duration elapsed) {
			keep(null, error, elapsed);
		}

		private void keep(@Nullable Integer status, @Nullable RequestException error, Duration elapsed) {
			SessionActivity.this.recent
				.add(this.begun.end(SessionActivity.this.clock.instant(), status, error, elapsed));
		}

		/**
		 * Counts a broken body. This includes streamed bodies, which are read after the
		 * call.
		 */
		@Override
		public void bodyFailed(RequestException error) {
			SessionActivity.this.bodyErrors.increment();
			recordError(error);
		}

	}

	/**
	 * The activity of a session since its creation. Immutable.
	 *
	 * @param calls the number of calls
	 * @param errors the number of calls that threw an exception
	 * @param exchanges the number of exchanges over the network
	 * @param retries the number of exchanges that were retries of a transport
	 * @param redirects the number of exchanges that followed a redirect
	 * @param bodyErrors the number of bodies that were incomplete or could not be read
	 */
	record Counts(long calls, long errors, long exchanges, long retries, long redirects, long bodyErrors) {
	}

	/**
	 * The most recent error. Immutable.
	 *
	 * @param type the class of the exception
	 * @param message its message, without secrets
	 * @param time when it was thrown
	 */
	record LastError(String type, String message, Instant time) {
	}

}
