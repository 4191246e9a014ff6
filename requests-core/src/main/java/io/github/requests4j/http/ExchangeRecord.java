package io.github.requests4j.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the listeners of one exchange its beginning and its end, exactly once each, and
 * keeps their errors away from the call. For adapters that reach the network and for
 * mocks of them; wrappers of adapters leave it alone. For one thread.
 */
public final class ExchangeRecord {

	private static final Logger logger = LoggerFactory.getLogger(ExchangeRecord.class);

	private final List<ExchangeListener.Scope> scopes;

	private final @Nullable Exchange exchange;

	private final long startNanos = System.nanoTime();

	private boolean ended;

	private boolean bodyFailed;

	private ExchangeRecord(@Nullable Exchange exchange, List<ExchangeListener.Scope> scopes) {
		this.exchange = exchange;
		this.scopes = scopes;
	}

	/**
	 * Begins an exchange: call it before a connection is leased.
	 * @param request the request that is about to be sent
	 * @param options its options, which name the call and its listeners
	 * @param attempt 1 for the first attempt of the adapter, 2 for its first retry, and
	 * so on
	 * @return the record, to be ended by one of its methods
	 */
	public static ExchangeRecord begin(PreparedRequest request, SendOptions options, int attempt) {
		CallContext context = options.context();
		if (context.listeners().isEmpty()) {
			return new ExchangeRecord(null, List.of());
		}
		Exchange.Kind kind = (attempt > 1) ? Exchange.Kind.RETRY : options.kind();
		Exchange exchange = new Exchange(request, context, kind, attempt);
		List<ExchangeListener.Scope> scopes = new ArrayList<>(context.listeners().size());
		ExchangeRecord record = new ExchangeRecord(exchange, scopes);
		for (ExchangeListener listener : context.listeners()) {
			try {
				quietly(() -> scopes.add(listener.begin(exchange)));
			}
			catch (Error ex) {
				// The others have begun, and must end.
				record.failed(new RequestException("An exchange listener failed: " + ex, ex).attach(request, null));
				throw ex;
			}
		}
		return record;
	}

	/**
	 * The headers to send with this attempt only.
	 * @return what the listeners added, or {@code null} when there is nothing
	 */
	public @Nullable CaseInsensitiveHeaders headers() {
		return (this.exchange != null && !this.exchange.headers().isEmpty()) ? this.exchange.headers() : null;
	}

	/**
	 * The time since the exchange began.
	 * @return the time so far
	 */
	public Duration elapsed() {
		return Duration.ofNanos(System.nanoTime() - this.startNanos);
	}

	/**
	 * Ends the exchange with a response.
	 * @param response the response, whose headers are there
	 */
	public void responded(Response response) {
		if (end()) {
			Duration elapsed = response.elapsed();
			if (!this.scopes.isEmpty()) {
				tell((scope) -> scope.responded(response, elapsed));
			}
		}
	}

	/**
	 * Ends the exchange without a response.
	 * @param error why there is none
	 */
	public void failed(RequestException error) {
		if (end()) {
			Duration elapsed = elapsed();
			if (!this.scopes.isEmpty()) {
				tell((scope) -> scope.failed(error, elapsed));
			}
		}
	}

	/**
	 * Tells that the body of the response could not be read to its end.
	 * @param error why
	 */
	public void bodyFailed(RequestException error) {
		if (!this.bodyFailed) {
			this.bodyFailed = true;
			if (!this.scopes.isEmpty()) {
				tell((scope) -> scope.bodyFailed(error));
			}
		}
	}

	/** An error of one listener reaches the caller after all have been told. */
	private void tell(Consumer<ExchangeListener.Scope> event) {
		Error failure = null;
		for (ExchangeListener.Scope scope : this.scopes) {
			try {
				quietly(() -> event.accept(scope));
			}
			catch (Error ex) {
				failure = (failure != null) ? failure : ex;
			}
		}
		if (failure != null) {
			throw failure;
		}
	}

	private boolean end() {
		boolean first = !this.ended;
		this.ended = true;
		return first;
	}

	private static void quietly(Runnable call) {
		try {
			call.run();
		}
		catch (RuntimeException ex) {
			logger.warn("An exchange listener failed; the call goes on without it", ex);
		}
	}

}
