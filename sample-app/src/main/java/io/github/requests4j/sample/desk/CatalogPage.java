package io.github.requests4j.sample.desk;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

import org.springframework.http.HttpHeaders;
import org.springframework.web.util.UriComponentsBuilder;

import io.github.requests4j.cache.CacheStatus;
import io.github.requests4j.http.Response;
import io.github.requests4j.sample.desk.CatalogClient.Item;

/**
 * A page of items, the number of pages, properties of its response, and what the cache of
 * the session did.
 */
record CatalogPage(int number, int pages, List<Item> items, @Nullable String tag, @Nullable String coding,
		@Nullable String cacheControl, @Nullable CacheStatus cache) {

	static CatalogPage read(int number, Response response) {
		List<Item> items = response.raiseForStatus().json(new TypeReference<List<Item>>() {
		});
		return new CatalogPage(number, pages(response.links().last(), number), items,
				response.headers().get(HttpHeaders.ETAG), response.headers().get(HttpHeaders.CONTENT_ENCODING),
				response.headers().get(HttpHeaders.CACHE_CONTROL), CacheStatus.of(response));
	}

	/** Returns the number of the page that the link to the last one leads to. */
	private static int pages(@Nullable String last, int number) {
		String page = (last != null)
				? UriComponentsBuilder.fromUriString(last).build().getQueryParams().getFirst("page") : null;
		return (page != null) ? Integer.parseInt(page) : number;
	}

}
