package io.github.requests4j.spring.test.shop;

import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

import io.github.requests4j.spring.client.EnableRequestsClients;
import io.github.requests4j.spring.client.RequestsClient;
import io.github.requests4j.spring.test.LocalServer;
import io.github.requests4j.spring.test.MockSessions;
import io.github.requests4j.spring.test.Reply;
import io.github.requests4j.spring.test.RequestsLocalServer;
import io.github.requests4j.spring.test.RequestsTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replies and expectations are written as the application writes JSON.
 */
class JsonMapperTests {

	@Nested
	@RequestsTest(clients = ItemsClient.class, properties = "spring.jackson.property-naming-strategy=SNAKE_CASE")
	@Import(Money.class)
	class InASlice {

		@Autowired
		private MockSessions mocks;

		@Autowired
		private PriceClient prices;

		@Test
		void repliesAndExpectations() {
			this.mocks.session("items")
				.expect("POST", "/price")
				.json(new Price(new Amount(350), 2L))
				.reply(Reply.json(201, Map.of("unit_price", new Amount(7), "item_count", 1L)).header("X-Id", "1"));
			assertThat(this.prices.set(new Price(new Amount(350), 2L))).isEqualTo(new Price(new Amount(7), 1L));
			this.mocks.session("items").expect("GET", "/price").reply(Reply.json(new Price(new Amount(350), 2L)));
			assertThat(this.prices.get()).contains(new Price(new Amount(350), 2L));
		}

	}

	@Nested
	@SpringBootTest(properties = "spring.jackson.property-naming-strategy=SNAKE_CASE")
	@RequestsLocalServer("items")
	@Import(Money.class)
	class OverALocalServer {

		@Test
		void replies(@Autowired LocalServer server, @Autowired PriceClient prices) {
			server.on("GET", "/price", Reply.json(new Price(new Amount(350), 2L)));
			assertThat(prices.get()).contains(new Price(new Amount(350), 2L));
			server.reset();
			server.enqueue(Reply.json(new Price(new Amount(7), 1L)));
			assertThat(prices.get()).contains(new Price(new Amount(7), 1L));
		}

	}

	@TestConfiguration(proxyBeanMethods = false)
	@EnableRequestsClients(clients = PriceClient.class)
	static class Money {

		@Bean
		JacksonModule money() {
			return new SimpleModule().addSerializer(new StdSerializer<Amount>(Amount.class) {
				@Override
				public void serialize(Amount amount, JsonGenerator json, SerializationContext context) {
					json.writeString(amount.cents() + " cents");
				}
			}).addDeserializer(Amount.class, new StdDeserializer<Amount>(Amount.class) {
				@Override
				public Amount deserialize(JsonParser json, DeserializationContext context) {
					return new Amount(Integer.parseInt(json.getString().replace(" cents", "")));
				}
			});
		}

	}

	/** Has its own JSON form. */
	public record Amount(int cents) {
	}

	/** A body. */
	public record Price(Amount unitPrice, long itemCount) {
	}

	/**
	 * A client that is nested in a test class.
	 */
	@RequestsClient("items")
	public interface PriceClient {

		@GetExchange("/price")
		Optional<Price> get();

		@PostExchange("/price")
		Price set(@RequestBody Price price);

	}

}
