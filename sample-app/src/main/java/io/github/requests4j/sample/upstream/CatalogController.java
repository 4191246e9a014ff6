package io.github.requests4j.sample.upstream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * Serves the items that can be ordered, with links between pages (RFC 8288), and with
 * validators for caches (RFC 9111): a page must be validated before it is used again, a
 * single item is fresh for a minute. Tomcat compresses the responses.
 */
@UpstreamController
@RequestMapping("/upstream/catalog/items")
class CatalogController {

	private final Stock stock;

	CatalogController(Stock stock) {
		this.stock = stock;
	}

	@GetMapping
	ResponseEntity<List<Product>> list(@RequestParam(defaultValue = "1") int page,
			@RequestParam(defaultValue = "4") int size) {
		if (page < 1 || size < 1) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "page and size must be at least 1");
		}
		List<Product> products = Product.ALL.stream()
			.skip((page - 1L) * size)
			.limit(size)
			.map(this.stock::current)
			.toList();
		return cacheable(products, CacheControl.noCache()).header(HttpHeaders.LINK, links(page, size)).body(products);
	}

	@GetMapping("/{id}")
	ResponseEntity<Product> item(@PathVariable String id) {
		Product product = Product.ALL.stream()
			.filter((candidate) -> candidate.id().equals(id))
			.findFirst()
			.map(this.stock::current)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "No item '" + id + "'"));
		return cacheable(product, CacheControl.maxAge(Duration.ofMinutes(1))).body(product);
	}

	/**
	 * Adds headers for caches. Spring MVC compares the tag with If-None-Match and returns
	 * 304 automatically.
	 */
	private static ResponseEntity.BodyBuilder cacheable(Object content, CacheControl control) {
		return ResponseEntity.ok().cacheControl(control).eTag("W/\"" + Integer.toHexString(content.hashCode()) + "\"");
	}

	private static String[] links(int page, int size) {
		int last = (Product.ALL.size() - 1) / size + 1;
		List<String> links = new ArrayList<>();
		links.add(link(last, "last"));
		if (page > 1) {
			links.add(link(Math.min(page - 1, last), "prev"));
		}
		if (page < last) {
			links.add(link(page + 1, "next"));
		}
		return links.toArray(String[]::new);
	}

	private static String link(int page, String relation) {
		return "<" + ServletUriComponentsBuilder.fromCurrentRequest().replaceQueryParam("page", page).toUriString()
				+ ">; rel=\"" + relation + "\"";
	}

}
