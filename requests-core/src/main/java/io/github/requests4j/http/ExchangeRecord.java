package io.github.requests4j.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies listeners of the beginning and the end of one exchange, exactly once each, and
 * isolates the call from their exceptions. Used by adapters that send requests and by
 * mocks of them, not by wrappers of adapters. Not thread-safe.
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
	 * Begins an exchange. Must be called before a connection is leased.
	 * @param request the request that is about to be sent
	 * @param options its options, which contain the origin of the call and the listeners
	 * @param attempt 1 for the first attempt of the adapter, 2 for its first retry, and
	 * so on
	 * @return the record, which one of its methods must end
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
				runSafely(() -> scopes.add(listener.begin(exchange)));
			}
			catch (Error ex) {
				// The other listeners have begun and must be notified of the end.
				record.failed(new RequestException("An exchange listener failed: " + ex, ex).attach(request, null));
				throw ex;
			}
		}
		return record;
	}

	/**
	 * Returns the headers to send with this attempt only.
	 * @return the headers that listeners added, or {@code null} if there are none
	 */
	public @Nullable CaseInsensitiveHeaders headers() {
		return (this.exchange != null && !this.exchange.headers().isEmpty()) ? this.exchange.headers() : null;
	}

	/**
	 * Returns the time since the exchange began.
	 * @return the time so far
	 */
	public Duration elapsed() {
		return Duration.ofNanos(System.nanoTime() - this.startNanos);
	}

	/**
	 * Ends the exchange with a response.
	 * @param response the response, whose headers have been received
	 */
	public void responded(Response response) {
		if (end()) {
			Duration elapsed = response.elapsed();
			if (!this.scopes.isEmpty()) {
				notifyListeners((scope) -> scope.responded(response, elapsed));
			}
		}
	}

	/**
	 * Ends the exchange without a response.
	 * @param error the failure
	 */
	public void failed(RequestException error) {
		if (end()) {
			Duration elapsed = elapsed();
			if (!this.scopes.isEmpty()) {
				notifyListeners((scope) -> scope.failed(error, elapsed));
			}
		}
	}

	/**
	 * Reports that the body of the response could not be read to its end.
	 * @param error the failure
	 */
	public void bodyFailed(RequestException error) {
		if (!this.bodyFailed) {
			this.bodyFailed = true;
			if (!this.scopes.isEmpty()) {
				notifyListeners((scope) -> scope.bodyFailed(error));
			}
		}
	}

	/** Notifies all listeners, then rethrows the first {@link Error}. */
	private void notifyListeners(Consumer<ExchangeListener.Scope> event) {
		Error failure = null;
		for (ExchangeListener.Scope scope : this.scopes) {
			try {
				runSafely(() -> event.accept(scope));
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

	private static void runSafely(Runnable call) {
		try {
			call.run();
		}
		catch (RuntimeException ex) {
			logger.warn("An exchange listener failed. The call continues without it.", ex);
		}
	}

}
