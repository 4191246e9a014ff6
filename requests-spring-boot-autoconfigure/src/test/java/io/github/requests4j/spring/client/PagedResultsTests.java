package io.github.requests4j.spring.client;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.InvalidJsonException;
import io.github.requests4j.http.InvalidUrlException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.spring.MockServers;
import io.github.requests4j.spring.internal.config.RequestsConfigurationException;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Methods that return the elements of all pages.
 */
@ExtendWith(MockServers.class)
class PagedResultsTests {

	private final MockWebServer server = new MockWebServer();

	@Test
	void theLinkHeaderIsTheDefault() {
		run(page((url) -> number(url) < 3 ? "</shops/1/items?page=" + (number(url) + 1) + ">; rel=\"next\"" : "",
				(url) -> "[" + item(2 * number(url)) + "," + item(2 * number(url) + 1) + "]"), (lists) -> {
					assertThat(lists.linked("1", 2)).extracting(Item::id).containsExactly(2, 3, 4, 5, 6, 7);
					assertThat(targets()).containsExactly("/shops/1/items?key=k&size=2", "/shops/1/items?page=2&key=k",
							"/shops/1/items?page=3&key=k");
				});
	}

	@Test
	void nextUrlsAndItemsArePointers() {
		run(page((url) -> "",
				(url) -> "{\"links\":{\"next\":" + (number(url) < 3 ? "\"?page=" + (number(url) + 1) + "\"" : "null")
						+ "},\"data\":[" + item(number(url)) + "]}"),
				(lists) -> {
					assertThat(lists.next()).toIterable().containsExactly(new Item(1), new Item(2), new Item(3));
					assertThat(this.server.getRequestCount()).isEqualTo(3);
				});
	}

	@Test
	void cursorsAreSentInTheirParameter() {
		run(page((url) -> "", (url) -> {
			String after = url.queryParameter("after");
			return "{\"meta\":{\"next\":" + ((after == null) ? "\"a/b\"" : "\"\"") + "},\"data\":[" + item(7) + "]}";
		}), (lists) -> {
			assertThat(lists.cursor("tea")).containsExactly(new Item(7), new Item(7));
			assertThat(targets()).containsExactly("/items?key=k&q=tea", "/items?key=k&q=tea&after=a%2Fb");
		});
	}

	@Test
	void numbersAreCountedUntilAPageIsEmpty() {
		run(page((url) -> "", (url) -> (url.queryParameter("p") == null || !url.queryParameter("p").equals("2"))
				? "[" + item(1) + "]" : "[]"), (lists) -> {
					assertThat(lists.numbered()).hasSize(2);
					assertThat(targets()).containsExactly("/items?key=k", "/items?key=k&p=1", "/items?key=k&p=2");
				});
	}

	@Test
	void nothingIsRequestedInAdvance() {
		run(endless(), (lists) -> {
			try (Stream<Item> items = lists.linked("1", 2)) {
				assertThat(this.server.getRequestCount()).isZero();
				Iterator<Item> iterator = items.iterator();
				assertThat(this.server.getRequestCount()).isZero();
				iterator.next();
				iterator.next();
				assertThat(this.server.getRequestCount()).as("both of the first page").isOne();
				iterator.next();
				assertThat(this.server.getRequestCount()).isEqualTo(2);
			}
			assertThat(lists.linked("1", 2).limit(4)).hasSize(4);
			assertThat(this.server.getRequestCount()).isEqualTo(4);
			assertThat(lists.twoPages()).toIterable().hasSize(4);
			assertThat(this.server.getRequestCount()).isEqualTo(6);
		});
	}

	@Test
	void manyElementsAreNotKept() {
		run(page((url) -> number(url) < 500 ? "<?page=" + (number(url) + 1) + ">; rel=\"next\"" : "",
				(url) -> IntStream.range(0, 20)
					.mapToObj((i) -> item(20 * (number(url) - 1) + i))
					.collect(Collectors.joining(",", "[", "]"))),
				(lists) -> {
					List<WeakReference<Item>> seen = new ArrayList<>();
					try (Stream<Item> items = lists.linked("1", 20)) {
						items.forEach((item) -> {
							assertThat(item.id()).isEqualTo(seen.size());
							seen.add(new WeakReference<>(item));
						});
					}
					assertThat(seen).hasSize(10_000);
					for (int i = 0; i < 50 && seen.stream().anyMatch((each) -> each.get() != null); i++) {
						System.gc();
					}
					assertThat(seen).noneMatch((each) -> each.get() != null);
				});
	}

	@Test
	void closedIteratorHasNoMorePages() {
		run(endless(), (lists) -> {
			CloseableIterator<Item> items = lists.twoPages();
			items.next();
			items.close();
			assertThat(items.hasNext()).isFalse();
			assertThat(this.server.getRequestCount()).isOne();
		});
	}

