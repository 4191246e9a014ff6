package io.github.requests4j.spring.guide;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

import io.github.requests4j.Session;
import io.github.requests4j.spring.MockServers;
import io.github.requests4j.spring.client.EnableRequestsClients;
import io.github.requests4j.spring.client.RequestsClient;
import io.github.requests4j.spring.client.RequestsClientsAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Spring examples of the migration pages. Their YAML starts an application.
 */
@ExtendWith(MockServers.class)
class MigrationTests {

	private static final Path DOCS = Path.of("..", "docs").toAbsolutePath().normalize();

	private static final Pattern YAML = Pattern.compile("^```yaml\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

	private static final String ITEM = "{\"id\":\"tea\",\"price\":3.5}";

	private final MockWebServer server = new MockWebServer();

	record Item(String id, double price) {
	}

	// tag::migrate-client[]
	@RequestsClient("catalog")
	interface CatalogClient {

		/** One item; empty if the catalog answers 404. */
		@GetExchange("/items/{id}")
		Optional<Item> item(@PathVariable String id);

		@PostExchange("/items")
		Item add(@RequestBody Item item);

	}
	// end::migrate-client[]

	// tag::migrate-feign[]
	@RequestsClient("stock")
	interface StockClient {

		@GetExchange("/levels/{item}")
		int level(@PathVariable String item);

	}
	// end::migrate-feign[]

	// tag::migrate-service[]
	static class Prices {

		private final Session catalog;

		Prices(@Qualifier("catalog") Session catalog) {
			this.catalog = catalog;
		}

		Item item(String id) {
			return this.catalog.get("items/{id}", (request) -> request.uriVariable("id", id))
				.raiseForStatus()
				.json(Item.class);
		}

	}
	// end::migrate-service[]

	@Configuration(proxyBeanMethods = false)
	@EnableRequestsClients(clients = { CatalogClient.class, StockClient.class })
	static class Application {

	}

	static Stream<String> yaml() throws IOException {
		try (Stream<Path> pages = Files.walk(DOCS)) {
			List<Path> guide = pages
				.filter((page) -> DOCS.relativize(page)
					.toString()
					.matches("guide/(quickstart|advanced|api)\\.md|faq\\.md|migration-.*\\.md"))
				.toList();
			Stream.Builder<String> blocks = Stream.builder();
			for (Path page : guide) {
				YAML.matcher(Files.readString(page)).results().forEach((block) -> blocks.add(block.group(1)));
			}
			return blocks.build();
		}
	}

	@ParameterizedTest
	@MethodSource("yaml")
	void yamlStartsAnApplication(String yaml) {
		runner(yaml).run((context) -> assertThat(context).hasNotFailed().hasSingleBean(Session.class));
	}

	@Test
	void interfacesAndSessionsBehaveAsDocumented() throws IOException {
		String yaml = "requests.sessions:\n  catalog: {base-url: '%1$s'}\n  stock: {base-url: '%1$s'}\n"
			.formatted(this.server.url("/"));
		runner(yaml).withUserConfiguration(Application.class).withBean(Prices.class).run((context) -> {
			assertThat(context).hasNotFailed();
			this.server.enqueue(json(ITEM));
			assertThat(context.getBean(CatalogClient.class).item("tea")).contains(new Item("tea", 3.5));
			this.server.enqueue(new MockResponse.Builder().code(404).build());
			assertThat(context.getBean(CatalogClient.class).item("gone")).isEmpty();
			this.server.enqueue(json(ITEM));
			assertThat(context.getBean(CatalogClient.class).add(new Item("tea", 3.5)).price()).isEqualTo(3.5);
			this.server.enqueue(json("12"));
			assertThat(context.getBean(StockClient.class).level("tea")).isEqualTo(12);
			this.server.enqueue(json(ITEM));
			assertThat(context.getBean(Prices.class).item("tea").id()).isEqualTo("tea");
		});
		assertThat(this.server.getRequestCount()).isEqualTo(5);
	}

	private static MockResponse json(String body) {
		return new MockResponse.Builder().body(body).addHeader("Content-Type", "application/json").build();
	}

	private static ApplicationContextRunner runner(String yaml) {
		return new ApplicationContextRunner().withInitializer(file(yaml))
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsClientsAutoConfiguration.class,
							JacksonAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class));
	}

	private static ApplicationContextInitializer<ConfigurableApplicationContext> file(String yaml) {
		return (context) -> {
			ByteArrayResource resource = new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8));
			try {
				new YamlPropertySourceLoader().load("application.yml", resource)
					.forEach(context.getEnvironment().getPropertySources()::addLast);
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		};
	}

}
