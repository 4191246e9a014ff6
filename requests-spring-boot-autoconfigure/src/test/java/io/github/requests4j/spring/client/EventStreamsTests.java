package io.github.requests4j.spring.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.http.InvalidJsonException;
import io.github.requests4j.spring.internal.session.LiveSessions;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Typed streams of server-sent events that stay open: the server sends its events and
 * then waits until the client hangs up.
 */
class EventStreamsTests {

	private static final String TEA = "{\"name\":\"tea\"}";

	private static final String CUP = "{\"name\":\"cup\"}";

	private final List<String> heads = new CopyOnWriteArrayList<>();

	private final CountDownLatch hungUp = new CountDownLatch(1);

	private volatile String contentType = "text/event-stream";

	private volatile String body = "";

	private ServerSocket listening;

	private Thread server;

	@BeforeEach
	void start() throws IOException {
		this.listening = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
		this.server = new Thread(this::accept, "event-stream-server");
		this.server.setDaemon(true);
		this.server.start();
	}

	@AfterEach
	void stop() throws Exception {
		this.listening.close();
		this.server.join(TimeUnit.SECONDS.toMillis(10));
	}

	@Test
	void eventsHaveTheirIdTypeRetryAndComment() {
		send(": hello\nretry: 5000\nid: 7\nevent: add\ndata: " + TEA + "\n\n");
		run((feeds) -> {
			try (CloseableIterator<ServerSentEvent<Item>> events = feeds.whole()) {
				assertThat(events.next()).isEqualTo(ServerSentEvent.builder(new Item("tea"))
					.id("7")
					.event("add")
					.retry(Duration.ofSeconds(5))
					.comment("hello")
					.build());
			}
		});
	}

	@Test
	void eventsWithoutDataDoNotEndAStreamOfEvents() {
		send("event: ping\ndata:\n\n: still here\n\nevent: nothing\n\ndata:  \n\ndata: null\n\nevent: add\ndata: " + TEA
				+ "\n\n");
		run((feeds) -> {
			try (CloseableIterator<ServerSentEvent<Item>> events = feeds.whole()) {
				ServerSentEvent<Item> ping = events.next();
				assertThat(ping.event()).isEqualTo("ping");
				assertThat(ping.data()).isNull();
				assertThat(events.next()).isEqualTo(ServerSentEvent.builder().event("message").build());
				assertThat(events.next()).isEqualTo(ServerSentEvent.builder().event("message").build());
				assertThat(events.next()).isEqualTo(ServerSentEvent.builder(new Item("tea")).event("add").build());
			}
		});
	}

	@Test
	void eventsWithoutDataAreSkippedIfDataIsReturned() {
		send("event: ping\ndata:\n\ndata: " + TEA + "\n\n: still here\n\ndata: " + CUP + "\n\n");
		run((feeds) -> {
			try (Stream<Item> items = feeds.items()) {
				assertThat(items.limit(2)).containsExactly(new Item("tea"), new Item("cup"));
			}
		});
	}

	@Test
	void emptyDataIsReturnedAsText() {
		send("data:\n\ndata: [DONE]\n\n");
		run((feeds) -> {
			try (Stream<String> texts = feeds.texts()) {
				assertThat(texts.limit(2)).containsExactly("", "[DONE]");
			}
		});
	}

	@Test
	void doneEndsStreamsOfJson() {
		send("data: " + TEA + "\n\ndata: [DONE]\n\ndata: " + CUP + "\n\n");
		run((feeds) -> {
			assertThat(feeds.items()).containsExactly(new Item("tea"));
			assertHungUp();
		});
	}

	@Test
	void doneEndsStreamsOfEventsWithoutReconnecting() {
		send("data: " + TEA + "\n\ndata: [DONE]\n\n");
		run((feeds) -> {
			assertThat(feeds.reconnecting()).extracting(ServerSentEvent::data).containsExactly(new Item("tea"));
			assertHungUp();
			assertThat(this.heads).hasSize(1);
		});
	}

	@Test
	void eventsOfOtherTypesAreSkippedWithoutParsing() {
		send("event: status\ndata: warming up\n\ndata: unnamed\n\nevent: add\ndata: " + TEA
				+ "\n\nevent: remove\ndata: 7\n\nevent: change\ndata: " + CUP + "\n\ndata: [DONE]\n\n");
		run((feeds) -> {
			assertThat(feeds.selected()).containsExactly(new Item("tea"), new Item("cup"));
			assertThat(this.heads).singleElement().asString().containsIgnoringCase("Accept: text/event-stream");
		});
	}

