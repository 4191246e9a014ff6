package io.github.requests4j.sample.desk;

import java.math.BigDecimal;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.http.Response;
import io.github.requests4j.spring.client.RequestsClient;

/**
 * What can be ordered.
 */
@RequestsClient("catalog")
interface CatalogClient {

	/** One item; empty if the catalog answers 404. */
	@GetExchange("/items/{id}")
	Optional<Item> item(@PathVariable String id);

	/** One page as it came, for its headers are wanted too; a 304 if it has that tag. */
	@GetExchange("/items")
	Response page(@RequestParam int page,
			@RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String tag);

	record Item(String id, String name, BigDecimal price, int stock) {
	}

}
