package io.github.requests4j.spring.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.PoolStatistics;
import io.github.requests4j.http.ChunkedEncodingException;
import io.github.requests4j.http.ContentDecodingException;
import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.InvalidJsonException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.spring.MockServers;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Methods that stream a response, and how their connections are released.
 */
@ExtendWith(MockServers.class)
class StreamedResultsTests {

	private static final String TEA = "{\"name\":\"tea\"}";

	private static final String CUP = "{\"name\":\"cup\"}";

	private final MockWebServer server = new MockWebServer();

	@Test
	void inputStreamsReleaseTheConnectionAtTheirEnd() {
		enqueue("text/plain", "hello");
		run((feeds, pool) -> {
			try (InputStream in = feeds.bytes()) {
				assertThat(pool.get().leased()).isOne();
				assertThat(in.readAllBytes()).asString().isEqualTo("hello");
				assertThat(pool.get().leased()).isZero();
				assertThat(pool.get().available()).isOne();
			}
		});
	}

	@Test
	void inputStreamsClosedEarlyReleaseTheConnection() {
		enqueue("text/plain", "x".repeat(1_000_000));
		run((feeds, pool) -> {
			try (InputStream in = feeds.bytes()) {
				assertThat(in.read()).isEqualTo('x');
			}
			assertThat(pool.get().leased()).isZero();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "application/vnd.api+json", "text/json" })
	void jsonArraysAreStreamed(String type) {
		enqueue(type, "[" + TEA + "," + CUP + "]\n");
		run((feeds, pool) -> {
			assertThat(feeds.items()).containsExactly(new Item("tea"), new Item("cup"));
			assertThat(pool.get()).satisfies(StreamedResultsTests::isBack);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/x-ndjson", "application/jsonl;charset=utf-8", "application/x-jsonlines" })
	void jsonLinesAreStreamed(String type) {
		enqueue(type, TEA + "\n\n" + CUP + "\r\n" + "{\"name\":\"käse\u2028\"}");
		run((feeds, pool) -> {
			assertThat(feeds.items()).containsExactly(new Item("tea"), new Item("cup"), new Item("käse\u2028"));
			assertThat(pool.get()).satisfies(StreamedResultsTests::isBack);
		});
	}

	@Test
	void genericElementsAreIterated() {
		enqueue("application/json", "[[" + TEA + "],[]]");
		run((feeds, pool) -> {
			Iterator<List<Item>> lists = feeds.lists();
			assertThat(pool.get().leased()).isOne();
			assertThat(lists).toIterable().containsExactly(List.of(new Item("tea")), List.of());
			assertThat(pool.get()).satisfies(StreamedResultsTests::isBack);
		});
	}

	@Test
	void elementsMayBeNull() {
		enqueue("application/json", "[null," + TEA + ",null]");
		run((feeds, pool) -> assertThat(feeds.items()).containsExactly(null, new Item("tea"), null));
	}

	@Test
	void linesOfTextAreStreamed() {
		enqueue("text/plain", "a\n\nb");
		enqueue("application/x-ndjson", TEA + "\n\n" + CUP);
		run((feeds, pool) -> {
			assertThat(feeds.lines()).containsExactly("a", "", "b");
			assertThat(feeds.lines()).containsExactly(TEA, CUP);
		});
	}

	@Test
	void elementsAreReturnedBeforeTheResponseEnds() {
		this.server.enqueue(new MockResponse.Builder().addHeader("Content-Type", "application/x-ndjson")
			.chunkedBody(TEA + "\n" + CUP + "\n", TEA.length() + 1)
			.throttleBody(TEA.length() + 8, 1, TimeUnit.HOURS)
			.build());
		run((feeds, pool) -> {
			try (CloseableIterator<Item> items = feeds.closeable()) {
				assertThat(items.next()).isEqualTo(new Item("tea"));
				assertThat(pool.get().leased()).isOne();
			}
			assertThat(pool.get().leased()).isZero();
		});
	}

	@Test
	void streamsClosedEarlyReleaseTheConnection() {
		enqueue("application/json", "[" + (TEA + ",").repeat(100_000) + TEA + "]");
		run((feeds, pool) -> {
			try (Stream<Item> items = feeds.items()) {
				assertThat(items.limit(2).toList()).hasSize(2);
				assertThat(pool.get().leased()).isOne();
			}
			assertThat(pool.get().leased()).isZero();
		});
	}

	@Test
	void throwingConsumersReleaseTheConnection() {
		String body = "[" + (TEA + ",").repeat(100_000) + TEA + "]";
		enqueue("application/json", body);
		enqueue("application/json", body);
		run((feeds, pool) -> {
			assertThatIllegalStateException().isThrownBy(() -> feeds.items().map((item) -> {
				throw new IllegalStateException("mine");
			}).forEach((item) -> assertThat(item).isNotNull())).withMessage("mine");
			assertThat(pool.get().leased()).isZero();
			assertThatIllegalStateException().isThrownBy(() -> feeds.closeable().forEachRemaining((item) -> {
				throw new IllegalStateException("mine");
			}));
			assertThat(pool.get().leased()).isZero();
		});
	}

	@Test
	void unreadableElementsReleaseTheConnection() {
		enqueue("application/json", "[" + TEA + ", 12, " + TEA.repeat(100_000));
		enqueue("application/x-ndjson", TEA + "\n{no json}\n" + (TEA + "\n").repeat(100_000));
		run((feeds, pool) -> {
			for (int i = 0; i < 2; i++) {
				CloseableIterator<Item> items = feeds.closeable();
				assertThat(items.next()).isEqualTo(new Item("tea"));
				assertThatExceptionOfType(InvalidJsonException.class).isThrownBy(items::hasNext)
					.withMessageContaining(Item.class.getTypeName());
				assertThat(pool.get().leased()).isZero();
			}
		});
	}

	@Test
	void truncatedBodiesAreReported() {
		this.server.enqueue(new MockResponse.Builder().addHeader("Content-Type", "application/json")
			.body("[" + (TEA + ",").repeat(10_000))
			.onResponseBody(new SocketEffect.CloseSocket())
			.build());
		run((feeds, pool) -> {
			assertThatExceptionOfType(ChunkedEncodingException.class)
				.isThrownBy(() -> feeds.items().forEach((item) -> assertThat(item).isNotNull()));
			assertThat(pool.get().leased()).isZero();
		});
	}

	@Test
	void errorStatusThrowsBeforeTheStreamIsReturned() {
		for (int i = 0; i < 3; i++) {
			this.server.enqueue(new MockResponse.Builder().code(503).body("closed").build());
		}
		run((feeds, pool) -> {
			assertThatExceptionOfType(HttpException.class).isThrownBy(feeds::bytes).withMessageContaining("closed");
			assertThatExceptionOfType(HttpException.class).isThrownBy(feeds::items);
			assertThatExceptionOfType(HttpException.class).isThrownBy(feeds::closeable);
			assertThat(pool.get().leased()).isZero();
		});
	}

	@Test
	void serverSentEventsAreStreamed() {
		enqueue("text/event-stream",
				"\uFEFF: hi\n\nevent: add\nid: 1\ndata: {\"name\":\ndata: \"tea\"}\n\ndata: " + CUP + "\n\ndata: cut");
		run((feeds, pool) -> {
			assertThat(feeds.events()).containsExactly(
					ServerSentEvent.builder(new Item("tea")).id("1").event("add").build(),
					ServerSentEvent.builder(new Item("cup")).id("1").event("message").build());
			assertThat(take().getHeaders().get("Accept")).isEqualTo("text/event-stream");
			assertThat(pool.get()).satisfies(StreamedResultsTests::isBack);
			assertThat(this.server.getRequestCount()).isOne();
		});
	}

	@Test
	void dataOfServerSentEventsIsStreamed() {
		enqueue("text/event-stream; charset=latin1", "data: " + TEA + "\n\n");
		enqueue("text/event-stream", "data: ü\n\n");
		run((feeds, pool) -> {
			assertThat(feeds.items()).containsExactly(new Item("tea"));
			assertThat(feeds.lines()).containsExactly("ü");
		});
	}

	@Test
	void otherMediaTypeIsNotAnEventStream() {
		enqueue("application/json", "[]");
		run((feeds, pool) -> {
			assertThatExceptionOfType(RequestException.class).isThrownBy(feeds::events)
				.withMessageContaining("application/json");
			assertThat(pool.get().leased()).isZero();
		});
	}

	@Test
	void eventsContinueAfterReconnecting() {
		enqueue("text/event-stream", "id: a\ndata: 1\n\n");
		this.server.enqueue(new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
		enqueue("text/event-stream", "data: 2\n\nid: b\ndata: 3\n\n");
		this.server.enqueue(new MockResponse.Builder().code(204).build());
		run((feeds, pool) -> {
			assertThat(feeds.reconnecting()).extracting(ServerSentEvent::data).containsExactly("1", "2", "3");
			assertThat(take().getHeaders().get("Last-Event-ID")).isNull();
			List<String> ids = new ArrayList<>();
			for (int i = 1; i < this.server.getRequestCount(); i++) {
				ids.add(take().getHeaders().get("Last-Event-ID"));
			}
			assertThat(ids).contains("a").endsWith("b");
			assertThat(pool.get().leased()).isZero();
		});
	}

	@ParameterizedTest
	@CsvSource({ "\u00fc\u20ac\ud83d\ude00", "' blank'", "7" })
	void lastEventIdIsSentInUtf8(String id) {
		enqueue("text/event-stream", "id: " + id + "\ndata: 1\n\n");
		this.server.enqueue(new MockResponse.Builder().code(204).build());
		run((feeds, pool) -> {
			assertThat(feeds.reconnecting()).extracting(ServerSentEvent::data).containsExactly("1");
			take();
			assertThat(sentId()).isEqualTo(id.strip());
			assertThat(pool.get().leased()).isZero();
		});
	}

	private String sentId() {
		String header = Objects.requireNonNull(take().getHeaders().get("Last-Event-ID"));
		boolean bytes = header.chars().allMatch((c) -> c <= 0xff);
		return bytes ? new String(header.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8) : header;
	}

	@Test
	void endlessEventsLinesAndElementsAreErrors() {
		String digits = "1".repeat(60_000);
		enqueue("text/event-stream", "data: " + digits + "\n\n");
		enqueue("application/x-ndjson", digits + "\n");
		enqueue("application/json", "[\"" + digits + "\"]");
		run((feeds, pool) -> {
			for (int i = 0; i < 3; i++) {
				assertThatExceptionOfType(ContentDecodingException.class).isThrownBy(() -> feeds.lines().toList())
					.withMessageContaining("longer than limits.max-")
					.satisfies((ex) -> assertThat(ex.response()).isNotNull());
				assertThat(pool.get().leased()).isZero();
			}
		}, "requests.sessions.s.limits.max-line=30KB", "requests.sessions.s.limits.max-event=20KB");
	}

	@Test
	void reconnectingStopsAtAnErrorStatus() {
		enqueue("text/event-stream", "data: 1\n\n");
		this.server.enqueue(new MockResponse.Builder().code(500).build());
		run((feeds, pool) -> {
			assertThatExceptionOfType(HttpException.class).isThrownBy(() -> feeds.reconnecting().toList());
			assertThat(pool.get().leased()).isZero();
		});
	}

	@Test
	void reconnectingStopsAfterSeveralFailedAttempts() {
		enqueue("text/event-stream", "data: 1\n\n");
		for (int i = 0; i < 2; i++) {
			enqueue("text/event-stream", ": nothing\n\n");
		}
		run((feeds, pool) -> {
			assertThat(feeds.twice()).hasSize(1);
			assertThat(this.server.getRequestCount()).isEqualTo(3);
		});
	}

	@Test
	void closingEndsTheWaitForReconnecting() throws Exception {
		enqueue("text/event-stream", "retry: 100000000\ndata: 1\n\n");
		run((feeds, pool) -> {
			CloseableIterator<String> events = feeds.patient();
			assertThat(events.next()).isEqualTo("1");
			Thread closer = new Thread(events::close);
			closer.start();
			assertThat(events.hasNext()).isFalse();
			assertThat(pool.get().leased()).isZero();
		});
	}

	private static void isBack(PoolStatistics pool) {
		assertThat(pool.leased()).isZero();
		assertThat(pool.available()).isOne();
	}

	private void enqueue(String type, String body) {
		this.server.enqueue(new MockResponse.Builder().addHeader("Content-Type", type).body(body).build());
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

	private interface Check {

		void run(Feeds feeds, Supplier<PoolStatistics> pool) throws IOException;

	}

	private void run(Check check, String... properties) {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsClientsAutoConfiguration.class,
							JacksonAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class))
			.withUserConfiguration(Clients.class)
			.withPropertyValues("requests.sessions.s.base-url=" + this.server.url("/"))
			.withPropertyValues(properties)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				HttpAdapter adapter = (HttpAdapter) context.getBean(Session.class)
					.getAdapter(this.server.url("/").toString());
				check.run(context.getBean(Feeds.class), adapter::poolStatistics);
			});
	}

	/**
	 * An element.
	 */
	public record Item(String name) {
	}

	@EnableRequestsClients(clients = Feeds.class)
	static class Clients {

	}

	/**
	 * Every kind of result that streams.
	 */
	@RequestsClient("s")
	public interface Feeds {

		@GetExchange("/bytes")
		InputStream bytes();

		@GetExchange("/items")
		Stream<Item> items();

		@GetExchange("/items")
		CloseableIterator<Item> closeable();

		@GetExchange("/lists")
		Iterator<List<Item>> lists();

		@GetExchange("/lines")
		Stream<String> lines();

		@GetExchange("/events")
		Stream<ServerSentEvent<Item>> events();

		@Reconnect(delayMillis = 1)
		@GetExchange("/events")
		Stream<ServerSentEvent<String>> reconnecting();

		@Reconnect(attempts = 2, delayMillis = 1)
		@GetExchange("/events")
		Stream<ServerSentEvent<String>> twice();

		@Reconnect
		@GetExchange("/events")
		CloseableIterator<String> patient();

	}

}
