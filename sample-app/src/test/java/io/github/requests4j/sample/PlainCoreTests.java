package io.github.requests4j.sample;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.github.requests4j.Requests;
import io.github.requests4j.Session;
import io.github.requests4j.http.Response;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The library without Spring, against Depot's upstream.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class PlainCoreTests {

	@LocalServerPort
	private int port;

	@Test
	void oneRequest() {
		String catalog = "http://localhost:" + this.port + "/upstream/catalog";
		Response response = Requests.get(catalog + "/items", (request) -> request.param("size", 3));
		response.raiseForStatus();
		List<Item> items = response.json(new TypeReference<>() {
		});
		assertThat(items).extracting(Item::id).containsExactly("tea", "pot", "cup");
		assertThat(response.links()).containsKey("next");
	}

	@Test
	void session() {
		String payments = "http://localhost:" + this.port + "/upstream/payments";
		try (Session session = Session.builder()
			.baseUrl(payments)
			.auth("depot", "secret")
			.timeout(Duration.ofSeconds(3))
			.build()) {
			Response charge = session.post("charges",
					(request) -> request.json(new Order("tea", 2, 12.80)).header("Idempotency-Key", "order-1"));
			assertThat(charge.raiseForStatus().json().path("item").asString()).isEqualTo("tea");
		}
	}

	record Item(String id, String name, double price) {
	}

	record Order(String item, int quantity, double amount) {
	}

}
