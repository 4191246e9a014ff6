package io.github.requests4j.comparison.slice;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

interface SpringItems {

	@GetExchange("/items/{id}")
	Item item(@PathVariable String id);

}
