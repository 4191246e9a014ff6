package io.github.requests4j.spring.client.composed;

import org.springframework.web.service.annotation.GetExchange;

/**
 * A client by an annotation of the application's own.
 */
@ShopClient
public interface Prices {

	@GetExchange("/prices")
	String get();

}
