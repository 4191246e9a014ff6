package io.github.requests4j.spring.client;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.client.ApiVersionInserter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.util.DefaultUriBuilderFactory;
import org.springframework.web.util.UriBuilderFactory;

import io.github.requests4j.http.Auth;
import io.github.requests4j.http.FilePart;
import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.ProgressListener;
import io.github.requests4j.http.ReadTimeoutException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.spring.MockServers;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The effect of client arguments on the wire, and how responses are converted.
 */
@ExtendWith(MockServers.class)
class ClientWireTests {

	private static final String ITEM = "{\"name\":\"tea\",\"count\":2}";

	private final MockWebServer server = new MockWebServer();

	private final List<String> properties = new ArrayList<>();

	@TempDir
	Path directory;

	@Test
	void pathVariablesParamsHeadersAndCookiesAreSent() {
		call((api) -> api.find("1 2/3", List.of("x y", "&"), Map.of("z", "ü"), "hv", "sid1"));
		RecordedRequest request = take();
		assertThat(request.getTarget()).isEqualTo("/pfx/items/1%202%2F3?q=x+y&q=%26&z=%C3%BC");
		assertThat(request.getHeaders().get("X-H")).isEqualTo("hv");
		assertThat(request.getHeaders().get("X-Static")).isEqualTo("/pfx");
		assertThat(request.getHeaders().get("Accept")).isEqualTo("application/json");
		assertThat(request.getHeaders().get("Cookie")).isEqualTo("sid=sid1");
	}

	@Test
	void queryOfTheTemplateIsMergedWithTheParamsOfTheSession() {
		this.properties.add("requests.sessions.s.params.per_page=50");
		this.properties.add("requests.sessions.s.params.q=session");
		call((api) -> api.search("a&b", "mine"));
		assertThat(take().getTarget()).startsWith("/pfx/search?type=a%26b")
			.contains("per_page=50", "q=mine")
			.doesNotContain("q=session");
	}

	@ParameterizedTest
	@ValueSource(strings = { ".", "..", "%2e%2e", "..%2f..", "../admin" })
	@DisplayName("threat 42: a path variable cannot leave its segment")
	void pathVariablesCannotLeaveTheirSegment(String value) {
		enqueue(json());
		run((api) -> {
			try {
				api.text(value);
			}
			catch (IllegalArgumentException | RequestException ex) {
				return;
			}
			assertThat(take().getTarget()).startsWith("/pfx/items/").doesNotContain("/../", "/admin");
		});
	}

	@Test
	@DisplayName("threat 42: an empty path variable is rejected unless the template allows it")
	void emptyPathVariablesAreRejected() {
		run((api) -> {
			assertThatIllegalArgumentException().isThrownBy(() -> api.text(""))
				.withMessageContaining("write {id?} in the template if it may be empty");
			assertThatIllegalArgumentException().isThrownBy(() -> api.optional("", "", "q"))
				.withMessageContaining("'id'");
		});
		assertThat(this.server.getRequestCount()).isZero();
		call((api) -> api.optional("1", "", "q r"));
		assertThat(take().getTarget()).isEqualTo("/pfx/items/1/?q=q+r");
		call((api) -> api.optional("1", "a/b", "q"));
		assertThat(take().getTarget()).isEqualTo("/pfx/items/1/a%2Fb?q=q");
	}

	@Test
	@DisplayName("threat 43: placeholders and expressions in arguments are not evaluated")
	void expressionsInArgumentsAreNotEvaluated() {
		call((api) -> api.find("${api.prefix}", List.of("#{T(java.lang.Runtime)}"), Map.of("{x}", "{id}"), "h", "c"));
		assertThat(take().getTarget())
			.isEqualTo("/pfx/items/%24%7Bapi.prefix%7D?q=%23%7BT%28java.lang.Runtime%29%7D&%7Bx%7D=%7Bid%7D");
	}

	@Test
	void jsonBodiesAreSent() {
		call((api) -> api.create(new Item("ä", 1)));
		RecordedRequest request = take();
		assertThat(request.getBody().utf8()).isEqualTo("{\"name\":\"ä\",\"count\":1}");
		assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
		assertThat(request.getHeaders().get("Content-Length")).isNotNull();
	}

