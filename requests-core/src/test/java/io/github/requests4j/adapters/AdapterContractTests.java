package io.github.requests4j.adapters;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.testserver.RawRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The behaviour of the library's {@link Adapter} on every way to a server: directly,
 * under TLS, and by way of proxies.
 */
class AdapterContractTests {

	private static final String OK = "HTTP/1.1 200 OK\r\n";

	private static PoolStatistics idle(int count) {
		return new PoolStatistics(0, count, 0, 10);
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("a response has status, reason, headers, body, request and connection")
	void requestAndResponseArriveCompletely(Wire wire) throws IOException {
		try (Rig rig = Rig.open(wire)) {
			rig.answering(
					"HTTP/1.1 299 Very Fine\r\nX-A: 1\r\nx-a: 2\r\nSet-Cookie: a=b\r\nContent-Length: 5\r\n\r\nhello");
			PreparedRequest request = Calls.get(rig.url("/path?q=1#part"), "X-Own", "own");
			Response response = rig.send(request);
			assertThat(response.statusCode()).isEqualTo(299);
			assertThat(response.reason()).isEqualTo("Very Fine");
			assertThat(response.headers().getAll("X-A")).containsExactly("1", "2");
			assertThat(response.cookies().getDict()).containsEntry("a", "b");
			assertThat(response.url()).isEqualTo(rig.url("/path?q=1#part"));
			assertThat(response.request()).isSameAs(request);
			assertThat(response.connection()).isSameAs(rig.adapter());
			assertThat(response.elapsed()).isPositive();
			assertThat(response.text()).isEqualTo("hello");
			RawRequest sent = rig.server().lastRequest();
			assertThat(sent.method()).isEqualTo("GET");
			assertThat(sent.target()).isEqualTo((wire == Wire.HTTP_PROXY) ? rig.url("/path?q=1") : "/path?q=1");
			assertThat(sent.headerNames()).containsExactly("Host", "X-Own");
			assertThat(sent.header("Host")).isEqualTo(request.parsedUrl().hostHeader());
		}
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("any method is sent unchanged, with and without a body")
	void anyMethodIsSent(Wire wire) throws IOException {
		try (Rig rig = Rig.open(wire)) {
			for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PURGE")) {
				assertThat(Calls.read(rig.send(rig.request(method, null)))).isEqualTo(method + " /");
				assertThat(Calls.read(rig.send(rig.request(method, Body.of("body"))))).isEqualTo(method + " / body");
			}
			assertThat(rig.network().connectionCount()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("the connection is reused, however the body is framed")
	void connectionIsReused(Wire wire) throws IOException {
		try (Rig rig = Rig.open(wire)) {
			rig.answering(OK + "Content-Length: 5\r\n\r\nhello", OK + "Content-Length: 0\r\n\r\n",
					OK + "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
					OK + "Transfer-Encoding: chunked\r\n\r\n0\r\nTrailer: x\r\n\r\n", "HTTP/1.1 204 No Content\r\n\r\n",
					"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", OK + "Content-Length: 4\r\n\r\nlast");
			for (String expected : List.of("hello", "", "hello", "", "", "", "last")) {
				assertThat(rig.text()).isEqualTo(expected);
			}
			assertThat(rig.network().connectionCount()).isEqualTo(1);
			assertThat(rig.adapter().poolStatistics().leased()).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("HEAD has no body, whatever its headers say")
	void headHasNoBody(Wire wire) throws IOException {
		try (Rig rig = Rig.open(wire)) {
			rig.answering(OK + "Content-Length: 99\r\n\r\n", OK + "Transfer-Encoding: chunked\r\n\r\n",
					OK + "X: y\r\n\r\n");
			for (int i = 0; i < 3; i++) {
				Response response = rig.send(rig.request("HEAD", null));
				assertThat(response.statusCode()).isEqualTo(200);
				assertThat(response.content()).isEmpty();
			}
			assertThat(rig.network().connectionCount()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("a body is streamed: its beginning can be read before its end is sent")
	void bodyIsStreamed(Wire wire) throws Exception {
		CountDownLatch read = new CountDownLatch(1);
		try (Rig rig = Rig.open(wire)) {
			rig.script((conversation) -> {
				conversation.readRequest();
				conversation.send(OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
				assertThat(read.await(30, TimeUnit.SECONDS)).isTrue();
				conversation.send("6\r\n world\r\n0\r\n\r\n");
				conversation.awaitClientClose();
			});
			Response response = rig.adapter().send(rig.get(), rig.options((o) -> o.stream(true)));
			InputStream raw = response.raw();
			assertThat(raw.readNBytes(5)).asString(StandardCharsets.US_ASCII).isEqualTo("hello");
			assertThat(rig.adapter().poolStatistics().leased()).isEqualTo(1);
			read.countDown();
			assertThat(raw.readAllBytes()).asString(StandardCharsets.US_ASCII).isEqualTo(" world");
			assertThat(rig.adapter().poolStatistics()).isEqualTo(idle(1));
			rig.network().resetAll();
		}
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("closing an unread body closes the connection and is not a failure")
	void unreadBodyCanBeClosed(Wire wire) throws IOException {
		try (Rig rig = Rig.open(wire)) {
			Response response = rig.send(rig.get());
			response.close();
			response.close();
			assertThat(rig.adapter().poolStatistics()).isEqualTo(idle(0));
			assertThat(rig.text()).isEqualTo("GET /");
			assertThat(rig.network().connectionCount()).isEqualTo(2);
			assertThat(rig.failures()).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("large bodies are sent and received unchanged, with a length and in chunks")
	void largeBodiesAreSentAndReceived(Wire wire) throws IOException {
		byte[] large = new byte[1_500_000];
		for (int i = 0; i < large.length; i++) {
			large[i] = (byte) (i * 31 + i / 251);
		}
		try (Rig rig = Rig.open(wire)) {
			rig.script((conversation) -> {
				RawRequest request = conversation.readRequest();
				while (request != null) {
					conversation.send(OK + "Content-Length: " + request.body().length + "\r\n\r\n");
					conversation.send(request.body());
					request = conversation.readRequest();
				}
			});
			for (Body body : List.of(Body.of(large), Body.of(new ByteArrayInputStream(large)),
					Body.of(List.of(Arrays.copyOf(large, 700_000), Arrays.copyOfRange(large, 700_000, large.length))
						.iterator()))) {
				assertThat(rig.send(rig.request("POST", body)).content()).isEqualTo(large);
			}
			assertThat(rig.network().connectionCount()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("Connection: close is honoured from either side")
	void connectionCloseIsHonoured(Wire wire) throws IOException {
		try (Rig rig = Rig.open(wire)) {
			rig.answering(OK + "Connection: keep-alive, CLOSE\r\nContent-Length: 1\r\n\r\nx");
			assertThat(rig.text()).isEqualTo("x");
			assertThat(rig.adapter().poolStatistics()).isEqualTo(idle(0));
			rig.heal();
			Calls.read(rig.send(rig.get("Connection", "close")));
			assertThat(rig.adapter().poolStatistics()).isEqualTo(idle(0));
		}
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("interim responses are skipped, and Expect is answered immediately by a server that supports it")
	void interimResponsesAreSkipped(Wire wire) throws IOException {
		try (Rig rig = Rig.open(wire)) {
			rig.script((conversation) -> {
				String head = conversation.readHead();
				while (head != null) {
					conversation.send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
					conversation.respond(200, conversation.readBody(head).bodyText());
					head = conversation.readHead();
				}
			});
			assertThat(Calls.read(rig.send(rig.request("PUT", Body.of("one"), "Expect", "100-continue"))))
				.isEqualTo("one");
			assertThat(Calls.read(rig.send(rig.request("PUT", Body.of("two"))))).isEqualTo("two");
			assertThat(rig.network().connectionCount()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("many threads share an adapter, and each receives its own response")
	void manyThreadsShareAnAdapter(Wire wire) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try (Rig rig = Rig.open(wire, (builder) -> builder.poolBlock(true).poolMaxsize(3))) {
			List<Future<String>> answers = new ArrayList<>();
			for (int i = 0; i < 64; i++) {
				String path = "/" + i;
				answers.add(threads.submit(() -> Calls.read(rig.send(Calls.get(rig.url(path))))));
			}
			for (int i = 0; i < 64; i++) {
				assertThat(answers.get(i).get(30, TimeUnit.SECONDS)).isEqualTo("GET /" + i);
			}
			assertThat(rig.network().connectionCount()).isLessThanOrEqualTo(3);
			assertThat(rig.adapter().poolStatistics().leased()).isZero();
		}
		finally {
			threads.shutdownNow();
		}
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("an invalid response is an error with its request, and the connection is closed")
	void invalidResponseIsAnError(Wire wire) throws IOException {
		try (Rig rig = Rig.open(wire)) {
			rig.script((conversation) -> {
				conversation.readRequest();
				conversation.send("SSH-2.0-OpenSSH_9.2\r\n");
				conversation.awaitClientClose();
			});
			FaultInvariants.fails(rig, ConnectionException.class, () -> rig.send(rig.get()));
			assertThat(rig.adapter().poolStatistics()).isEqualTo(idle(0));
		}
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("a closed adapter rejects calls and keeps no connection; closing it again has no effect")
	void closedAdapterRejectsCalls(Wire wire) throws IOException {
		try (Rig rig = Rig.open(wire)) {
			rig.text();
			Adapter adapter = rig.adapter();
			adapter.close();
			adapter.close();
			SendOptions options = rig.options();
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> adapter.send(rig.get(), options))
				.withMessageContaining("the adapter was closed");
			assertThat(rig.adapter().poolStatistics()).isEqualTo(PoolStatistics.NONE);
			assertThat(rig.network().connectionCount()).isEqualTo(1);
		}
	}

}
