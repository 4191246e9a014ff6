package io.github.requests4j.spring.test.shop;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import io.github.requests4j.http.HttpException;
import io.github.requests4j.spring.test.MockSessions;
import io.github.requests4j.spring.test.Reply;
import io.github.requests4j.spring.test.RequestsTest;
import io.github.requests4j.spring.test.shop.ItemsClient.Item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@RequestsTest(ItemsClient.class)
class ItemsClientTests {

	@Autowired
	private ItemsClient items;

	@Autowired
	private MockSessions mocks;

	@Test
	void findsAnItem() {
		this.mocks.session("items").expect("GET", "/items/tea").reply(Reply.json(new Item("tea", 3)));
		assertThat(this.items.find("tea")).contains(new Item("tea", 3));
	}

	@Test
	void reportsErrors() {
		this.mocks.session("items").expect("GET", "/items/tea").reply(Reply.json(503, "{\"why\":\"closed\"}"));
		assertThatExceptionOfType(HttpException.class).isThrownBy(() -> this.items.find("tea"))
			.withMessageContaining("closed");
	}

}
