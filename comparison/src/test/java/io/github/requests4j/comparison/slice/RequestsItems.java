package io.github.requests4j.comparison.slice;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.spring.client.RequestsClient;

@RequestsClient("items")
interface RequestsItems {

	@GetExchange("/items/{id}")
	Item item(@PathVariable String id);

}
