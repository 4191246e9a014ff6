package io.github.requests4j.spring.observation;

import io.micrometer.observation.transport.RequestReplySenderContext;

import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.Response;

/**
 * The context of an observed exchange. It contains the exchange from the start, and the
 * response after its headers arrive. Headers that tracing sets are only sent with this
 * exchange.
 */
public final class RequestsObservationContext extends RequestReplySenderContext<Exchange, Response> {

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
	}

}
