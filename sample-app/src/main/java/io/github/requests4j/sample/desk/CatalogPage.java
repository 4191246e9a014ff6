package io.github.requests4j.sample.desk;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

import org.springframework.http.HttpHeaders;

import io.github.requests4j.http.Response;
import io.github.requests4j.sample.desk.CatalogClient.Item;

/**
 * A page of items, whether there are previous and next pages, and properties of its
 * response.
 */
record CatalogPage(int number, List<Item> items, boolean hasPrevious, boolean hasNext, @Nullable String tag,
		@Nullable String coding, @Nullable String cacheControl, int status) {

	static CatalogPage read(int number, Response response) {
		List<Item> items = response.raiseForStatus().json(new TypeReference<List<Item>>() {
		});
		return new CatalogPage(number, items, response.links().containsKey("prev"),
				response.links().containsKey("next"), response.headers().get(HttpHeaders.ETAG),
				response.headers().get(HttpHeaders.CONTENT_ENCODING), response.headers().get(HttpHeaders.CACHE_CONTROL),
				response.statusCode());
	}

	/** Returns this page with the status of a response that reported no change. */
	CatalogPage unchanged(Response response) {
		return new CatalogPage(this.number, this.items, this.hasPrevious, this.hasNext, this.tag, this.coding,
				this.cacheControl, response.statusCode());
	}

}
