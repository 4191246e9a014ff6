package io.github.requests4j.spring.guide;

// tag::price-feed[]
import java.util.stream.Stream;

import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.spring.client.EventTypes;
import io.github.requests4j.spring.client.Reconnect;
import io.github.requests4j.spring.client.RequestsClient;

/**
 * Prices as they change.
 */
@RequestsClient("prices")
public interface PriceFeed {

	/** The data of every event. */
	@GetExchange("/prices")
	Stream<Price> prices();

	/** The data of events of one type. */
	@EventTypes("change")
	@GetExchange("/prices")
	Stream<Price> changes();

	/** Whole events, also after the connection breaks. */
	@Reconnect
	@GetExchange("/prices")
	Stream<ServerSentEvent<Price>> events();

	/** The data of an event. */
	record Price(String item, double amount) {
	}

}
// end::price-feed[]
