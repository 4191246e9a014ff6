package io.github.requests4j.spring.client.elsewhere;

import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.spring.client.RequestsClient;

/**
 * Found only when its package is named.
 */
@RequestsClient("s")
public interface EnabledClient {

	@GetExchange("/enabled")
	String get();

}
