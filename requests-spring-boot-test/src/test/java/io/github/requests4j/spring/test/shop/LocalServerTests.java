package io.github.requests4j.spring.test.shop;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import io.github.requests4j.Requests;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.ReadTimeoutException;
import io.github.requests4j.spring.test.LocalServer;
import io.github.requests4j.spring.test.RecordedCall;
import io.github.requests4j.spring.test.Reply;
import io.github.requests4j.spring.test.RequestsLocalServer;
import io.github.requests4j.spring.test.shop.ItemsClient.Item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@SpringBootTest
@RequestsLocalServer({ "items", "prices" })
class LocalServerTests {

	@Autowired
	private LocalServer server;

	@Autowired
	private ItemsClient items;

	@Autowired
	private PricesClient prices;

	@Test
	void answersByItsScript() {
		this.server.on("GET", "/items/tea", Reply.json(new Item("tea", 3)))
			.enqueue(Reply.json(new Item("first", 1)), Reply.status(404));
		assertThat(this.items.find("a")).contains(new Item("first", 1));
		assertThat(this.items.find("tea")).contains(new Item("tea", 3));
		assertThat(this.items.find("b")).isEmpty();
		assertThat(this.items.find("c")).as("nothing is set").isEmpty();
		assertThat(this.server.calls()).extracting(RecordedCall::url)
			.containsExactly("/items/a", "/items/tea", "/items/b", "/items/c");
	}

	@Test
	void keepsWhatWasSent() {
		this.server.enqueue(Reply.json(201, new Item("cup", 4)));
		this.items.create(new Item("cup", 4));
		RecordedCall call = this.server.takeCall();
		assertThat(call.method()).isEqualTo("POST");
		assertThat(call.text()).isEqualTo("{\"name\":\"cup\",\"price\":4}");
		assertThat(call.headers().get("authorization")).isEqualTo("Basic c2hvcDpodXNo");
		assertThat(call).hasToString(call.toString()).asString().contains("***").doesNotContain("c2hvcDpodXNo");
	}

	@Test
	void beginsEachTestEmpty() {
		assertThat(this.server.calls()).isEmpty();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.server.takeCall(Duration.ofMillis(1)));
	}

	@Test
	void makesTrouble() {
		this.server.enqueue(Reply.disconnect());
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> this.items.create(new Item("cup", 4)));
		this.server.enqueue(Reply.text("late").after(Duration.ofSeconds(5)));
		assertThatExceptionOfType(ReadTimeoutException.class).isThrownBy(this.prices::prices);
	}

	@Test
	void canBeStartedByHand() {
		try (LocalServer own = LocalServer.start()) {
			own.enqueue(Reply.text("hello").header("X-A", "1").header("X-A", "2"));
			assertThat(Requests.get(own.url("x?y=1")).text()).isEqualTo("hello");
			assertThat(own.takeCall().url()).isEqualTo("/x?y=1");
		}
	}

}
