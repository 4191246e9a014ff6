package io.github.requests4j.spring.client;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.Enumeration;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.Spliterator;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.annotation.JsonDeserialize;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.RequestEntity;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.spring.CountingServer;
import io.github.requests4j.spring.CountingServer.Answer;
import io.github.requests4j.spring.client.SupportTable.Result;
import io.github.requests4j.spring.client.SupportTable.UnsupportedResult;
import io.github.requests4j.spring.internal.config.RequestsConfigurationException;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A result type that passes the check at the start can be called, and every other one
 * stops the start. All calls go over a real socket.
 */
class SupportedResultsTests {

	private static final String TEA = "{\"name\":\"tea\"}";

	private static final Item ITEM = new Item("tea");

	private static final String SHAPE = "{\"kind\":\"circle\",\"radius\":2}";

	@TestFactory
	Stream<DynamicTest> everyAcceptedResultCanBeCalled() {
		Map<String, Case> cases = cases();
		assertThat(cases.keySet()).containsExactlyInAnyOrderElementsOf(methods(Accepted.class));
		return cases.entrySet()
			.stream()
			.map((entry) -> DynamicTest.dynamicTest(entry.getKey(), () -> call(entry.getKey(), entry.getValue())));
	}

	@Test
	void everyEntryOfTheTableIsCalled() {
		Set<Result> called = EnumSet.noneOf(Result.class);
		Stream.of(Accepted.class.getMethods()).forEach((method) -> called.add(Result.of(method.getReturnType())));
		assertThat(called).containsExactlyInAnyOrder(Result.values());
	}

	@TestFactory
	Stream<DynamicTest> everyOtherResultFailsTheStart() {
		return rejected().map((type) -> DynamicTest.dynamicTest(type.getSimpleName(), () -> {
			ReadableTypes readable = new ReadableTypes(HttpMessageConverters.forClient().registerDefaults().build());
			assertThatExceptionOfType(RequestsConfigurationException.class).isThrownBy(() -> {
				ClientChecks.check(type, false);
				ClientChecks.checkBodies(type, readable);
			})
				.withMessageStartingWith(type.getName() + ".get: The method returns ")
				.withMessageContaining(type.getAnnotation(Says.class).value());
		}));
	}

	@Test
	void everyUnsupportedEntryOfTheTableIsRejected() {
		Set<UnsupportedResult> rejected = EnumSet.noneOf(UnsupportedResult.class);
		rejected().flatMap((type) -> Stream.of(type.getMethods()))
			.map((method) -> UnsupportedResult.of(method.getReturnType()))
			.filter((entry) -> entry != null)
			.forEach(rejected::add);
		assertThat(rejected).containsExactlyInAnyOrder(UnsupportedResult.values());
	}

	@Test
	void guideShowsTheTable() throws IOException {
		assertThat(GuideTable.rows("Result")).extracting((row) -> row.get(0))
			.containsExactlyElementsOf(Stream.of(Result.values()).map(Result::label).toList());
		assertThat(GuideTable.rows("Not supported")).containsExactlyElementsOf(
				Stream.of(UnsupportedResult.values()).map((entry) -> List.of(entry.label(), entry.instead())).toList());
	}

