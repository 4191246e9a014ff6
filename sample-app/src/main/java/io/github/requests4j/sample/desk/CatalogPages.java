package io.github.requests4j.sample.desk;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

import io.github.requests4j.http.Response;

/**
 * Keeps the pages that it has seen, and asks only whether they have changed (RFC 9110,
 * section 13.1.2). Safe for many threads.
 */
@Component
class CatalogPages {

	private final CatalogClient catalog;

	private final Map<Integer, CatalogPage> seen = new ConcurrentHashMap<>();

	CatalogPages(CatalogClient catalog) {
		this.catalog = catalog;
	}

	CatalogPage page(int number) {
		CatalogPage known = this.seen.get(number);
		try (Response response = this.catalog.page(number, (known != null) ? known.tag() : null)) {
			if (known != null && response.statusCode() == HttpStatus.NOT_MODIFIED.value()) {
				return known.unchanged(response);
			}
			CatalogPage page = CatalogPage.read(number, response);
			if (!page.items().isEmpty()) {
				this.seen.put(number, page);
			}
			return page;
		}
	}

}
