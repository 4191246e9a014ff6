package io.github.requests4j.spring.test.shop;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

import io.github.requests4j.spring.test.MockSessions;
import io.github.requests4j.spring.test.Reply;
import io.github.requests4j.spring.test.RequestsTest;
import io.github.requests4j.spring.test.shop.ItemsClient.Item;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The mock of a session answers the calls of its RestClient.
 */
@RequestsTest(properties = "requests.sessions.items.rest-client=true")
class RestClientSliceTests {

	@Autowired
	@Qualifier("items")
	private RestClient items;

	@Autowired
	private MockSessions mocks;

	@Test
	void callsAreAnswered() {
		this.mocks.session("items")
			.expect("POST", "/items")
			.header("Authorization", "Basic c2hvcDpodXNo")
			.json(new Item("cup", 4))
			.reply(Reply.json(201, "{\"name\":\"cup\",\"price\":4}"));
		assertThat(this.items.post()
			.uri("/items")
			.contentType(MediaType.APPLICATION_JSON)
			.body(new Item("cup", 4))
			.retrieve()
			.toEntity(Item.class)).satisfies((created) -> {
				assertThat(created.getStatusCode()).isEqualTo(HttpStatus.CREATED);
				assertThat(created.getBody()).isEqualTo(new Item("cup", 4));
			});
	}

}
