package io.github.requests4j.spring.test.shop;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import io.github.requests4j.spring.test.AutoConfigureRequestsMock;
import io.github.requests4j.spring.test.MockSessions;
import io.github.requests4j.spring.test.Reply;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest
@AutoConfigureRequestsMock
class PricesInApplicationTests {

	@Test
	void showsPrices(@Autowired MockSessions mocks, @Autowired PricesClient prices) {
		mocks.session("prices").expect("GET", "/prices").reply(Reply.text("cheap"));
		assertThat(prices.prices()).isEqualTo("cheap");
	}

}
