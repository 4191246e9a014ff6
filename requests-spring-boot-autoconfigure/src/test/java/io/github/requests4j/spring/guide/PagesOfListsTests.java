package io.github.requests4j.spring.guide;

import java.util.List;
import java.util.stream.Stream;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import io.github.requests4j.spring.MockServers;
import io.github.requests4j.spring.client.EnableRequestsClients;
import io.github.requests4j.spring.client.RequestsClientsAutoConfiguration;
import io.github.requests4j.spring.guide.ItemLists.Item;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The section about pages on the page about interface clients.
 */
@ExtendWith(MockServers.class)
class PagesOfListsTests {

	private final MockWebServer server = new MockWebServer();

	@Test
	void listsAreReadAsDocumented() {
		this.server.setDispatcher(new Dispatcher() {

			@Override
			public MockResponse dispatch(RecordedRequest request) {
				return answer(request.getTarget());
			}
		});
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsClientsAutoConfiguration.class,
							JacksonAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class))
			.withUserConfiguration(Clients.class)
			.withPropertyValues("requests.sessions.catalog.base-url=" + this.server.url("/"))
			.run((context) -> {
				ItemLists lists = context.getBean(ItemLists.class);
				// tag::item-lists-call[]
				try (Stream<Item> items = lists.items(100)) {
					List<Item> first = items.limit(150).toList();
					System.out.println(first.size() + " items, from two pages at most");
				}
				// end::item-lists-call[]
				assertThat(this.server.getRequestCount()).isEqualTo(2);
				assertThat(lists.items(100)).extracting(Item::id).containsExactly("a", "b");
				assertThat(lists.orders()).extracting(Item::id).containsExactly("c", "d");
				assertThat(lists.events()).extracting(Item::id).containsExactly("e", "f");
				assertThat(lists.customers()).extracting(Item::id).containsExactly("g");
			});
	}

	private static MockResponse answer(String target) {
		MockResponse.Builder response = new MockResponse.Builder();
		switch (target) {
			case "/items?size=100" -> response.addHeader("Link", "</items?page=2>; rel=\"next\"").body(array("a"));
			case "/items?page=2" -> response.body(array("b"));
			case "/orders" -> response.body("{\"data\":" + array("c") + ",\"links\":{\"next\":\"/orders?page=2\"}}");
			case "/orders?page=2" -> response.body("{\"data\":" + array("d") + "}");
			case "/events" -> response.body("{\"data\":" + array("e") + ",\"meta\":{\"next_cursor\":\"b2s\"}}");
			case "/events?after=b2s" -> response.body("{\"data\":" + array("f") + ",\"meta\":{\"next_cursor\":null}}");
			case "/customers" -> response.body("{\"content\":" + array("g") + "}");
			case "/customers?page=1" -> response.body("{\"content\":[]}");
			default -> response.code(404);
		}
		return response.build();
	}

	private static String array(String id) {
		return "[{\"id\":\"" + id + "\"}]";
	}

	@Configuration(proxyBeanMethods = false)
	@EnableRequestsClients(clients = ItemLists.class)
	static class Clients {

	}

}
