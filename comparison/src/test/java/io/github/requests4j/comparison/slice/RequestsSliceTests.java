package io.github.requests4j.comparison.slice;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import io.github.requests4j.spring.test.MockSessions;
import io.github.requests4j.spring.test.Reply;
import io.github.requests4j.spring.test.RequestsTest;

import static org.assertj.core.api.Assertions.assertThat;

// tag::slice[]
@RequestsTest(RequestsItems.class)
class RequestsSliceTests {

	@Autowired
	private RequestsItems items;

	@Autowired
	private MockSessions mocks;

	@Test
	void anItem() {
		this.mocks.session("items").expect("GET", "/items/tea").reply(Reply.json("{\"id\":\"tea\",\"price\":3.5}"));
		assertThat(this.items.item("tea")).isEqualTo(new Item("tea", 3.5));
	}

}
// end::slice[]
