package io.github.requests4j.sample.desk;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

import org.springframework.http.HttpHeaders;

import io.github.requests4j.cache.CacheStatus;
import io.github.requests4j.http.Response;
import io.github.requests4j.sample.desk.CatalogClient.Item;

/**
 * A page of items, whether there are previous and next pages, properties of its response,
 * and what the cache of the session did.
 */
record CatalogPage(int number, List<Item> items, boolean hasPrevious, boolean hasNext, @Nullable String tag,
		@Nullable String coding, @Nullable String cacheControl, @Nullable CacheStatus cache) {

	static CatalogPage read(int number, Response response) {
		List<Item> items = response.raiseForStatus().json(new TypeReference<List<Item>>() {
		});
		return new CatalogPage(number, items, response.links().containsKey("prev"),
				response.links().containsKey("next"), response.headers().get(HttpHeaders.ETAG),
				response.headers().get(HttpHeaders.CONTENT_ENCODING), response.headers().get(HttpHeaders.CACHE_CONTROL),
				CacheStatus.of(response));
	}

}
