package io.github.requests4j.spring.test.shop;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import io.github.requests4j.http.ReadTimeoutException;
import io.github.requests4j.spring.test.LocalServer;
import io.github.requests4j.spring.test.Reply;
import io.github.requests4j.spring.test.RequestsLocalServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@SpringBootTest
@RequestsLocalServer("prices")
class SlowPricesTests {

	@Test
	void timesOut(@Autowired LocalServer server, @Autowired PricesClient prices) {
		server.enqueue(Reply.text("late").after(Duration.ofSeconds(5)));
		assertThatExceptionOfType(ReadTimeoutException.class).isThrownBy(prices::prices);
		assertThat(server.takeCall().headers().get("User-Agent")).startsWith("requests4j/");
	}

}
