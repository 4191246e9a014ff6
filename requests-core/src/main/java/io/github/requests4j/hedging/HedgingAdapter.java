package io.github.requests4j.hedging;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;

/**
 * Sends hops through the wrapped adapter, with hedges where that is safe. Thread-safe.
 */
final class HedgingAdapter implements Adapter {

	private final Adapter delegate;

	private final Hedging hedging;

	HedgingAdapter(Adapter delegate, Hedging hedging) {
		this.delegate = delegate;
		this.hedging = hedging;
	}

	@Override
	public Response send(PreparedRequest request, SendOptions options) {
		this.hedging.deposit(options.kind());
		if (!isHedged(request, options)) {
			return this.delegate.send(request, options);
		}
		Latencies latencies = this.hedging.latencies(request);
		long delay = this.hedging.delay(latencies);
		long start = System.nanoTime();
		Response response = (delay != Latencies.UNKNOWN)
				? new HedgedHop(this.hedging, this.delegate, request, options, delay).send()
				: this.delegate.send(request, options);
		if (latencies != null && this.hedging.isGood(response)) {
			latencies.add(System.nanoTime() - start);
		}
		return response;
	}

	private static boolean isHedged(PreparedRequest request, SendOptions options) {
		if (options.kind() == Exchange.Kind.HEDGE || !request.isRepeatable()) {
			return false;
		}
		Body body = request.body();
		// Two attempts would report the progress of one body.
		return body == null || (body.isShareable() && options.progress() == null);
	}

	Hedging hedging() {
		return this.hedging;
	}

	@Override
	public @Nullable Adapter delegate() {
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

}
