package io.github.requests4j.spring.starter;

import java.util.List;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.Session;
import io.github.requests4j.spring.client.EnableRequestsClients;
import io.github.requests4j.spring.client.RequestsClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * An application with only this starter.
 */
@ExtendWith(OutputCaptureExtension.class)
class StarterTests {

	private final MockWebServer server = new MockWebServer();

	@BeforeEach
	void start() throws Exception {
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void applicationStartsAndCalls() {
		this.server.enqueue(new MockResponse.Builder().addHeader("Content-Type", "application/json")
			.body("[{\"name\":\"tea\"}]")
			.build());
		try (ConfigurableApplicationContext context = run("requests.sessions.shop.base-url=" + this.server.url("/"))) {
			assertThat(context.getBean(Shop.class).items()).containsExactly(new Item("tea"));
		}
	}

	@Test
	void applicationStartsWithoutConfiguration() {
		this.server.enqueue(new MockResponse.Builder().body("hello").build());
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Empty.class)
			.web(WebApplicationType.NONE)
			.run()) {
			assertThat(context.getBean(Session.class).get(this.server.url("/").toString()).text()).isEqualTo("hello");
		}
	}

	@Test
	void mistakeFailsTheStartAndIsExplained(CapturedOutput output) {
		assertThatThrownBy(() -> run("requests.sessions.shop.conect-timeout=5s")).isInstanceOf(RuntimeException.class);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Property: requests.sessions.shop.conect-timeout")
			.contains("Origin: \"requests.sessions.shop.conect-timeout\" from property source")
			.contains("This key is unknown.")
			.contains("Did you mean 'requests.sessions.shop.connect-timeout'?");
	}

	private static ConfigurableApplicationContext run(String... properties) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(properties)
			.run();
	}

	record Item(String name) {
	}

	@RequestsClient("shop")
	interface Shop {

		@GetExchange("/items")
		List<Item> items();

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableRequestsClients(clients = Shop.class)
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Empty {

	}

}
