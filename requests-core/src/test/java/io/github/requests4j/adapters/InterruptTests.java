package io.github.requests4j.adapters;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLContext;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Verify;
import io.github.requests4j.testserver.BlackHole;
import io.github.requests4j.testserver.RawConversation;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Threads that are interrupted wherever a call can wait.
 */
class InterruptTests {

	private static SSLContext tls;

	private final HttpAdapter adapter = HttpAdapter.builder().poolBlock(true).poolMaxsize(1).build();

	private final AtomicReference<Throwable> thrown = new AtomicReference<>();

	private final AtomicBoolean flag = new AtomicBoolean();

	@BeforeAll
	static void makeCertificate() {
		tls = new TestCertificates().localhostContext();
	}

	@AfterEach
	void close() {
		this.adapter.close();
	}

	private Thread start(Runnable call) {
		Thread thread = new Thread(() -> {
			try {
				call.run();
			}
			catch (Throwable ex) {
				this.thrown.set(ex);
			}
			this.flag.set(Thread.currentThread().isInterrupted());
		});
		thread.start();
		return thread;
	}

	private void interruptAndCheck(Thread thread) throws InterruptedException {
		thread.interrupt();
		thread.join(5000);
		assertThat(thread.isAlive()).isFalse();
		assertThat(this.thrown.get()).isExactlyInstanceOf(ConnectionException.class)
			.hasMessageContaining("Interrupted");
		assertThat(((ConnectionException) this.thrown.get()).request()).isNotNull();
		assertThat(this.flag).isTrue();
		assertThat(this.adapter.poolStatistics().leased()).isZero();
		assertThat(this.adapter.poolStatistics().pending()).isZero();
	}

	private Runnable sending(PreparedRequest request) {
		SendOptions options = SendOptions.builder().verify(Verify.disabled()).build();
		return () -> this.adapter.send(request, options);
	}

	private static RawServer server(String scheme, RawServer.Script script) throws IOException {
		return scheme.equals("https") ? RawServer.start(tls, script) : RawServer.start(script);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http", "https" })
	@DisplayName("fault: interrupted while waiting for the response")
	void inRead(String scheme) throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		try (RawServer server = server(scheme, (conversation) -> {
			conversation.readRequest();
			asked.countDown();
			conversation.awaitClientClose();
		})) {
			Thread thread = start(sending(Calls.get(server.url("/"))));
			assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
			interruptAndCheck(thread);
			await().until(() -> server.openConnections() == 0);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http", "https" })
	@DisplayName("fault: interrupted while connecting, or shaking hands")
	void inConnect(String scheme) throws Exception {
		CountDownLatch accepted = new CountDownLatch(1);
		if (scheme.equals("http")) {
			try (BlackHole hole = BlackHole.open()) {
				Thread thread = start(sending(Calls.get(hole.url("http"))));
				await().until(() -> this.adapter.poolStatistics().leased() == 1);
				interruptAndCheck(thread);
			}
		}
		else {
			try (RawServer server = RawServer.start((conversation) -> {
				accepted.countDown();
				conversation.awaitClientClose();
			})) {
				Thread thread = start(sending(Calls.get("https://" + server.authority() + "/")));
				assertThat(accepted.await(10, TimeUnit.SECONDS)).isTrue();
				interruptAndCheck(thread);
			}
		}
	}

	@Test
	@DisplayName("fault: interrupted while waiting for a connection of the pool")
	void inLease() throws Exception {
		try (RawServer server = RawServer.start(InterruptTests::half)) {
			Response holding = Calls.send(this.adapter, server.url("/"));
			Thread thread = start(sending(Calls.get(server.url("/"))));
			await().until(() -> this.adapter.poolStatistics().pending() == 1);
			thread.interrupt();
			thread.join(5000);
			assertThat(this.thrown.get()).isExactlyInstanceOf(ConnectionException.class);
			assertThat(this.flag).isTrue();
			assertThat(this.adapter.poolStatistics()).isEqualTo(new PoolStatistics(1, 0, 0, 1));
			holding.raw().close();
			assertThat(this.adapter.poolStatistics()).isEqualTo(new PoolStatistics(0, 0, 0, 1));
		}
	}

	private static void half(RawConversation conversation) throws IOException {
		conversation.readRequest();
		conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
		conversation.awaitClientClose();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http", "https" })
	@DisplayName("fault: interrupted while reading the body")
	void inBody(String scheme) throws Exception {
		try (RawServer server = server(scheme, InterruptTests::half)) {
			CountDownLatch reading = new CountDownLatch(1);
			Thread thread = start(() -> {
				Response response = this.adapter.send(Calls.get(server.url("/")),
						SendOptions.builder().verify(Verify.disabled()).build());
				reading.countDown();
				Calls.read(response);
			});
			assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();
			interruptAndCheck(thread);
		}
	}

	@Test
	@DisplayName("fault: interrupted while the server does not take the body")
	void inUpload() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch done = new CountDownLatch(1);
		try (RawServer server = RawServer.start((conversation) -> {
			conversation.readHead();
			asked.countDown();
			done.await();
		})) {
			Thread thread = start(sending(Calls.post(server.url("/"), Body.of(new byte[64 * 1024 * 1024]))));
			assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
			interruptAndCheck(thread);
			done.countDown();
		}
	}

	@Test
	@DisplayName("fault: a thread that is interrupted already sends nothing, and loses no connection")
	void before() throws Exception {
		try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
			Calls.text(this.adapter, server.url("/"));
			Thread thread = start(() -> {
				Thread.currentThread().interrupt();
				sending(Calls.get(server.url("/"))).run();
			});
			thread.join(5000);
			assertThat(this.thrown.get()).isExactlyInstanceOf(ConnectionException.class);
			assertThat(this.flag).isTrue();
			assertThat(this.adapter.poolStatistics()).isEqualTo(new PoolStatistics(0, 1, 0, 1));
			assertThat(server.requests()).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http", "https" })
	@DisplayName("fault: closing the adapter ends calls in flight")
	void closing(String scheme) throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		try (RawServer server = server(scheme, (conversation) -> {
			conversation.readRequest();
			asked.countDown();
			conversation.awaitClientClose();
		})) {
			Thread thread = start(sending(Calls.get(server.url("/"))));
			assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
			this.adapter.close();
			thread.join(5000);
			assertThat(this.thrown.get()).isExactlyInstanceOf(ConnectionException.class)
				.hasMessageContaining("The adapter was closed");
			assertThat(this.flag).isFalse();
		}
	}

	@Test
	@DisplayName("fault: closing the adapter ends the wait for a connection")
	void closingWhileWaiting() throws Exception {
		try (RawServer server = RawServer.start(InterruptTests::half)) {
			Response holding = Calls.send(this.adapter, server.url("/"));
			Thread thread = start(sending(Calls.get(server.url("/"))));
			await().until(() -> this.adapter.poolStatistics().pending() == 1);
			this.adapter.close();
			thread.join(5000);
			assertThat(this.thrown.get()).isExactlyInstanceOf(ConnectionException.class)
				.hasMessageContaining("The adapter was closed");
			assertThat(holding.raw().readNBytes(4)).hasSize(4);
		}
	}

}
