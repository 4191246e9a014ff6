package io.github.requests4j.spring.client;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AliasFor;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.registry.ImportHttpServices;

import io.github.requests4j.spring.CountingServer;
import io.github.requests4j.spring.CountingServer.Answer;
import io.github.requests4j.spring.client.composed.Prices;
import io.github.requests4j.spring.internal.config.RequestsConfigurationException;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * The kinds of interfaces that can be clients, called over a real socket, and those that
 * fail the start.
 */
class ClientInterfacesTests {

	@AutoClose
	private final CountingServer server = new CountingServer(
			(request) -> Answer.json(200, "{\"name\":\"" + request.method() + " " + request.target() + "\"}"));

	@Test
	void defaultMethodsOfNonPublicInterfacesCanBeCalled() {
		run(Nested.class, (nested) -> {
			assertThat(nested.twice("a", "b")).isEqualTo("{\"name\":\"GET /a\"}{\"name\":\"GET /b\"}");
			assertThat(nested.joined(1, 2, 3)).isEqualTo("/123");
			assertThat(nested.inherited()).isEqualTo("own Parent");
			assertThatIOException().isThrownBy(nested::fail).withMessage("own");
			assertThat(Nested.helper()).isEqualTo("static");
			assertThat(nested).hasToString("Nested using session 's'").isEqualTo(nested).hasSameHashCodeAs(nested);
		});
		run(PackagePrivateClient.class,
				(client) -> assertThat(client.name()).isEqualTo("PackagePrivateClient GET /package"));
	}

	@Test
	void defaultMethodsOfAGroupCanBeCalled() {
		runner().withUserConfiguration(Group.class)
			.run((context) -> assertThat(context.getBean(InGroup.class).twice())
				.isEqualTo("{\"name\":\"GET /group\"}{\"name\":\"GET /group\"}"));
	}

	@Test
	void annotatedDefaultMethodIsACall() {
		run(Annotated.class, (client) -> assertThat(client.get()).isEqualTo("{\"name\":\"GET /annotated\"}"));
	}

	@Test
	void inheritedAndGenericInterfacesAreSupported() {
		run(Items.class, (items) -> {
			assertThat(items.one("tea")).isEqualTo(new Item("GET /items/tea"));
			assertThat(items.add(new Item("tea"))).isEqualTo(new Item("POST /items"));
			assertThat(this.server.requests().get(1).body()).isEqualTo("{\"name\":\"tea\"}");
			assertThat(items.addAll(List.of(new Item("tea")))).isEqualTo(new Item("POST /items/all"));
			assertThat(items.special()).isEqualTo(new Item("GET /items/special"));
			Crud<Item> general = items;
			assertThat(general.special()).as("through the parent").isEqualTo(new Item("GET /items/special"));
			assertThat(items.first("tea")).isEqualTo(new Item("GET /items/tea"));
		});
	}

	@Test
	void composedAnnotationsAreSupported() {
		runner().withUserConfiguration(Composed.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(Prices.class).get()).isEqualTo("{\"name\":\"GET /prices\"}");
			assertThat(context.getBeansWithAnnotation(RequestsClient.class)).hasSize(1);
			assertThat(context.getBean(ClientNames.class).names()).containsExactly("Prices", "s");
		});
		run(OwnExchange.class, (client) -> assertThat(client.get()).isEqualTo("{\"name\":\"GET /own\"}"));
	}

	@Test
	void classesFailTheStart() {
		runner().withUserConfiguration(Misplaced.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(RequestsConfigurationException.class)
				.hasMessageContaining("PricesService")
				.hasMessageContaining("Add @RequestsClient to an interface"));
		runner().withUserConfiguration(Listed.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(RequestsConfigurationException.class)
				.hasMessageContaining("java.lang.Runnable"));
	}

	@Test
	void sealedInterfacesFailTheStart() {
		assertThatExceptionOfType(RequestsConfigurationException.class)
			.isThrownBy(() -> ClientChecks.check(Sealed.class, false))
			.withMessageContaining("Remove 'sealed'");
	}

	/** One test of this class for each row. */
	@Test
	void guideListsTheKindsOfInterfaces() throws IOException {
		assertThat(GuideTable.rows("Interface")).extracting((row) -> row.get(0))
			.containsExactly("public, package-private or nested", "with inherited methods", "with generic parents",
					"with default, static and private methods", "with an annotation of your own");
	}

	private <T> void run(Class<T> type, Consumer<T> call) {
		runner().withUserConfiguration(Clients.class).run((context) -> {
			assertThat(context).hasNotFailed();
			call.accept(((ApplicationContext) context).getBean(type));
		});
	}

	private ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsClientsAutoConfiguration.class,
							JacksonAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class))
			.withPropertyValues("requests.sessions.s.base-url=" + this.server.url());
	}

	@EnableRequestsClients(
			clients = { Nested.class, PackagePrivateClient.class, Items.class, OwnExchange.class, Annotated.class })
	static class Clients {

	}

	@EnableRequestsClients(basePackageClasses = Prices.class)
	static class Composed {

	}

	@EnableRequestsClients("io.github.requests4j.spring.client.misplaced")
	static class Misplaced {

	}

	@EnableRequestsClients(clients = Runnable.class)
	static class Listed {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportHttpServices(group = "s", types = InGroup.class)
	static class Group {

	}

	record Item(String name) {
	}

	private interface Parent {

		default String inherited() {
			return "Parent";
		}

	}

	@RequestsClient("s")
	private interface Nested extends Parent {

		@GetExchange("/{name}")
		String get(@PathVariable String name);

		default String twice(String one, String two) {
			return get(one) + get(two);
		}

		default String joined(int... numbers) {
			StringBuilder joined = new StringBuilder("/");
			for (int number : numbers) {
				joined.append(number);
			}
			return joined.toString();
		}

		@Override
		default String inherited() {
			return own() + " " + Parent.super.inherited();
		}

		default void fail() throws IOException {
			throw new IOException(own());
		}

		private String own() {
			return "own";
		}

		static String helper() {
			return "static";
		}

	}

	interface InGroup {

		@GetExchange("/group")
		String get();

		default String twice() {
			return get() + get();
		}

	}

	@RequestsClient("s")
	interface Annotated {

		@GetExchange("/annotated")
		default String get() {
			return "not called";
		}

	}

	@HttpExchange("/items")
	interface Crud<T> {

		@GetExchange("/{id}")
		T one(@PathVariable String id);

		@PostExchange
		T add(@RequestBody T item);

		@PostExchange("/all")
		T addAll(@RequestBody List<T> items);

		@GetExchange("/general")
		T special();

		default T first(String id) {
			return one(id);
		}

	}

	@RequestsClient("s")
	interface Items extends Crud<Item> {

		@Override
		@GetExchange("/special")
		Item special();

	}

	@HttpExchange(method = "GET")
	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@interface Own {

		@AliasFor(annotation = HttpExchange.class)
		String url();

	}

	@RequestsClient("s")
	interface OwnExchange {

		@Own(url = "/own")
		String get();

	}

	sealed interface Sealed permits Permitted {

		@GetExchange
		String get();

	}

	record Permitted(String get) implements Sealed {
	}

}
