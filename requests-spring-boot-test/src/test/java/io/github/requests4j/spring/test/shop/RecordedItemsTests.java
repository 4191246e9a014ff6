package io.github.requests4j.spring.test.shop;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import io.github.requests4j.spring.test.RequestsCassette;
import io.github.requests4j.spring.test.shop.ItemsClient.Item;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest
class RecordedItemsTests {

	@Test
	@RequestsCassette("items.har")
	void findsAnItem(@Autowired ItemsClient items) {
		assertThat(items.find("tea")).contains(new Item("tea", 3));
	}

}
