package io.github.requests4j.spring.client;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Import;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.bind.annotation.BindParam;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.registry.ImportHttpServices;

import io.github.requests4j.http.CallContext;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.spring.MockServers;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;
import io.github.requests4j.spring.session.SessionCustomizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Beans as query parameters, inherited methods, groups, and malicious arguments.
 */
@ExtendWith(MockServers.class)
class ClientArgumentsTests {

	private static final String TEA = "{\"name\":\"tea\"}";

	private final MockWebServer server = new MockWebServer();

	@Test
	void recordsAreQueryParameters() {
		call((api) -> api.search(new Search("a&b", null, List.of("x", "y"), Order.PRICE, LocalDate.of(2026, 3, 1),
				LocalDate.of(2026, 3, 2)), 2));
		assertThat(take().getTarget())
			.isEqualTo("/search?text=a%26b&tag=x&tag=y&order=PRICE&since=2026-03-01&until=02.03.2026&page=2");
	}

	@Test
	void beansAreQueryParameters() {
		Paging paging = new Paging();
		paging.setSize(20);
		paging.setFields(new String[] { "a", "b" });
		call((api) -> api.page(paging));
		assertThat(take().getTarget()).isEqualTo("/page?fields=a&fields=b&size=20");
		call((api) -> api.page(null));
		assertThat(take().getTarget()).isEqualTo("/page");
	}

	@Test
	void nullArgumentIsReportedWithItsMethod() {
		String api = Required.class.getName();
		runner().withUserConfiguration(RequiredClients.class).run((context) -> {
			Required required = context.getBean(Required.class);
			assertThatIllegalArgumentException().isThrownBy(() -> required.item(null))
				.withMessage(api + ".item: the argument 'id' (@PathVariable) is null. Pass a value.");
			assertThatIllegalArgumentException().isThrownBy(() -> required.search(null, null))
				.withMessage(api + ".search: the argument 'text' (@RequestParam) is null."
						+ " Pass a value, or set required = false in @RequestParam.");
			assertThatIllegalArgumentException().isThrownBy(() -> required.create(null))
				.withMessage(api + ".create: the argument 'item' (@RequestBody) is null."
						+ " Pass a value, or set required = false in @RequestBody.");
		});
		assertThat(this.server.getRequestCount()).isZero();
	}

	@Test
	void datesAreWrittenInIsoFormat() {
		call((api) -> api.day(LocalDate.of(2026, 11, 2)));
		assertThat(take().getTarget()).isEqualTo("/day?day=2026-11-02");
	}

	@Test
	void nestedBeansAreRejected() {
		run((api) -> assertThatIllegalArgumentException()
			.isThrownBy(() -> api.nested(new Nested(new Search(null, null, null, null, null, null))))
			.withMessageContaining("'inner'"));
	}

	@Test
	void genericInterfacesAreResolvedBySubinterfaces() {
		call((api) -> assertThat(api.get("1")).isEqualTo(new Item("tea")));
		assertThat(take().getTarget()).isEqualTo("/one/1");
		enqueue("[" + TEA + "]");
		run((api) -> assertThat(api.all()).containsExactly(new Item("tea")));
		take();
		call((api) -> assertThat(api.put(new Item("cup"))).contains(new Item("tea")));
		assertThat(take().getBody().utf8()).isEqualTo("{\"name\":\"cup\"}");
	}

	@Test
	@DisplayName("threat 42: separators in path variables are encoded")
	void separatorsInVariablesAreEncoded() {
		call((api) -> api.get("a/b?c#d%2e;e"));
		assertThat(take().getTarget()).isEqualTo("/one/a%2Fb%3Fc%23d%252e%3Be");
	}

	@Test
	@DisplayName("threat 42: dot segments are rejected before anything is sent")
	void dotSegmentsAreRejected() {
		run((api) -> {
			for (String dots : List.of(".", "..", "%2e%2e", "%2E.")) {
				try {
					enqueue(TEA);
					api.get(dots);
					assertThat(take().getTarget()).as(dots).doesNotContainIgnoringCase("%2e%2e", "/..");
				}
				catch (IllegalArgumentException ex) {
					assertThat(ex).hasMessageContaining("id");
				}
			}
		});
	}

	@Test
	@DisplayName("threat 43: placeholders and expressions in beans and paths are not evaluated")
	void expressionsAreNotEvaluated() {
		call((api) -> api.search(new Search("${user.home}", "#{1+1}", null, null, null, null), 0));
		assertThat(take().getTarget()).isEqualTo("/search?text=%24%7Buser.home%7D&lang=%23%7B1%2B1%7D&page=0");
		call((api) -> api.get("${user.home}{id}"));
		assertThat(take().getTarget()).isEqualTo("/one/%24%7Buser.home%7D%7Bid%7D");
	}

