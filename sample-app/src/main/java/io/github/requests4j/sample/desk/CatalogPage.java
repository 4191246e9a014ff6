package io.github.requests4j.sample.desk;

import java.util.List;

import tools.jackson.core.type.TypeReference;

import io.github.requests4j.http.Response;
import io.github.requests4j.sample.desk.CatalogClient.Item;

/**
 * Some items, and whether there are more before and after them.
 */
record CatalogPage(int number, List<Item> items, boolean hasPrevious, boolean hasNext) {

	static CatalogPage fetch(CatalogClient catalog, int number) {
		try (Response response = catalog.page(number)) {
			List<Item> items = response.raiseForStatus().json(new TypeReference<List<Item>>() {
			});
			return new CatalogPage(number, items, response.links().containsKey("prev"),
					response.links().containsKey("next"));
		}
	}

}