	@Test
	void otherBodiesAreSent() throws Exception {
		Path file = Files.writeString(this.directory.resolve("a.txt"), "file");
		call((api) -> api.text("text/plain", "tëxt"));
		assertThat(take().getBody().utf8()).isEqualTo("tëxt");
		call((api) -> api.bytes(new byte[] { 1, 2 }));
		assertThat(take().getBody().toByteArray()).containsExactly(1, 2);
		call((api) -> api.resource(new FileSystemResource(file)));
		RecordedRequest request = take();
		assertThat(request.getBody().utf8()).isEqualTo("file");
		assertThat(request.getHeaders().get("Content-Type")).isEqualTo("text/plain");
		assertThat(request.getHeaders().get("Content-Length")).isEqualTo("4");
		call((api) -> api.stream(new ByteArrayInputStream("in".getBytes(StandardCharsets.UTF_8))));
		assertThat(take().getBody().utf8()).isEqualTo("in");
		call((api) -> api.callback((out) -> out.write("cb".getBytes(StandardCharsets.UTF_8))));
		assertThat(take().getBody().utf8()).isEqualTo("cb");
	}

	@Test
	void formsAreSent() {
		call((api) -> api.form("1 &", Map.of("b", "ü")));
		RecordedRequest request = take();
		assertThat(request.getBody().utf8()).isEqualTo("a=1+%26&b=%C3%BC");
		assertThat(request.getHeaders().get("Content-Type")).startsWith("application/x-www-form-urlencoded");
	}

	@Test
	void multipartBodiesAreSent() throws Exception {
		Path file = Files.writeString(this.directory.resolve("p.txt"), "path");
		Resource resource = new ByteArrayResource("bytes".getBytes(StandardCharsets.UTF_8)) {
			@Override
			public String getFilename() {
				return "r\".bin";
			}
		};
		call((api) -> api.upload("plain", new Item("m", 1), resource, file, FilePart.of("part", "n.txt", "content")));
		RecordedRequest request = take();
		String body = request.getBody().utf8();
		assertThat(request.getHeaders().get("Content-Type")).startsWith("multipart/form-data; boundary=");
		assertThat(request.getHeaders().get("Content-Length")).isNotNull();
		assertThat(body).contains("name=\"text\"\r\n", "plain")
			.contains("name=\"meta\"", "application/json", "{\"name\":\"m\",\"count\":1}")
			.contains("filename=\"r%22.bin\"", "bytes")
			.contains("name=\"file\"; filename=\"p.txt\"", "path")
			.contains("filename=\"n.txt\"", "content");
	}

	@Test
	void uriBuilderFactoryAndMethodArgumentsAreSupported() {
		call((api) -> api.absolute(URI.create(this.server.url("/abs?z=1").toString())));
		assertThat(take().getTarget()).isEqualTo("/abs?z=1");
		call((api) -> api.other(new DefaultUriBuilderFactory(this.server.url("/b").toString()), "k/v"));
		assertThat(take().getTarget()).isEqualTo("/b/pfx/ubf/k%2Fv");
		call((api) -> api.dynamic(HttpMethod.valueOf("PURGE")));
		assertThat(take().getMethod()).isEqualTo("PURGE");
	}

	@Test
	void optionArgumentsApplyToTheCall() {
		this.properties.add("requests.sessions.s.read-timeout=30s");
		enqueue(new MockResponse.Builder().headersDelay(5, TimeUnit.SECONDS).build());
		run((api) -> assertThatExceptionOfType(ReadTimeoutException.class)
			.isThrownBy(() -> api.timed(Timeouts.of(Duration.ofMillis(100)))));
		take();
		call((api) -> api.authenticated((request) -> {
			request.headers().put("X-Auth", "a");
			return request;
		}));
		assertThat(take().getHeaders().get("X-Auth")).isEqualTo("a");
		call((api) -> api.optioned((options) -> options.header("X-Option", "o")));
		assertThat(take().getHeaders().get("X-Option")).isEqualTo("o");
		List<Long> progress = new ArrayList<>();
		call((api) -> api.watched((direction, bytes, total) -> progress.add(bytes)));
		assertThat(progress).isNotEmpty();
	}

	@Test
	void apiVersionIsInserted() {
		enqueue(json());
		runner().withBean(ApiVersionInserter.class, () -> ApiVersionInserter.useHeader("X-Version")).run((context) -> {
			context.getBean(Api.class).versioned();
			assertThat(take().getHeaders().get("X-Version")).isEqualTo("1.2");
		});
	}

	@Test
	void bodiesOfResponsesAreConverted() {
		enqueue(json(), json(), json(), json(), json(), new MockResponse.Builder().code(204).build());
		run((api) -> {
			assertThat(api.item("1")).isEqualTo(new Item("tea", 2));
			assertThat(api.text("1")).isEqualTo(ITEM);
			assertThat(api.raw("1").statusCode()).isEqualTo(200);
			assertThat(api.headers("1").getFirst("X-R")).isEqualTo("r");
			assertThat(api.entity("1").getBody()).isEqualTo(new Item("tea", 2));
			assertThat(api.item("1")).as("no content").isNull();
		});
	}