	@Test
	void groupsNamedLikeASessionCallIt() {
		enqueue(TEA);
		enqueue(TEA);
		List<CallContext> calls = new CopyOnWriteArrayList<>();
		ExchangeListener listener = (exchange) -> {
			calls.add(exchange.context());
			throw new IllegalStateException("no more of it");
		};
		runner().withUserConfiguration(Grouped.class)
			.withBean(SessionCustomizer.class, () -> (name, builder) -> builder.listener(listener))
			.withPropertyValues("requests.sessions.s.headers.X-Session=s",
					"requests.clients.InGroup.methods.get.read-timeout=1s")
			.run((context) -> {
				InGroup client = context.getBean(InGroup.class);
				assertThat(client.get()).isEqualTo(new Item("tea"));
				assertThat(take().getHeaders().get("X-Session")).isEqualTo("s");
				assertThat(client.find(new Search("t", null, null, null, null, null))).contains(new Item("tea"));
				assertThat(take().getTarget()).isEqualTo("/find?text=t");
				assertThat(client).hasToString("InGroup using session 's'");
			});
		assertThat(calls).extracting(CallContext::session).containsExactly("s", "s");
		assertThat(calls).extracting(CallContext::client).containsExactly("InGroup", "InGroup");
	}

	@Test
	void interfacesOfGroupsAreChecked() {
		runner().withUserConfiguration(BrokenGroup.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("NoExchange.get")
				.hasMessageContaining("@GetExchange"));
	}

	private void call(Consumer<Api> call) {
		enqueue(TEA);
		run(call);
	}

	private void run(Consumer<Api> call) {
		runner().withUserConfiguration(Clients.class).run((context) -> {
			assertThat(context).hasNotFailed();
			call.accept(context.getBean(Api.class));
		});
	}

	private ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsClientsAutoConfiguration.class,
							JacksonAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class))
			.withPropertyValues("requests.sessions.s.base-url=" + this.server.url("/"));
	}

	private void enqueue(String json) {
		this.server
			.enqueue(new MockResponse.Builder().addHeader("Content-Type", "application/json").body(json).build());
	}

	private RecordedRequest take() {
		try {
			RecordedRequest request = this.server.takeRequest(5, TimeUnit.SECONDS);
			assertThat(request).as("a request").isNotNull();
			return request;
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	/**
	 * A body.
	 */
	public record Item(String name) {
	}

	/** How to sort. */
	public enum Order {

		/** By price. */
		PRICE

	}

	/**
	 * A query.
	 */
	public record Search(String text, String lang, @BindParam("tag") List<String> tags, Order order, LocalDate since,
			@DateTimeFormat(pattern = "dd.MM.yyyy") LocalDate until) {
	}

	/**
	 * A query that cannot be written.
	 */
	public record Nested(Search inner) {
	}

	/** A query in the manner of beans. */
	public static class Paging {

		private int size;

		private String[] fields;

		private String sort;

		public int getSize() {
			return this.size;
		}

		public void setSize(int size) {
			this.size = size;
		}

		public String[] getFields() {
			return this.fields;
		}

		public void setFields(String[] fields) {
			this.fields = fields;
		}

		public String getSort() {
			return this.sort;
		}

	}

	@EnableRequestsClients(clients = Api.class)
	static class Clients {

	}

	/**
	 * What all resources have.
	 */
	public interface Resource<T> {

		@GetExchange("/one/{id}")
		T get(@PathVariable String id);

		@GetExchange("/all")
		List<T> all();

		@PostExchange("/one")
		Optional<T> put(@RequestBody T item);

	}

	/**
	 * A client.
	 */
	@RequestsClient("s")
	public interface Api extends Resource<Item> {

		@GetExchange("/search")
		Item search(Search search, @RequestParam int page);

		@GetExchange("/page")
		Item page(Paging paging);

		@GetExchange("/nested")
		Item nested(Nested nested);

		@GetExchange("/day")
		Item day(@RequestParam LocalDate day);

	}

	/**
	 * A client with required arguments.
	 */
	@RequestsClient("s")
	public interface Required {

		@GetExchange("/items/{id}")
		String item(@PathVariable String id);

		@GetExchange("/search")
		String search(@RequestParam(defaultValue = "1") String page, @RequestParam String text);

		@PostExchange("/items")
		String create(@RequestBody String item);

	}

	@EnableRequestsClients(clients = Required.class)
	static class RequiredClients {

	}

	@Import(Grouped.Services.class)
	static class Grouped {

		@ImportHttpServices(group = "s", types = InGroup.class)
		static class Services {

		}

	}

	/**
	 * An interface without our annotation.
	 */
	@HttpExchange(accept = "application/json")
	public interface InGroup {

		@GetExchange("/group")
		Item get();

		@GetExchange("/find")
		Optional<Item> find(Search search);

	}

	@ImportHttpServices(group = "s", types = NoExchange.class)
	static class BrokenGroup {

	}

	/**
	 * Forgot an annotation.
	 */
	public interface NoExchange {

		Item get();

		@GetExchange
		Item other();

	}

}
