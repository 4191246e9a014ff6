package io.github.requests4j.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.requests4j.http.Timings.Phase;

/**
 * Times the phases of one exchange, and notifies listeners of its beginning and its end,
 * exactly once each. Isolates the call from their exceptions. Used by adapters that send
 * requests and by mocks of them, not by wrappers of adapters. Not thread-safe, but
 * {@link #timings()} may be called while another thread reads the body.
 */
public final class ExchangeRecord {

	private static final Logger logger = LoggerFactory.getLogger(ExchangeRecord.class);

	private static final int PHASES = Phase.BODY.ordinal() + 1;

	private final List<ExchangeListener.Scope> scopes;

	private final @Nullable Exchange exchange;

	private final long startNanos = System.nanoTime();

	/** When the current phase began. */
	private long phaseNanos = this.startNanos;

	private Phase phase = Phase.POOL;

	/** The time spent in each phase, 0 for phases that have not ended. */
	private final long[] spent = new long[PHASES];

	/** Whether the last phase has ended. */
	private volatile boolean complete;

	private boolean ended;

	private boolean reported;

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
		Exchange exchange = new Exchange(request, options, kind, attempt);
		List<ExchangeListener.Scope> scopes = new ArrayList<>(context.listeners().size());
		ExchangeRecord record = new ExchangeRecord(exchange, scopes);
		exchange.record(record);
		for (ExchangeListener listener : context.listeners()) {
			try {
				scopes.add(listener.begin(exchange));
			}
			catch (RuntimeException ex) {
				warn(ex);
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
		return (this.exchange != null) ? this.exchange.addedHeaders() : null;
	}

	/**
	 * Returns the time since the exchange began.
	 * @return the time so far
	 */
	public Duration elapsed() {
		return Duration.ofNanos(System.nanoTime() - this.startNanos);
	}

	/**
	 * Ends the current phase and begins another one. An exchange begins with
	 * {@link Phase#POOL}.
	 * @param next the phase that begins
	 */
	public void enter(Phase next) {
		if (!this.complete) {
			long now = System.nanoTime();
			// At least 1, because 0 means that there was no such phase.
			this.spent[this.phase.ordinal()] += Math.max(1, now - this.phaseNanos);
			this.phaseNanos = now;
			this.phase = next;
		}
	}

	/**
	 * Ends the last phase, when the body has ended. Listeners are notified, after
	 * {@link #responded} if that was not called yet. Calling this twice has no effect.
	 */
	public void complete() {
		if (!this.complete) {
			enter(this.phase);
			this.complete = true;
			reportEnd();
		}
	}

	/**
	 * Returns the phases that have ended.
	 * @return the timings so far
	 */
	public Timings timings() {
		boolean all = this.complete;
		long total = 0;
		for (long nanos : this.spent) {
			total += nanos;
		}
		return new Timings(spent(Phase.POOL), spent(Phase.DNS), spent(Phase.CONNECT), spent(Phase.PROXY),
				spent(Phase.TLS), spent(Phase.SEND), spent(Phase.FIRST_BYTE), all ? spent(Phase.BODY) : null,
				all ? Duration.ofNanos(total) : null);
	}

	private @Nullable Duration spent(Phase phase) {
		long nanos = this.spent[phase.ordinal()];
		return (nanos > 0) ? Duration.ofNanos(nanos) : null;
	}

	/**
	 * Ends the exchange with a response.
	 * @param response the response, whose headers have been received
	 */
	public void responded(Response response) {
		if (end()) {
			Duration elapsed = response.elapsed();
			try {
				if (!this.scopes.isEmpty()) {
					notifyListeners((scope) -> scope.responded(response, elapsed));
				}
			}
			finally {
				this.reported = true;
				if (this.complete) {
					reportEnd();
				}
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
			complete();
			try {
				if (!this.scopes.isEmpty()) {
					notifyListeners((scope) -> scope.failed(error, elapsed));
				}
			}
			finally {
				this.reported = true;
				reportEnd();
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

	private void reportEnd() {
		if (this.reported && !this.scopes.isEmpty()) {
			Timings timings = timings();
			notifyListeners((scope) -> scope.ended(timings));
		}
	}

	/** Notifies all listeners, then rethrows the first {@link Error}. */
	private void notifyListeners(Consumer<ExchangeListener.Scope> event) {
		Error failure = null;
		for (ExchangeListener.Scope scope : this.scopes) {
			try {
				event.accept(scope);
			}
			catch (RuntimeException ex) {
				warn(ex);
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

	private static void warn(RuntimeException error) {
		logger.warn("An exchange listener failed. The call continues without it.", error);
	}

}
