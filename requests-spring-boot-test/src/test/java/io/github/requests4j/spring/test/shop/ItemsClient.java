package io.github.requests4j.spring.test.shop;

import java.util.Optional;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

import io.github.requests4j.spring.client.RequestsClient;

/**
 * A client of the application.
 */
@RequestsClient("items")
public interface ItemsClient {

	@GetExchange("/items/{id}")
	Optional<Item> find(@PathVariable String id);

	@GetExchange("/items")
	String list(@RequestParam int page, @RequestParam String sort, @RequestHeader("X-Trace") String trace);

	@PostExchange("/items")
	Item create(@RequestBody Item item);

	@PostExchange("/login")
	Token login(@RequestParam("api_key") String key, @RequestBody Login login);

	/** A body. */
	record Item(String name, int price) {
	}

	/** A secret. */
	record Login(String user, String password) {
	}

	/** Another one. */
	record Token(String accessToken) {
	}

}
