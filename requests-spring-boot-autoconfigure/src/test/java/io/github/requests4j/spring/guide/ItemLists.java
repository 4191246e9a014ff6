package io.github.requests4j.spring.guide;

// tag::item-lists[]
import java.util.stream.Stream;

import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.spring.client.Paged;
import io.github.requests4j.spring.client.RequestsClient;

/**
 * Lists that come in pages.
 */
@RequestsClient("catalog")
public interface ItemLists {

	/** The Link header has the URL of the next page, and each page is an array. */
	@Paged
	@GetExchange("/items")
	Stream<Item> items(@RequestParam int size);

	/** {"data": [...], "links": {"next": "/orders?page=2"}} */
	@Paged(next = "/links/next", items = "/data")
	@GetExchange("/orders")
	Stream<Item> orders();

	/** {"data": [...], "meta": {"next_cursor": "b2s"}}, then ?after=b2s */
	@Paged(cursor = "/meta/next_cursor", param = "after", items = "/data")
	@GetExchange("/events")
	Stream<Item> events();

	/** {"content": [...]}, then ?page=1; a page without elements ends the list. */
	@Paged(page = "page", first = 0, items = "/content", maxPages = 100)
	@GetExchange("/customers")
	Stream<Item> customers();

	/** An element of a page. */
	record Item(String id) {
	}

}
// end::item-lists[]
