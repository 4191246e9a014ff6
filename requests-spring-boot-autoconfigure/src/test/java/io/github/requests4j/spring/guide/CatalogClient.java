package io.github.requests4j.spring.guide;

// tag::catalog-client[]
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.spring.client.RequestsClient;

@RequestsClient("catalog")
interface CatalogClient {

	/** One item; empty if the catalog answers 404. */
	@GetExchange("/items/{id}")
	Optional<Item> item(@PathVariable String id);

	/** A record without annotation is the query: ?q=...&size=... */
	@GetExchange("/items")
	List<Item> items(Search search);

	@PostExchange("/items")
	ResponseEntity<Item> add(@RequestBody Item item, Timeouts timeouts);

	/** Read as it arrives; closing it frees the connection. */
	@GetExchange("/export")
	Stream<Item> export();

	@GetExchange("/items/{id}")
	CompletableFuture<Item> later(@PathVariable String id);

	/** Prepared as it would be sent, but not sent. */
	@PostExchange("/items")
	PreparedRequest dryRun(@RequestBody Item item);

	record Item(String id, double price) {
	}

	record Search(String q, int size) {
	}

}
// end::catalog-client[]