	@Test
	void unreadableDataNamesTheEventAndTheFilter() {
		send("event: status\ndata: warming up\n\n");
		run((feeds) -> {
			try (CloseableIterator<ServerSentEvent<Item>> events = feeds.whole()) {
				assertThatExceptionOfType(InvalidJsonException.class).isThrownBy(events::hasNext)
					.withMessageContaining(" (status 200): the event 'status' could not be read as ")
					.withMessageEndingWith("list the event types to read in @EventTypes.");
			}
			assertHungUp();
		});
	}

	@Test
	void closingEarlyClosesTheConnection() {
		send("data: " + TEA + "\n\n");
		run((feeds) -> {
			try (Stream<Item> items = feeds.items()) {
				assertThat(items.limit(1).toList()).hasSize(1);
				assertThat(this.hungUp.getCount()).isOne();
			}
			assertHungUp();
		});
	}

	@Test
	void closingJsonLinesEarlyClosesTheConnection() {
		this.contentType = "application/x-ndjson";
		send(TEA + "\n" + CUP + "\n");
		run((feeds) -> {
			try (Stream<Item> items = feeds.items()) {
				assertThat(items.limit(2)).containsExactly(new Item("tea"), new Item("cup"));
			}
			assertHungUp();
		});
	}

	@Test
	void closingArraysEarlyClosesTheConnection() {
		this.contentType = "application/json";
		send("[" + TEA + "," + CUP + ",");
		run((feeds) -> {
			try (Stream<Item> items = feeds.items()) {
				assertThat(items.limit(2)).containsExactly(new Item("tea"), new Item("cup"));
			}
			assertHungUp();
		});
	}

	@Test
	void futuresOfEventStreamsAcceptEvents() {
		send("data: " + TEA + "\n\n");
		run((feeds) -> {
			try (Stream<ServerSentEvent<Item>> events = feeds.later().join()) {
				assertThat(events.limit(1)).extracting(ServerSentEvent::data).containsExactly(new Item("tea"));
			}
			assertThat(this.heads).singleElement().asString().containsIgnoringCase("Accept: text/event-stream");
		});
	}

	private void send(String text) {
		this.body = text;
	}

	private void assertHungUp() {
		try {
			assertThat(this.hungUp.await(30, TimeUnit.SECONDS)).as("the client closed the connection").isTrue();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	private void accept() {
		while (!this.listening.isClosed()) {
			try (Socket socket = this.listening.accept()) {
				socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(10));
				serve(socket);
			}
			catch (IOException ex) {
				// A client that resets the connection has closed it, too.
				this.hungUp.countDown();
			}
		}
	}

	private void serve(Socket socket) throws IOException {
		InputStream in = socket.getInputStream();
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			int next = in.read();
			if (next < 0) {
				return;
			}
			head.append((char) next);
		}
		this.heads.add(head.toString());
		byte[] bytes = this.body.getBytes(StandardCharsets.UTF_8);
		String start = "HTTP/1.1 200 OK\r\nContent-Type: " + this.contentType + "\r\nTransfer-Encoding: chunked\r\n\r\n"
				+ Integer.toHexString(bytes.length) + "\r\n";
		socket.getOutputStream().write(start.getBytes(StandardCharsets.US_ASCII));
		socket.getOutputStream().write(bytes);
		socket.getOutputStream().write("\r\n".getBytes(StandardCharsets.US_ASCII));
		socket.getOutputStream().flush();
		if (in.read() < 0) {
			this.hungUp.countDown();
		}
	}

	private void run(Consumer<Feeds> check) {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsClientsAutoConfiguration.class,
							JacksonAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class))
			.withUserConfiguration(Clients.class)
			.withPropertyValues("requests.sessions.s.base-url=http://127.0.0.1:" + this.listening.getLocalPort(),
					"requests.sessions.s.read-timeout=10s")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				check.accept(context.getBean(Feeds.class));
				assertThat(context.getBean(LiveSessions.class).pool("s").leased()).as("leased connections").isZero();
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
	 * Streams of events.
	 */
	@RequestsClient("s")
	public interface Feeds {

		@GetExchange("/events")
		CloseableIterator<ServerSentEvent<Item>> whole();

		@GetExchange("/events")
		Stream<Item> items();

		@GetExchange("/events")
		Stream<String> texts();

		@Reconnect(delayMillis = 1)
		@GetExchange("/events")
		Stream<ServerSentEvent<Item>> reconnecting();

		@EventTypes({ "add", "change" })
		@GetExchange("/events")
		Stream<Item> selected();

		@GetExchange("/events")
		CompletableFuture<Stream<ServerSentEvent<Item>>> later();

	}

}
