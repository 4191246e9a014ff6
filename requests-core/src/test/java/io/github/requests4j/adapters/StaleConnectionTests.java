package io.github.requests4j.adapters;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.testserver.RawConversation;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.RawServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Connections that the server gave up while they were idle.
 */
class StaleConnectionTests {

	private final HttpAdapter adapter = HttpAdapter.builder().build();

	@AfterEach
	void close() {
		this.adapter.close();
	}

	/**
	 * Answers the first request of each connection, reads the second one, and gives up
	 * without a word.
	 */
	private static RawServer dyingServer(boolean reset) throws IOException {
		return RawServer.start((conversation) -> {
			RawRequest request = conversation.readRequest();
			conversation.respond(200, request.method() + " " + request.bodyText());
			if (conversation.readRequest() != null && reset) {
				conversation.reset();
			}
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("198, fault: a request on a stale connection is sent once more on a fresh one")
	void sendsIdempotentAgain(boolean reset) throws IOException {
		try (RawServer server = dyingServer(reset)) {
			Calls.text(this.adapter, server.url("/"));
			assertThat(Calls.text(this.adapter, server.url("/"))).isEqualTo("GET ");
			PreparedRequest put = Calls.request("PUT", server.url("/"),
					Body.of(new ByteArrayInputStream("stream".getBytes(StandardCharsets.US_ASCII))));
			assertThat(Calls.text(this.adapter, put)).isEqualTo("PUT stream");
			assertThat(server.connectionCount()).isEqualTo(3);
			assertThat(this.adapter.poolStatistics()).isEqualTo(new PoolStatistics(0, 1, 0, 10));
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("fault: a POST is never sent twice")
	void neverSendsPostAgain(boolean reset) throws IOException {
		try (RawServer server = dyingServer(reset)) {
			Calls.text(this.adapter, server.url("/"));
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> this.adapter.send(Calls.post(server.url("/"), Body.of("x")), SendOptions.DEFAULTS))
				.withMessageContaining("Connection aborted");
			assertThat(server.requests()).filteredOn((request) -> request.method().equals("POST")).hasSize(1);
			assertThat(this.adapter.poolStatistics().leased()).isZero();
		}
	}

	@Test
	@DisplayName("fault: a body that cannot be had again is not sent again")
	void neverSendsStreamAgain() throws IOException {
		try (RawServer server = dyingServer(false)) {
			Calls.text(this.adapter, server.url("/"));
			PreparedRequest put = Calls.request("PUT", server.url("/"), Body.of(List.of("once").iterator()));
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> this.adapter.send(put, SendOptions.DEFAULTS));
			assertThat(server.requests()).filteredOn((request) -> request.method().equals("PUT")).hasSize(1);
		}
	}

	@Test
	@DisplayName("201, fault: a request is sent at most twice, and never again on a fresh connection")
	void triesOnlyOnce() throws IOException {
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
	@DisplayName("198: a POST finds out that the server closed an idle connection, and takes another one")
	void postChecksFirst() throws Exception {
		try (RawServer server = RawServer.start(StaleConnectionTests::answerOnce)) {
			Calls.text(this.adapter, server.url("/"));
			// The check is made once a connection has been idle for 20 ms.
			Thread.sleep(60);
			assertThat(Calls.text(this.adapter, Calls.post(server.url("/"), Body.of("x")))).isEqualTo("once");
			assertThat(server.connectionCount()).isEqualTo(2);
		}
	}

	private static void answerOnce(RawConversation conversation) throws IOException {
		conversation.readRequest();
		conversation.respond(200, "once");
	}

	@Test
	@DisplayName("198: Keep-Alive: timeout says how long an idle connection is good")
	void honoursKeepAlive() throws IOException {
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
