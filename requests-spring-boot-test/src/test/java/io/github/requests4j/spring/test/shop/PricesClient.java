package io.github.requests4j.spring.test.shop;

import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.spring.client.RequestsClient;

/**
 * Another client of the application.
 */
@RequestsClient("prices")
public interface PricesClient {

	@GetExchange("/prices")
	String prices();

}