	@Test
	void failuresNameThePageAndAreMapped() {
		run(dispatcher((url) -> (number(url) < 2)
				? new MockResponse.Builder().addHeader("Link", "<?page=2>; rel=next").body("[" + item(1) + "]").build()
				: new MockResponse.Builder().code(number(url) == 2 ? 409 : 500).body("sold out").build()), (lists) -> {
					List<Item> seen = new ArrayList<>();
					assertThatExceptionOfType(SoldOut.class).isThrownBy(() -> lists.linked("1", 2).forEach(seen::add))
						.withMessage("sold out");
					assertThat(seen).containsExactly(new Item(1));
				});
		run(dispatcher((url) -> new MockResponse.Builder().code(500).body("sorry").build()),
				(lists) -> assertThatExceptionOfType(HttpException.class)
					.isThrownBy(() -> lists.linked("2", 2).forEach(Item::id))
					.withMessageContaining("/shops/2/items?key=***&size=2")
					.withMessageContaining("The body: sorry"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"links\":{}}", "{\"data\":{}}", "[]" })
	void pagesWithoutElementsFail(String body) {
		run(page((url) -> "", (url) -> body),
				(lists) -> assertThatExceptionOfType(RequestException.class).isThrownBy(() -> lists.next().hasNext())
					.withMessageContaining("'/data' of the page is ")
					.withMessageContaining("Set items of @Paged"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{\"data\":null}", "{\"data\":[]}" })
	void pagesWithoutAListAreEmpty(String body) {
		run(page((url) -> "", (url) -> body), (lists) -> assertThat(lists.next().hasNext()).isFalse());
	}

	@Test
	void elementsOfAnotherTypeFail() {
		run(page((url) -> "", (url) -> "[{\"id\":\"tea\"}]"),
				(lists) -> assertThatExceptionOfType(InvalidJsonException.class)
					.isThrownBy(() -> lists.numbered().forEach(Item::id))
					.withMessageContaining("an element of the page could not be read as")
					.withMessageContaining("/items?key=*** (status 200)"));
		run(page((url) -> "", (url) -> "<html>"), (lists) -> assertThatExceptionOfType(InvalidJsonException.class)
			.isThrownBy(() -> lists.linked("1", 1).forEach(Item::id)));
	}

	@Test
	void elementsMayBeTextOrNull() {
		run(page((url) -> "", (url) -> "[\"a\",null]"),
				(lists) -> assertThat(lists.texts()).containsExactly("a", null));
	}

	@Test
	void otherOriginIsNotCalled() {
		run(page((url) -> "<http://evil.example/>; rel=next", (url) -> "[" + item(1) + "]"),
				(lists) -> assertThatExceptionOfType(InvalidUrlException.class)
					.isThrownBy(() -> lists.linked("1", 1).forEach(Item::id))
					.withMessageContaining("http://evil.example/")
					.withMessageContaining("trusted-origins"));
	}

	@Test
	void everyPageIsReadOnTheSameConnection() {
		run(page((url) -> number(url) < 9 ? "<?page=" + (number(url) + 1) + ">; rel=next" : "",
				(url) -> "[" + item(1) + "]"), (lists) -> assertThat(lists.linked("1", 1)).hasSize(9));
		assertThat(requests()).hasSize(9).last().satisfies((last) -> assertThat(last.getExchangeIndex()).isEqualTo(8));
	}

	@Test
	void invalidAnnotationFailsTheStart() {
		refused(NotElements.class, "does not return elements", "Return Stream<T>");
		refused(Later.class, "does not return elements", "Return Stream<T>");
		refused(Events.class, "returns events", "Remove the annotation");
		refused(TypedEvents.class, "returns events", "Remove the annotation");
		refused(Posted.class, "its HTTP method is not GET", "Use @GetExchange");
		refused(AnyMethod.class, "its HTTP method is not GET", "Use @GetExchange");
		refused(TwoWays.class, "more than one of next, cursor and page", "Keep one");
		refused(NoPointer.class, "Its next 'links/next' is not a JSON pointer", "/links/next");
		refused(NoItems.class, "Its items 'data' is not a JSON pointer", "RFC 6901");
		refused(NoPages.class, "maxPages is 0", "at least 1");
		refused(ParamOnly.class, "sets param without cursor", "Set cursor");
		refused(FirstOnly.class, "sets first without page", "Set page");
		refused(NoParam.class, "param is empty", "Set the query parameter");
		assertThatCode(() -> ClientChecks.check(Lists.class, false)).doesNotThrowAnyException();
		assertThatCode(() -> ClientChecks.check(Inherited.class, false)).doesNotThrowAnyException();
	}

	private static void refused(Class<?> client, String... words) {
		assertThatExceptionOfType(RequestsConfigurationException.class)
			.isThrownBy(() -> ClientChecks.check(client, false))
			.satisfies((mistake) -> assertThat(mistake.toString()).contains("get").contains(words));
	}

	private Dispatcher endless() {
		return page((url) -> "<?page=" + (number(url) + 1) + ">; rel=next",
				(url) -> "[" + item(1) + "," + item(2) + "]");
	}

	private static int number(HttpUrl url) {
		String page = url.queryParameter("page");
		return (page != null) ? Integer.parseInt(page) : 1;
	}

	private static String item(int id) {
		return "{\"id\":" + id + "}";
	}

	private static Dispatcher page(Function<HttpUrl, String> link, Function<HttpUrl, String> body) {
		return dispatcher((url) -> new MockResponse.Builder().addHeader("Content-Type", "application/json")
			.addHeader("Link", link.apply(url))
			.body(body.apply(url))
			.build());
	}

	private static Dispatcher dispatcher(Function<HttpUrl, MockResponse> answers) {
		return new Dispatcher() {

			@Override
			public MockResponse dispatch(RecordedRequest request) {
				return answers.apply(request.getUrl());
			}
		};
	}

	private List<RecordedRequest> requests() {
		List<RecordedRequest> requests = new ArrayList<>();
		try {
			while (requests.size() < this.server.getRequestCount()) {
				requests.add(this.server.takeRequest(5, TimeUnit.SECONDS));
			}
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
		return requests;
	}

	private List<String> targets() {
		return requests().stream().map(RecordedRequest::getTarget).toList();
	}

	private void run(Dispatcher answers, Consumer<Lists> check) {
		this.server.setDispatcher(answers);
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsClientsAutoConfiguration.class,
							JacksonAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class))
			.withUserConfiguration(Clients.class)
			.withPropertyValues("requests.sessions.s.base-url=" + this.server.url("/"),
					"requests.sessions.s.params.key=k")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				check.accept(context.getBean(Lists.class));
				HttpAdapter adapter = (HttpAdapter) context.getBean(Session.class)
					.getAdapter(this.server.url("/").toString());
				assertThat(adapter.poolStatistics().leased()).isZero();
			});
	}

