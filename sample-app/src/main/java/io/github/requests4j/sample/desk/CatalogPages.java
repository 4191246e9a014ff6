package io.github.requests4j.sample.desk;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

import io.github.requests4j.http.Response;

/**
 * Caches pages and revalidates them with conditional requests (RFC 9110, section 13.1.2).
 * Thread-safe.
 */
@Component
class CatalogPages {

	private final CatalogClient catalog;

	private final Map<Integer, CatalogPage> cache = new ConcurrentHashMap<>();

	CatalogPages(CatalogClient catalog) {
		this.catalog = catalog;
	}

	CatalogPage page(int number) {
		CatalogPage known = this.cache.get(number);
		try (Response response = this.catalog.page(number, (known != null) ? known.tag() : null)) {
			if (known != null && response.statusCode() == HttpStatus.NOT_MODIFIED.value()) {
				return known.unchanged(response);
			}
			CatalogPage page = CatalogPage.read(number, response);
			if (!page.items().isEmpty()) {
				this.cache.put(number, page);
			}
			return page;
		}
	}

}
