package io.github.requests4j.spring.client;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpMethod;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.MatrixVariable;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.util.DefaultUriBuilderFactory;
import org.springframework.web.util.UriBuilderFactory;

import io.github.requests4j.http.Auth;
import io.github.requests4j.http.FilePart;
import io.github.requests4j.http.ProgressListener;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.spring.CountingServer;
import io.github.requests4j.spring.CountingServer.Answer;
import io.github.requests4j.spring.CountingServer.Received;
import io.github.requests4j.spring.client.SupportTable.Argument;
import io.github.requests4j.spring.internal.config.RequestsConfigurationException;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An argument that passes the check at the start arrives at the server, and every other
 * one stops the start. All calls go over a real socket.
 */
class SupportedArgumentsTests {

	@TempDir
	Path directory;

	@Test
	void everyArgumentOfTheTableIsSent() {
		call((api, url) -> api.values("a b", List.of("1", "2"), Map.of("p", 3), Color.GREEN, "c"), (request) -> {
			assertThat(request.target()).isEqualTo("/values/a%20b?q=1&q=2&p=3");
			assertThat(request.headers()).containsEntry("X-Color", "GREEN").containsEntry("Cookie", "c=c");
		});
		call((api, url) -> api.optional(Optional.of(LocalDate.of(2026, 1, 31)), Optional.empty()),
				(request) -> assertThat(request.target()).isEqualTo("/optional?day=2026-01-31"));
		call((api, url) -> api.body(new Item("tea")),
				(request) -> assertThat(request.body()).isEqualTo("{\"name\":\"tea\"}"));
		call((api, url) -> api.written((out) -> out.write('w')),
				(request) -> assertThat(request.headers()).containsEntry("Transfer-Encoding", "chunked"));
		call((api, url) -> api.attribute("kept"), (request) -> assertThat(request.target()).isEqualTo("/attribute"));
		call((api, url) -> api.url(URI.create(url + "/elsewhere"), HttpMethod.PUT), (request) -> {
			assertThat(request.method()).isEqualTo("PUT");
			assertThat(request.target()).isEqualTo("/elsewhere");
		});
		call((api, url) -> api.factory(new DefaultUriBuilderFactory(url), "x"),
				(request) -> assertThat(request.target()).isEqualTo("/factory/x"));
		call((api, url) -> api.options(Timeouts.of(Duration.ofSeconds(5)), (request) -> {
			request.headers().put("X-Auth", "a");
			return request;
		}, (direction, bytes, total) -> {
		}, (options) -> options.header("X-Option", "o")),
				(request) -> assertThat(request.headers()).containsEntry("X-Auth", "a").containsEntry("X-Option", "o"));
		call((api, url) -> api.query(new Item("tea")),
				(request) -> assertThat(request.target()).isEqualTo("/query?name=tea"));
	}

	@Test
	void partsHaveTheNameOfTheirParameterAndAContentType() throws Exception {
		Path file = Files.writeString(this.directory.resolve("page.html"), "path");
		call((api, url) -> api.parts(FilePart.of("other", "n.txt", "content"), file, "text",
				new MockMultipartFile("x", "m.png", "image/png", "m".getBytes(StandardCharsets.UTF_8))),
				(request) -> assertThat(request.body())
					.contains("name=\"doc\"; filename=\"n.txt\"", "content", "name=\"file\"; filename=\"page.html\"",
							"Content-Type: text/html", "path", "name=\"note\"", "name=\"image\"; filename=\"m.png\"",
							"Content-Type: image/png")
					.doesNotContain("\"other\""));
	}

	@Test
	void everyEntryOfTheTableIsTested() {
		Set<Argument> tested = EnumSet.noneOf(Argument.class);
		for (Method method : Accepted.class.getMethods()) {
			for (int i = 0; i < method.getParameterCount(); i++) {
				tested.add(Argument.of(new MethodParameter(method, i)));
			}
		}
		assertThat(tested).containsExactlyInAnyOrder(Argument.values());
	}

	@Test
	void guideShowsTheTable() throws IOException {
		assertThat(GuideTable.rows("Argument")).extracting((row) -> row.get(0))
			.containsExactlyElementsOf(Stream.of(Argument.values()).map(Argument::label).toList());
	}

	@Test
	void unserialisableBodiesAreReportedWithTheCall() {
		try (CountingServer server = CountingServer.answering(200)) {
			runner(server.url()).withUserConfiguration(Clients.class)
				.run((context) -> assertThatExceptionOfType(RequestException.class)
					.isThrownBy(() -> context.getBean(Accepted.class).untyped(new Itself()))
					.withMessageStartingWith("POST " + server.url() + "/untyped: the body of type ")
					.withMessageContaining("Itself"));
			assertThat(server.accepted()).isZero();
		}
	}

	@TestFactory
	Stream<DynamicTest> everyOtherArgumentFailsTheStart() {
		return Stream.of(Rejected.class.getDeclaredClasses())
			.filter((type) -> type.isAnnotationPresent(Says.class))
			.map((type) -> DynamicTest.dynamicTest(type.getSimpleName(),
					() -> assertThatExceptionOfType(RequestsConfigurationException.class)
						.isThrownBy(() -> ClientChecks.check(type, false))
						.withMessageStartingWith(type.getName() + ".send: ")
						.withMessageContainingAll(type.getAnnotation(Says.class).value())));
	}

