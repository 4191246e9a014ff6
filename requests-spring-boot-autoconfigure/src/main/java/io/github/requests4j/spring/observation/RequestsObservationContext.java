package io.github.requests4j.spring.observation;

import io.micrometer.observation.transport.RequestReplySenderContext;

import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.Response;

/**
 * What is known of an exchange while it is observed: the exchange from the beginning, the
 * response once its headers are there. The headers that tracing sets travel with this
 * exchange only.
 */
public final class RequestsObservationContext extends RequestReplySenderContext<Exchange, Response> {

	/**
	 * Makes the context of an exchange that is about to begin.
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
