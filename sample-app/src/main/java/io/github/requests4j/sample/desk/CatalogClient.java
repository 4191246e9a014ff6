package io.github.requests4j.sample.desk;

import java.math.BigDecimal;
import java.util.Optional;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.http.Response;
import io.github.requests4j.spring.client.RequestsClient;

/**
 * The client for the items that can be ordered.
 */
@RequestsClient("catalog")
interface CatalogClient {

	/** Returns one item, or an empty optional if the catalog returns 404. */
	@GetExchange("/items/{id}")
	Optional<Item> item(@PathVariable String id);

	/** Returns the response with one page, because its headers are also needed. */
	@GetExchange("/items")
	Response page(@RequestParam int page);

	record Item(String id, String name, BigDecimal price, int stock) {
	}

}