	@Test
	void resultWithoutConverterFailsTheStart() {
		runner("http://localhost:1").withUserConfiguration(UnreadableClients.class)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining(Unreadable.class.getName() + ".get")
				.hasMessageContaining("no message converter can read"));
	}

	@Test
	void missingBodyOfAPrimitiveIsReportedWithCallAndStatus() {
		try (CountingServer server = new CountingServer((request) -> Answer.json(200, ""))) {
			runner(server.url()).withUserConfiguration(Clients.class)
				.run((context) -> assertThatExceptionOfType(RequestException.class)
					.isThrownBy(() -> context.getBean(Accepted.class).primitive())
					.withMessageStartingWith("GET " + server.url() + "/primitive (status 200): ")
					.withMessageContaining("no body")
					.withMessageContaining("Return Integer"));
		}
	}

	@Test
	void unconvertibleBodiesAreReportedWithCallAndStatus() {
		try (CountingServer server = new CountingServer((request) -> Answer.json(201, "{\"name\":[1]}"))) {
			runner(server.url()).withUserConfiguration(Clients.class).run((context) -> {
				Accepted api = context.getBean(Accepted.class);
				assertThatExceptionOfType(RequestException.class).isThrownBy(api::item)
					.withMessageStartingWith("GET " + server.url()
							+ "/item (status 201): the body could not be read as " + Item.class.getName())
					.withMessageEndingWith("[\"name\"]). Compare the type with the document.")
					.withMessageNotContaining("Source");
				assertThatExceptionOfType(RequestException.class).isThrownBy(() -> api.stream().toList())
					.withMessageStartingWith("GET " + server.url() + "/stream (status 201): an element of the body");
				server.handle((request) -> Answer.of(201).with("Content-Type", "image/png"));
				assertThatExceptionOfType(RequestException.class).isThrownBy(api::item)
					.withMessageStartingWith("GET " + server.url() + "/item (status 201): no message converter can read"
							+ " image/png as ");
			});
		}
	}

	private static void call(String name, Case expected) {
		try (CountingServer server = new CountingServer((request) -> expected.answer())) {
			runner(server.url()).withUserConfiguration(Clients.class).run((context) -> {
				assertThat(context).hasNotFailed();
				Method method = Accepted.class.getMethod(name);
				Object result = method.invoke(context.getBean(Accepted.class));
				Object read = read((result instanceof CompletableFuture<?> future) ? future.get() : result);
				assertThat(read).isEqualTo(expected.result());
			});
		}
	}

	/** What can be compared. */
	private static Object read(Object result) {
		try {
			if (result instanceof Response response) {
				return response.text();
			}
			if (result instanceof PreparedRequest request) {
				return request.method();
			}
			if (result instanceof HttpHeaders headers) {
				return String.valueOf(headers.getContentType());
			}
			if (result instanceof ResponseEntity<?> entity) {
				return entity.getStatusCode().value() + " " + read(entity.getBody());
			}
			if (result instanceof InputStream stream) {
				try (stream) {
					return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
				}
			}
			if (result instanceof Resource resource) {
				return resource.getContentAsString(StandardCharsets.UTF_8);
			}
			if (result instanceof Stream<?> stream) {
				try (stream) {
					return stream.map(SupportedResultsTests::read).toList();
				}
			}
			if (result instanceof Iterator<?> iterator) {
				return Stream.generate(iterator::next).limit(1).toList();
			}
			if (result instanceof ServerSentEvent<?> event) {
				return event.data();
			}
			if (result instanceof Object[] array) {
				return Arrays.asList(array);
			}
			if (result instanceof byte[] bytes) {
				return new String(bytes, StandardCharsets.UTF_8);
			}
			if (result instanceof int[] numbers) {
				return Arrays.stream(numbers).boxed().toList();
			}
			return (result instanceof Iterable<?> elements && !(result instanceof JsonNode))
					? List.copyOf((Collection<?>) elements) : result;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Map<String, Case> cases() {
		Map<String, Case> cases = new LinkedHashMap<>();
		List.of("nothing", "boxedNothing", "laterNothing").forEach((name) -> cases.put(name, new Case(TEA, null)));
		List.of("item", "boundByGenerics", "later", "laterBoundByGenerics")
			.forEach((name) -> cases.put(name, new Case(TEA, ITEM)));
		List.of("list", "collection", "set", "deque", "iterable", "array", "stream", "iterator", "closeable",
				"laterStream", "wildcards", "listBoundByGenerics", "streamBoundByGenerics")
			.forEach((name) -> cases.put(name, new Case("[" + TEA + "]", List.of(ITEM))));
		cases.put("sorted", new Case("[\"b\"]", List.of("b")));
		cases.put("map", new Case("{\"a\":" + TEA + "}", Map.of("a", ITEM)));
		cases.put("untyped", new Case(TEA, Map.of("name", "tea")));
		cases.put("numbers", new Case("[1,2]", List.of(1, 2)));
		cases.put("primitive", new Case("7", 7));
		cases.put("boxed", new Case("7", 7));
		cases.put("flag", new Case("true", true));
		cases.put("choice", new Case("\"GREEN\"", Color.GREEN));
		cases.put("text", new Case(TEA, TEA));
		cases.put("bytes", new Case(TEA, TEA));
		cases.put("resource", new Case(TEA, TEA));
		cases.put("input", new Case(TEA, TEA));
		cases.put("page", new Case("{\"items\":[" + TEA + "]}", new Page<>(List.of(ITEM))));
		cases.put("shape", new Case(SHAPE, new Circle(2)));
		cases.put("shapes", new Case("[" + SHAPE + "]", List.of(new Circle(2))));
		cases.put("named", new Case("{\"size\":3}", new DefaultSized(3)));
		cases.put("optional", new Case(TEA, Optional.of(ITEM)));
		cases.put("laterOptional", new Case(TEA, Optional.of(ITEM)));
		cases.put("missing", new Case(Answer.of(404), Optional.empty()));
		cases.put("entity", new Case(TEA, "200 " + ITEM));
		cases.put("streamedEntity", new Case(TEA, "200 " + TEA));
		cases.put("laterEntity", new Case(TEA, "200 " + ITEM));
		cases.put("entityOfNothing", new Case(TEA, "200 null"));
		cases.put("response", new Case(TEA, TEA));
		cases.put("headers", new Case(TEA, "application/json"));
		cases.put("prepared", new Case(TEA, "GET"));
		Answer events = new Answer(200, "Content-Type: text/event-stream\r\n", "data: " + TEA + "\n\n");
		cases.put("events", new Case(events, List.of(ITEM)));
		cases.put("laterEvents", new Case(events, List.of(ITEM)));
		return cases;
	}

	private static Stream<Class<?>> rejected() {
		return Stream.of(Rejected.class.getDeclaredClasses()).filter((type) -> type.isAnnotationPresent(Says.class));
	}

	private static List<String> methods(Class<?> type) {
		return Stream.of(type.getMethods()).filter((method) -> !method.isBridge()).map(Method::getName).toList();
	}

	private static ApplicationContextRunner runner(String url) {
		return new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsClientsAutoConfiguration.class,
							JacksonAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class))
			.withPropertyValues("requests.sessions.s.base-url=" + url);
	}

	/**
	 * The body of the response, and the expected result.
	 */
	private record Case(Answer answer, Object result) {

		Case(String json, Object result) {
			this(Answer.json(200, json), result);
		}

	}

	@EnableRequestsClients(clients = Accepted.class)
	static class Clients {

	}

	@EnableRequestsClients(clients = Unreadable.class)
	static class UnreadableClients {

	}

	record Item(String name) {
	}

	record Page<T>(List<T> items) {
	}

	enum Color {

		GREEN

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	@JsonSubTypes(@JsonSubTypes.Type(value = Circle.class, name = "circle"))
	sealed interface Shape permits Circle {

	}

	record Circle(int radius) implements Shape {
	}

	@JsonDeserialize(as = DefaultSized.class)
	interface Sized {

		int size();

	}

	record DefaultSized(int size) implements Sized {
	}

	interface Generic<T> {

		@GetExchange("/boundByGenerics")
		T boundByGenerics();

		@GetExchange("/listBoundByGenerics")
		List<T> listBoundByGenerics();

		@GetExchange("/streamBoundByGenerics")
		Stream<T> streamBoundByGenerics();

		@GetExchange("/laterBoundByGenerics")
		CompletableFuture<T> laterBoundByGenerics();

	}

	@RequestsClient("s")
	interface Accepted extends Generic<Item> {

		@GetExchange("/nothing")
		void nothing();

		@GetExchange("/boxedNothing")
		Void boxedNothing();

		@GetExchange("/laterNothing")
		CompletableFuture<Void> laterNothing();

		@GetExchange("/item")
		Item item();

		@GetExchange("/later")
		CompletableFuture<Item> later();

		@GetExchange("/list")
		List<Item> list();

		@GetExchange("/collection")
		Collection<Item> collection();

		@GetExchange("/set")
		Set<Item> set();

		@GetExchange("/deque")
		Deque<Item> deque();

		@GetExchange("/sorted")
		SortedSet<String> sorted();

		@GetExchange("/iterable")
		Iterable<Item> iterable();

		@GetExchange("/array")
		Item[] array();

		@GetExchange("/wildcards")
		List<? extends Item> wildcards();

		@GetExchange("/stream")
		Stream<Item> stream();

		@GetExchange("/iterator")
		Iterator<Item> iterator();

		@GetExchange("/closeable")
		CloseableIterator<Item> closeable();

		@GetExchange("/laterStream")
		CompletableFuture<Stream<Item>> laterStream();

		@GetExchange("/map")
		Map<String, Item> map();

		@GetExchange("/untyped")
		Object untyped();

		@GetExchange("/numbers")
		int[] numbers();

		@GetExchange("/primitive")
		int primitive();

		@GetExchange("/boxed")
		Integer boxed();

		@GetExchange("/flag")
		boolean flag();

		@GetExchange("/choice")
		Color choice();

		@GetExchange("/text")
		String text();

		@GetExchange("/bytes")
		byte[] bytes();

		@GetExchange("/resource")
		Resource resource();

		@GetExchange("/input")
		InputStream input();

		@GetExchange("/page")
		Page<Item> page();

		@GetExchange("/shape")
		Shape shape();

		@GetExchange("/shapes")
		List<Shape> shapes();

		@GetExchange("/named")
		Sized named();

		@GetExchange("/optional")
		Optional<Item> optional();

		@GetExchange("/laterOptional")
		CompletableFuture<Optional<Item>> laterOptional();

		@GetExchange("/missing")
		Optional<Item> missing();

		@GetExchange("/entity")
		ResponseEntity<Item> entity();

		@GetExchange("/streamedEntity")
		ResponseEntity<InputStream> streamedEntity();

		@GetExchange("/laterEntity")
		CompletableFuture<ResponseEntity<Item>> laterEntity();

		@GetExchange("/entityOfNothing")
		ResponseEntity<Void> entityOfNothing();

		@GetExchange("/response")
		Response response();

		@GetExchange("/headers")
		HttpHeaders headers();

		@GetExchange("/prepared")
		PreparedRequest prepared();

		@GetExchange("/events")
		Stream<ServerSentEvent<Item>> events();

		@GetExchange("/laterEvents")
		CompletableFuture<Stream<ServerSentEvent<Item>>> laterEvents();

	}

	@RequestsClient("s")
	interface Unreadable {

		@GetExchange
		Named get();

	}

	interface Named {

		String name();

	}

	sealed interface Plain permits PlainItem {

	}

	record PlainItem(String name) implements Plain {
	}

	abstract static class Base {

		String name;

	}

	/** What a message says. */
	@Retention(RetentionPolicy.RUNTIME)
	@interface Says {

		String value();

	}

	@SuppressWarnings("rawtypes")
	interface Rejected {

		@Says("no message converter can read")
		interface OwnInterface {

			@GetExchange
			Named get();

		}

		@Says("no message converter can read")
		interface ListOfOwnInterface {

			@GetExchange
			List<Named> get();

		}

		@Says("no message converter can read")
		interface MapOfOwnInterface {

			@GetExchange
			Map<String, List<Named>> get();

		}

		@Says("no message converter can read")
		interface ArrayOfOwnInterface {

			@GetExchange
			Named[] get();

		}

		@Says("no message converter can read")
		interface LaterOwnInterface {

			@GetExchange
			CompletableFuture<Optional<Named>> get();

		}

		@Says("no message converter can read")
		interface StreamOfOwnInterface {

			@GetExchange
			Stream<Named> get();

		}

		@Says("no message converter can read")
		interface EventsOfOwnInterface {

			@GetExchange
			Stream<ServerSentEvent<Named>> get();

		}

		@Says("no message converter can read")
		interface EntityOfOwnInterface {

			@GetExchange
			ResponseEntity<Named> get();

		}

		@Says("no message converter can read")
		interface SealedWithoutNames {

			@GetExchange
			Plain get();

		}

		@Says("no message converter can read")
		interface AbstractClass {

			@GetExchange
			Base get();

		}

		@Says("no message converter can read")
		interface Called {

			@GetExchange
			Callable<Item> get();

		}

		@Says("no message converter can read")
		interface Supplied {

			@GetExchange
			Supplier<Item> get();

		}

		@Says("no message converter can read")
		interface Closed {

			@GetExchange
			AutoCloseable get();

		}

		@Says("Return CompletableFuture<T>.")
		interface PlainFuture {

			@GetExchange
			Future<Item> get();

		}

		@Says("Return CompletableFuture<T>.")
		interface Stage {

			@GetExchange
			CompletionStage<Item> get();

		}

		@Says("Return CompletableFuture<T>.")
		interface Task {

			@GetExchange
			FutureTask<Item> get();

		}

		@Says("Return CompletableFuture itself.")
		interface FutureOfFuture {

			@GetExchange
			CompletableFuture<CompletableFuture<Item>> get();

		}

		@Says("Return CompletableFuture<T>, Stream<T> or T.")
		interface Publishing {

			@GetExchange
			Flow.Publisher<Item> get();

		}

		@Says("Return Stream<T> or Iterator<T>.")
		interface Numbers {

			@GetExchange
			IntStream get();

		}

		@Says("Return Stream<T> or Iterator<T>.")
		interface ListIterated {

			@GetExchange
			ListIterator<Item> get();

		}

		@Says("Return Stream<T> or Iterator<T>.")
		interface Split {

			@GetExchange
			Spliterator<Item> get();

		}

		@Says("Return Stream<T> or Iterator<T>.")
		interface Enumerated {

			@GetExchange
			Enumeration<Item> get();

		}

		@Says("Return InputStream.")
		interface Characters {

			@GetExchange
			Reader get();

		}

		@Says("Return InputStream.")
		interface FileBytes {

			@GetExchange
			FileInputStream get();

		}

		@Says("Return Resource.")
		interface FileResource {

			@GetExchange
			FileSystemResource get();

		}

		@Says("Return ResponseEntity<T>.")
		interface PlainEntity {

			@GetExchange
			HttpEntity<Item> get();

		}

		@Says("Return ResponseEntity<T>.")
		interface Requested {

			@GetExchange
			RequestEntity<Item> get();

		}

		@Says("Return Response.")
		interface SpringResponse {

			@GetExchange
			ClientHttpResponse get();

		}

		@Says("Return Response.")
		interface JdkResponse {

			@GetExchange
			HttpResponse<String> get();

		}

		@Says("Return Stream<ServerSentEvent<T>>.")
		interface OneEvent {

			@GetExchange
			ServerSentEvent<Item> get();

		}

		@Says("without a type argument")
		interface RawOptional {

			@GetExchange
			Optional get();

		}

		@Says("without a type argument")
		interface RawIterator {

			@GetExchange
			Iterator get();

		}

		@Says("without a type argument")
		interface RawFuture {

			@GetExchange
			CompletableFuture get();

		}

		@Says("without a type argument")
		interface RawEntity {

			@GetExchange
			ResponseEntity get();

		}

		@Says("without a type argument")
		interface RawEvents {

			@GetExchange
			Stream<ServerSentEvent> get();

		}

		@Says("Return void itself.")
		interface OptionalNothing {

			@GetExchange
			Optional<Void> get();

		}

		@Says("Return Optional itself.")
		interface StreamOfOptional {

			@GetExchange
			Stream<Optional<Item>> get();

		}

		@Says("Return Response itself.")
		interface StreamOfResponse {

			@GetExchange
			Stream<Response> get();

		}

		@Says("type variable T")
		interface OpenVariable<T> {

			@GetExchange
			T get();

		}

		@Says("type variable T")
		interface OpenListVariable<T> {

			@GetExchange
			List<T[]> get();

		}

		@Says("type variable E")
		interface MethodVariable {

			@GetExchange
			<E extends Item> E get();

		}

	}

}