	/**
	 * An element.
	 */
	public record Item(int id) {
	}

	static class SoldOut extends RuntimeException {

		SoldOut(String message) {
			super(message);
		}

	}

	@EnableRequestsClients(clients = Lists.class)
	static class Clients {

		@Bean
		ResponseErrorMapper soldOut() {
			return (response, call) -> (response.statusCode() == 409) ? new SoldOut(response.text()) : null;
		}

	}

	/**
	 * Every way from page to page.
	 */
	@RequestsClient("s")
	public interface Lists {

		@Paged
		@GetExchange("/shops/{shop}/items")
		Stream<Item> linked(@PathVariable String shop, @RequestParam int size);

		@Paged(next = "/links/next", items = "/data")
		@GetExchange("/items")
		Iterator<Item> next();

		@Paged(cursor = "/meta/next", param = "after", items = "/data")
		@GetExchange("/items")
		Stream<Item> cursor(@RequestParam String q);

		@Paged(page = "p", first = 0)
		@GetExchange("/items")
		Stream<Item> numbered();

		@Paged(maxPages = 2)
		@GetExchange("/items")
		CloseableIterator<Item> twoPages();

		@Paged
		@GetExchange("/items")
		Stream<String> texts();

	}

	private interface NotElements {

		@Paged
		@GetExchange("/")
		List<Item> get();

	}

	private interface Later {

		@Paged
		@GetExchange("/")
		CompletableFuture<Stream<Item>> get();

	}

	private interface Events {

		@Paged
		@GetExchange("/")
		Stream<ServerSentEvent<Item>> get();

	}

	private interface TypedEvents {

		@Paged
		@EventTypes("change")
		@GetExchange("/")
		Stream<Item> get();

	}

	private interface Posted {

		@Paged
		@PostExchange("/")
		Stream<Item> get();

	}

	private interface AnyMethod {

		@Paged
		@GetExchange("/")
		Stream<Item> get(HttpMethod method);

	}

	private interface TwoWays {

		@Paged(next = "/next", page = "page")
		@GetExchange("/")
		Stream<Item> get();

	}

	private interface NoPointer {

		@Paged(next = "links/next")
		@GetExchange("/")
		Stream<Item> get();

	}

	private interface NoItems {

		@Paged(items = "data")
		@GetExchange("/")
		Stream<Item> get();

	}

	private interface NoPages {

		@Paged(maxPages = 0)
		@GetExchange("/")
		Stream<Item> get();

	}

	private interface ParamOnly {

		@Paged(param = "after")
		@GetExchange("/")
		Stream<Item> get();

	}

	private interface FirstOnly {

		@Paged(first = 0)
		@GetExchange("/")
		Stream<Item> get();

	}

	private interface NoParam {

		@Paged(cursor = "/next", param = "")
		@GetExchange("/")
		Stream<Item> get();

	}

	@HttpExchange(method = "GET")
	private interface Inherited {

		@Paged
		@HttpExchange("/")
		Stream<Item> get();

	}

}
