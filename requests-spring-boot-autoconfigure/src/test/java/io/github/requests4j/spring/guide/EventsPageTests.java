package io.github.requests4j.spring.guide;

import java.util.stream.Stream;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.codec.ServerSentEvent;

import io.github.requests4j.spring.MockServers;
import io.github.requests4j.spring.client.EnableRequestsClients;
import io.github.requests4j.spring.client.RequestsClientsAutoConfiguration;
import io.github.requests4j.spring.guide.PriceFeed.Price;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The section about server-sent events on the page about interface clients.
 */
@ExtendWith(MockServers.class)
class EventsPageTests {

	private final MockWebServer server = new MockWebServer();

	@Test
	void eventsAreReadAsDocumented() {
		for (int i = 0; i < 3; i++) {
			this.server.enqueue(new MockResponse.Builder().addHeader("Content-Type", "text/event-stream")
				.body("id: 1\nevent: change\ndata: {\"item\":\"tea\",\"amount\":3.5}\n\nevent: ping\ndata:\n\n"
						+ "data: [DONE]\n\n")
				.build());
		}
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsClientsAutoConfiguration.class,
							JacksonAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class))
			.withUserConfiguration(Clients.class)
			.withPropertyValues("requests.sessions.prices.base-url=" + this.server.url("/"))
			.run((context) -> {
				PriceFeed feed = context.getBean(PriceFeed.class);
				assertThat(feed.prices()).containsExactly(new Price("tea", 3.5));
				assertThat(feed.changes()).containsExactly(new Price("tea", 3.5));
				// tag::price-events[]
				try (Stream<ServerSentEvent<Price>> events = feed.events()) {
					events.forEach((event) -> System.out.println(event.event() + ": " + event.data()));
				}
				// end::price-events[]
				assertThat(this.server.getRequestCount()).isEqualTo(3);
			});
	}

	@Configuration(proxyBeanMethods = false)
	@EnableRequestsClients(clients = PriceFeed.class)
	static class Clients {

	}

}
