package io.github.requests4j.sample.copies;

import java.util.List;

import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.spring.client.RequestsClient;

/**
 * The client for what the services have counted.
 */
@RequestsClient("usage")
interface UsageClient {

	@GetExchange("/copies")
	List<Copy> copies();

	/** What a copy of Depot has used. */
	record Copy(String copy, int tokens, int logins, int quotes, double quotesPerSecond) {

		Copy plus(Copy other) {
			return new Copy("Together", this.tokens + other.tokens, this.logins + other.logins,
					this.quotes + other.quotes, this.quotesPerSecond + other.quotesPerSecond);
		}

	}

}