	private static void call(Call call, Consumer<Received> check) {
		try (CountingServer server = new CountingServer((request) -> Answer.of(200))) {
			runner(server.url()).withUserConfiguration(Clients.class).run((context) -> {
				assertThat(context).hasNotFailed();
				call.make(context.getBean(Accepted.class), server.url());
			});
			assertThat(server.requests()).hasSize(1);
			check.accept(server.requests().get(0));
		}
	}

	private static ApplicationContextRunner runner(String url) {
		return new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsClientsAutoConfiguration.class,
							JacksonAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class))
			.withPropertyValues("requests.sessions.s.base-url=" + url);
	}

	/** A call of the client of a server with a URL. */
	private interface Call {

		void make(Accepted api, String url) throws Exception;

	}

	@EnableRequestsClients(clients = Accepted.class)
	static class Clients {

	}

	enum Color {

		GREEN

	}

	record Item(String name) {
	}

	/** Has itself as a property, which no JSON can express. */
	static class Itself {

		public Itself getItself() {
			return this;
		}

	}

	@RequestsClient("s")
	interface Accepted {

		@GetExchange("/values/{id}")
		void values(@PathVariable String id, @RequestParam List<String> q, @RequestParam Map<String, Integer> more,
				@RequestHeader("X-Color") Color color, @CookieValue String c);

		@GetExchange("/optional")
		void optional(@RequestParam Optional<LocalDate> day, @RequestParam Optional<String> none);

		@PostExchange("/body")
		void body(@RequestBody Item item);

		@PostExchange("/untyped")
		void untyped(@RequestBody Object body);

		@PostExchange("/written")
		void written(StreamingHttpOutputMessage.Body body);

		@PostExchange("/parts")
		void parts(@RequestPart("doc") FilePart part, @RequestPart Path file, @RequestPart String note,
				MultipartFile image);

		@GetExchange("/attribute")
		void attribute(@RequestAttribute String name);

		@HttpExchange
		void url(URI url, HttpMethod method);

		@GetExchange("/factory/{x}")
		void factory(UriBuilderFactory factory, @PathVariable String x);

		@GetExchange("/options")
		void options(Timeouts timeouts, Auth auth, ProgressListener listener, Consumer<RequestOptions> options);

		@GetExchange("/query")
		void query(Item item);

	}

	/** What a message says. */
	@Retention(RetentionPolicy.RUNTIME)
	@interface Says {

		String[] value();

	}

	interface Rejected {

		@Says({ "do not support the annotation @ModelAttribute", "argument 1", "Remove the annotation" })
		interface Model {

			@GetExchange
			void send(@ModelAttribute Item item);

		}

		@Says("do not support the annotation @MatrixVariable")
		interface Matrix {

			@GetExchange
			void send(@MatrixVariable String name);

		}

		@Says({ "@PathVariable and @RequestParam", "argument 2", "contradict" })
		interface TwoAnnotations {

			@GetExchange("/{a}/{b}")
			void send(@PathVariable String a, @PathVariable @RequestParam String b);

		}

		@Says({ "2 arguments of the kind @RequestBody", "Keep one" })
		interface TwoBodies {

			@PostExchange
			void send(@RequestBody String one, @RequestBody String two);

		}

		@Says("are the body of the request")
		interface BodyAndPart {

			@PostExchange
			void send(@RequestBody String one, @RequestPart String two);

		}

		@Says("are the body of the request")
		interface BodyAndWritten {

			@PostExchange
			void send(@RequestBody String one, StreamingHttpOutputMessage.Body two);

		}

		@Says("content type is a form")
		interface BodyAndForm {

			@PostExchange(contentType = "application/x-www-form-urlencoded")
			void send(@RequestBody String one, @RequestParam String two);

		}

		@Says("2 arguments of the kind URI")
		interface TwoUrls {

			@GetExchange
			void send(URI one, URI two);

		}

		@Says("2 arguments of the kind Auth")
		interface TwoAuths {

			@GetExchange
			void send(Auth one, Auth two);

		}

		@Says("two arguments for the URL variable 'id'")
		interface TwoVariables {

			@GetExchange("/{id}")
			void send(@PathVariable String id, @PathVariable("id") String other);

		}

		@Says({ "has no variable 'shop'", "The variables of the URL are [id]" })
		interface UnusedVariable {

			@GetExchange("/{id}")
			void send(@PathVariable String id, @PathVariable String shop);

		}

		@Says({ "argument 1", "java.util.concurrent.Flow$Publisher", "blocking" })
		interface ReactiveBody {

			@PostExchange
			void send(@RequestBody Flow.Publisher<String> body);

		}

		@Says({ "argument 1", "CompletableFuture", "blocking" })
		interface LaterPart {

			@PostExchange
			void send(@RequestPart CompletableFuture<String> body);

		}

		@Says({ "array of int", "Use a List" })
		interface Numbers {

			@GetExchange
			void send(@RequestParam int[] ids);

		}

		@Says({ "array of byte", "ByteArrayResource" })
		interface BytesPart {

			@PostExchange
			void send(@RequestPart byte[] file);

		}

		@Says("cannot be converted to a string")
		interface BeanHeader {

			@GetExchange
			void send(@RequestHeader OutputStream stream);

		}

		@Says("cannot be converted to a string")
		interface ListOfStreams {

			@GetExchange
			void send(@RequestParam List<OutputStream> streams);

		}

		@Says("cannot be converted to a string")
		interface MapOfStreams {

			@GetExchange
			void send(@RequestParam Map<String, OutputStream> streams);

		}

		@Says("The purpose of argument 1 of type java.lang.Thread is unknown")
		interface Unknown {

			@GetExchange
			void send(Thread thread);

		}

	}

}