	@Test
	void genericBodiesAreConverted() {
		enqueue(new MockResponse.Builder().addHeader("Content-Type", "application/json")
			.body("[" + ITEM + "]")
			.build());
		run((api) -> assertThat(api.list()).containsExactly(new Item("tea", 2)));
	}

	@Test
	void errorStatusThrowsForBodies() {
		enqueue(error(500, "{\"error\": \"out of\n tea\"}"), error(404, "gone"), error(418, ""));
		run((api) -> {
			assertThatExceptionOfType(HttpException.class).isThrownBy(() -> api.item("1"))
				.withMessageContaining("500")
				.withMessageContaining("{\"error\": \"out of tea\"}")
				.satisfies((ex) -> {
					assertThat(ex.response().text()).contains("out of");
					assertThat(ex.request().url()).endsWith("/items/1");
				});
			assertThatExceptionOfType(HttpException.class).isThrownBy(() -> api.item("1")).withMessageContaining("404");
			assertThatExceptionOfType(HttpException.class).isThrownBy(api::nothing).withMessageContaining("418");
		});
	}

	@Test
	void optionalIsEmptyOnlyFor404() {
		enqueue(error(404, "gone"), json(), error(500, ""));
		run((api) -> {
			assertThat(api.optional("1")).isEmpty();
			assertThat(api.optional("1")).contains(new Item("tea", 2));
			assertThatExceptionOfType(HttpException.class).isThrownBy(() -> api.optional("1"));
		});
	}

	@Test
	void responsesAndEntitiesNeverThrow() {
		enqueue(error(404, "gone"), error(503, "no json"), error(500, ""));
		run((api) -> {
			assertThat(api.raw("1").text()).isEqualTo("gone");
			assertThat(api.entity("1")).satisfies((entity) -> {
				assertThat(entity.getStatusCode().value()).isEqualTo(503);
				assertThat(entity.getBody()).isNull();
				assertThat(entity).isInstanceOfSatisfying(ErrorResponseEntity.class,
						(error) -> assertThat(error.response().text()).isEqualTo("no json"));
			});
			assertThat(api.bodiless().getStatusCode().value()).isEqualTo(500);
		});
	}

	@Test
	void entitiesOfErrorsHaveTheReceivedBody() {
		enqueue(new MockResponse.Builder().code(409)
			.addHeader("Content-Type", "application/json")
			.body("{\"error\":\"sold out\",\"count\":0}")
			.build(), json());
		run((api) -> {
			assertThat(api.entity("1")).isInstanceOfSatisfying(ErrorResponseEntity.class, (error) -> {
				assertThat(error.getBody()).as("almost no field fits").isEqualTo(new Item(null, 0));
				assertThat(error.response().text()).contains("sold out");
			});
			assertThat(api.entity("1")).isNotInstanceOf(ErrorResponseEntity.class);
		});
	}

	@Test
	void preparedRequestsAreNotSent() {
		run((api) -> {
			PreparedRequest prepared = api.prepared(new Item("x", 1));
			assertThat(prepared.url()).endsWith("/pfx/items");
			assertThat(prepared.method()).isEqualTo("POST");
			assertThat(this.server.getRequestCount()).isZero();
		});
	}

