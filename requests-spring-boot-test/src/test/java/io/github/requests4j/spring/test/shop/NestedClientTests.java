package io.github.requests4j.spring.test.shop;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.spring.client.EnableRequestsClients;
import io.github.requests4j.spring.client.RequestsClient;
import io.github.requests4j.spring.test.MockSessions;
import io.github.requests4j.spring.test.Reply;
import io.github.requests4j.spring.test.RequestsTest;

import static org.assertj.core.api.Assertions.assertThat;

@RequestsTest
class NestedClientTests {

	@Test
	void nestedClientIsCalled(@Autowired StatusClient status, @Autowired MockSessions mocks) {
		mocks.session("items").expect("GET", "/status").reply(Reply.text("fine"));
		assertThat(status.status()).isEqualTo("fine");
	}

	@Test
	void unlistedNestedClientIsNotFound(@Autowired ObjectProvider<UnnamedClient> unnamed) {
		assertThat(unnamed.getIfAvailable()).isNull();
	}

	@RequestsClient("items")
	interface StatusClient {

		@GetExchange("/status")
		String status();

	}

	@RequestsClient("items")
	interface UnnamedClient {

		@GetExchange("/status")
		String status();

	}

	@TestConfiguration(proxyBeanMethods = false)
	@EnableRequestsClients(clients = StatusClient.class)
	static class Clients {

	}

}
