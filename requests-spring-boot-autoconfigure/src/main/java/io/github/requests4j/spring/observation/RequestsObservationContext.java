package io.github.requests4j.spring.observation;

import java.util.Objects;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.transport.RequestReplySenderContext;
import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.AttemptCancelledException;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.internal.url.UrlText;

/**
 * The context of an observed exchange. It contains the exchange from the start, and the
 * response after its headers arrive. Headers that tracing sets are only sent with this
 * exchange.
 */
public final class RequestsObservationContext extends RequestReplySenderContext<Exchange, Response> {

	private final long startMillis;

	private final int resendCount;

	private final ExchangeKeyValues low = new ExchangeKeyValues();

	private final ExchangeKeyValues high = new ExchangeKeyValues();

	private @Nullable String url;

	private boolean cancelled;

	/**
	 * Creates the context of an exchange that is about to start.
	 * @param exchange the exchange
	 */
	public RequestsObservationContext(Exchange exchange) {
		super((carrier, name, value) -> {
			if (carrier != null) {
				carrier.header(name, value);
			}
		});
		setCarrier(exchange);
		SendCount sends = exchange.attribute(SendCount.class);
		// Rounded up, so that no event is earlier than the span
		this.startMillis = System.currentTimeMillis() + 1;
		this.resendCount = (sends != null) ? sends.next() : 0;
	}

	/** Returns the exchange. */
	Exchange exchange() {
		return Objects.requireNonNull(getCarrier(), "exchange");
	}

	/**
	 * Returns the URL without credentials, query and fragment. It is built once, because
	 * conventions are asked at the start and at the end.
	 */
	String url() {
		String text = this.url;
		if (text == null) {
			text = UrlText.withoutQuery(exchange().request().parsedUrl());
			this.url = text;
		}
		return text;
	}

	/** Returns when the exchange began, in epoch milliseconds, rounded up. */
	long startMillis() {
		return this.startMillis;
	}

	/**
	 * Returns how often the request of the call was sent before, or 0 if that is not
	 * counted.
	 */
	int resendCount() {
		return this.resendCount;
	}

	/** Ends the exchange without a response. */
	void failed(RequestException error) {
		if (error instanceof AttemptCancelledException) {
			this.cancelled = true;
		}
		else {
			setError(error);
		}
	}

	/**
	 * Returns whether the exchange was cancelled because another attempt of the call got
	 * its response first. Such an exchange has neither a response nor an error.
	 * @return {@code true} for an attempt that lost against another one
	 */
	public boolean isCancelled() {
		return this.cancelled;
	}

	@Override
	public Observation.Context addLowCardinalityKeyValue(KeyValue value) {
		this.low.add(value);
		return this;
	}

	@Override
	public Observation.Context addLowCardinalityKeyValues(KeyValues values) {
		this.low.add(values);
		return this;
	}

	@Override
	public Observation.Context removeLowCardinalityKeyValue(String key) {
		this.low.remove(key);
		return this;
	}

	@Override
	public KeyValues getLowCardinalityKeyValues() {
		return this.low.all();
	}

	@Override
	public @Nullable KeyValue getLowCardinalityKeyValue(String key) {
		return this.low.get(key);
	}

	@Override
	public Observation.Context addHighCardinalityKeyValue(KeyValue value) {
		this.high.add(value);
		return this;
	}

	@Override
	public Observation.Context addHighCardinalityKeyValues(KeyValues values) {
		this.high.add(values);
		return this;
	}

	@Override
	public Observation.Context removeHighCardinalityKeyValue(String key) {
		this.high.remove(key);
		return this;
	}

	@Override
	public KeyValues getHighCardinalityKeyValues() {
		return this.high.all();
	}

	@Override
	public @Nullable KeyValue getHighCardinalityKeyValue(String key) {
		return this.high.get(key);
	}

}
