package io.github.requests4j.sample.copies;

import java.math.BigDecimal;

import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.spring.client.RequestsClient;

/**
 * The client for the prices of deliveries. The session sends an OAuth 2 token and stays
 * within the rate limit of the carrier.
 */
@RequestsClient("carrier")
interface CarrierClient {

	@GetExchange("/quotes")
	Quote quote(@RequestParam int quantity);

	record Quote(int quantity, BigDecimal price) {
	}

}