	@Test
	void unreadableBodiesAreErrors() {
		enqueue(new MockResponse.Builder().addHeader("Content-Type", "application/json").body("{no json").build(),
				new MockResponse.Builder().addHeader("Content-Type", "image/png").body("png").build());
		run((api) -> {
			assertThatExceptionOfType(RequestException.class).isThrownBy(() -> api.item("1"))
				.withMessageContaining("Item");
			assertThatExceptionOfType(RequestException.class).isThrownBy(() -> api.item("1"))
				.withMessageContaining("image/png");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "Api", "api" })
	void settingsOfAMethodApplyUnderEitherNameOfTheClient(String client) {
		this.properties.add("requests.clients." + client + ".methods.nothing.read-timeout=100ms");
		enqueue(new MockResponse.Builder().headersDelay(5, TimeUnit.SECONDS).build());
		run((api) -> assertThatExceptionOfType(ReadTimeoutException.class).isThrownBy(api::nothing));
	}

	@Test
	void defaultMethodsAndInheritanceAreSupported() {
		enqueue(json(), json());
		run((api) -> {
			assertThat(api.twice()).isEqualTo(ITEM);
			assertThat(api.inherited()).isEqualTo(ITEM);
		});
	}

	@Test
	void variablesWithoutValueAreRejected() {
		run((api) -> assertThatIllegalArgumentException().isThrownBy(() -> api.unfilled(null)));
	}

	private void call(Consumer<Api> call) {
		enqueue(json());
		run(call);
	}

	private void run(Consumer<Api> call) {
		runner().run((context) -> {
			assertThat(context).hasNotFailed();
			call.accept(context.getBean(Api.class));
		});
	}

	private ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsClientsAutoConfiguration.class,
							JacksonAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class))
			.withUserConfiguration(Clients.class)
			.withPropertyValues("requests.sessions.s.base-url=" + this.server.url("/"), "api.prefix=/pfx")
			.withPropertyValues(this.properties.toArray(String[]::new));
	}

	private void enqueue(MockResponse... responses) {
		for (MockResponse response : responses) {
			this.server.enqueue(response);
		}
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

	private static MockResponse json() {
		return new MockResponse.Builder().addHeader("Content-Type", "application/json")
			.addHeader("X-R", "r")
			.body(ITEM)
			.build();
	}

	private static MockResponse error(int status, String body) {
		return new MockResponse.Builder().code(status).body(body).build();
	}

	/**
	 * A body. Public, since the proxies of public interfaces must see it.
	 */
	public record Item(String name, int count) {
	}

	@EnableRequestsClients(clients = Api.class)
	static class Clients {

	}

	/**
	 * Inherited by the client.
	 */
	public interface Base {

		@GetExchange("/inherited")
		String inherited();

	}

	/**
	 * Everything that a client supports.
	 */
	@RequestsClient("s")
	@HttpExchange(url = "${api.prefix}", headers = "X-Static=${api.prefix}", accept = "application/json")
	public interface Api extends Base {

		@GetExchange("/items/{id}")
		Item find(@PathVariable String id, @RequestParam List<String> q, @RequestParam Map<String, String> more,
				@RequestHeader("X-H") String header, @CookieValue("sid") String sid);

		@GetExchange("/search?type={type}")
		String search(@PathVariable String type, @RequestParam String q);

		@GetExchange("/items/{id}")
		Item item(@PathVariable String id);

		@GetExchange("/items/{id}")
		String text(@PathVariable String id);

		@GetExchange("/items/{id}/{tail?}")
		String optional(@PathVariable String id, @PathVariable String tail, @RequestParam String q);

		@GetExchange("/items/{id}")
		Response raw(@PathVariable String id);

		@GetExchange("/items/{id}")
		HttpHeaders headers(@PathVariable String id);

		@GetExchange("/items/{id}")
		ResponseEntity<Item> entity(@PathVariable String id);

		@GetExchange("/items/{id}")
		Optional<Item> optional(@PathVariable String id);

		@GetExchange("/bodiless")
		ResponseEntity<Void> bodiless();

		@GetExchange("/list")
		List<Item> list();

		@GetExchange("/nothing")
		void nothing();

		@GetExchange("/unfilled/{id}")
		void unfilled(@PathVariable(required = false) @Nullable String id);

		@PostExchange("/items")
		void create(@RequestBody Item item);

		@PostExchange("/items")
		PreparedRequest prepared(@RequestBody Item item);

		@PostExchange("/text")
		void text(@RequestHeader("Content-Type") String type, @RequestBody String text);

		@PostExchange("/bytes")
		void bytes(@RequestBody byte[] bytes);

		@PostExchange("/resource")
		void resource(@RequestBody Resource resource);

		@PostExchange("/stream")
		void stream(@RequestBody InputStream stream);

		@PostExchange("/callback")
		void callback(@RequestBody StreamingHttpOutputMessage.Body body);

		@PostExchange(url = "/form", contentType = "application/x-www-form-urlencoded")
		void form(@RequestParam String a, @RequestParam Map<String, String> more);

		@PostExchange("/upload")
		void upload(@RequestPart("text") String text, @RequestPart("meta") Item meta,
				@RequestPart("resource") Resource resource, @RequestPart("file") Path file,
				@RequestPart("part") FilePart part);

		@GetExchange("/absolute")
		void absolute(URI uri);

		@GetExchange("/ubf/{x}")
		void other(UriBuilderFactory factory, @PathVariable String x);

		@HttpExchange("/dynamic")
		void dynamic(HttpMethod method);

		@GetExchange("/timed")
		void timed(Timeouts timeouts);

		@GetExchange("/authenticated")
		void authenticated(Auth auth);

		@GetExchange("/optioned")
		void optioned(Consumer<RequestOptions> options);

		@GetExchange("/watched")
		void watched(ProgressListener listener);

		@GetExchange(url = "/versioned", version = "1.2")
		void versioned();

		default String twice() {
			return text("d");
		}

	}

}
