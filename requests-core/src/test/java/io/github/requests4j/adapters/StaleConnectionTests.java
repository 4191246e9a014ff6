package io.github.requests4j.adapters;

import java.io.IOException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.testserver.RawConversation;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.RawServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Connections that the server closed while they were idle.
 */
class StaleConnectionTests {

	private final HttpAdapter adapter = HttpAdapter.builder().build();

	@AfterEach
	void close() {
		this.adapter.close();
	}

	@Test
	@DisplayName("201, fault: Stale pooled connection: a request is sent at most twice, and never again on a fresh connection")
	void staleConnectionIsReplacedOnce() throws IOException {
		try (RawServer server = RawServer.start((conversation) -> {
			RawRequest request = conversation.readRequest();
			if (request.target().equals("/fine")) {
				conversation.respond(200, "x");
				conversation.readRequest();
			}
		})) {
			Calls.text(this.adapter, server.url("/fine"));
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> Calls.text(this.adapter, server.url("/")));
			assertThat(server.requests()).hasSize(3);
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> Calls.text(this.adapter, server.url("/")));
			assertThat(server.requests()).hasSize(4);
		}
	}

	@Test
	@DisplayName("198, fault: Stale pooled connection: a POST detects that the server closed an idle connection and uses another")
	void postChecksTheConnectionFirst() throws Exception {
		try (RawServer server = RawServer.start(StaleConnectionTests::answerOnce)) {
			Calls.text(this.adapter, server.url("/"));
			// The check is made once a connection has been idle for 20 ms.
			Thread.sleep(60);
			assertThat(Calls.text(this.adapter, Calls.post(server.url("/"), Body.of("x")))).isEqualTo("once");
			assertThat(server.connectionCount()).isEqualTo(2);
		}
	}

	@Test
	void postWithAnIdempotencyKeyIsSentAgain() throws Exception {
		try (RawServer server = RawServer.start((conversation) -> {
			RawRequest request = conversation.readRequest();
			conversation.respond(200, request.target());
			if (request.target().equals("/first")) {
				conversation.readRequest();
			}
		})) {
			Calls.text(this.adapter, server.url("/first"));
			assertThat(Calls.text(this.adapter, Calls.post(server.url("/pay"), Body.of("x"), "Idempotency-Key", "1")))
				.isEqualTo("/pay");
			Calls.text(this.adapter, server.url("/first"));
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> Calls.text(this.adapter, Calls.post(server.url("/pay"), Body.of("x"))));
		}
	}

	private static void answerOnce(RawConversation conversation) throws IOException {
		conversation.readRequest();
		conversation.respond(200, "once");
	}

	@Test
	@DisplayName("198: Keep-Alive: timeout limits how long an idle connection is reused")
	void keepAliveTimeoutIsHonoured() throws IOException {
		try (RawServer server = RawServer.start((conversation) -> {
			while (conversation.readRequest() != null) {
				conversation.respond(200, "x", "Keep-Alive: timeout=0, max=5");
			}
		})) {
			Calls.text(this.adapter, server.url("/"));
			Calls.text(this.adapter, server.url("/"));
			assertThat(server.connectionCount()).isEqualTo(2);
		}
	}

}
