package io.github.requests4j.spring.test.shop;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;

import io.github.requests4j.Session;
import io.github.requests4j.spring.test.MockSessions;
import io.github.requests4j.spring.test.Reply;
import io.github.requests4j.spring.test.RequestsTest;

import static org.assertj.core.api.Assertions.assertThat;

@RequestsTest(clients = ItemsClient.class,
		properties = { "requests.sessions.orders.base-url=http://orders.example/",
				"requests.sessions.orders.auth.type=relay", "requests.sessions.login.base-url=http://login.example/",
				"requests.sessions.login.auth.registration-id=shop" })
class RelaySliceTests {

	@Autowired
	private MockSessions mocks;

	@Autowired
	@Qualifier("orders")
	private Session orders;

	@Test
	void theTokenOfACallerIsThere() {
		this.mocks.session("orders")
			.expect("GET", "/list")
			.header("Authorization", "Bearer token-of-caller")
			.reply(Reply.text("one"));
		assertThat(this.orders.get("list").text()).isEqualTo("one");
	}

	@Test
	void requestsForTokensHaveAMock() {
		assertThat(this.mocks.session("shop-tokens")).isNotNull();
	}

}
