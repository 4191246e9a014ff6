package io.github.requests4j.adapters;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.ChunkedEncodingException;
import io.github.requests4j.http.ConnectTimeoutException;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.InvalidHeaderException;
import io.github.requests4j.http.InvalidSchemaException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.ReadTimeoutException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.testserver.BlackHole;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Requests and responses of every common shape over plain connections.
 */
class HttpAdapterTests {

	private final HttpAdapter adapter = HttpAdapter.builder().build();

	@AfterEach
	void close() {
		this.adapter.close();
	}

	@Test
	@DisplayName("207: a response has its status, reason, headers, URL and body")
	void responseIsComplete() throws IOException {
		try (RawServer server = RawServer
			.answering("HTTP/1.1 299 Very Fine\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 5\r\n\r\nhello")) {
			Response response = Calls.send(this.adapter, server.url("/path?q=1#part"));
			assertThat(response.statusCode()).isEqualTo(299);
			assertThat(response.reason()).isEqualTo("Very Fine");
			assertThat(response.headers().get("X-A")).isEqualTo("1, 2");
			assertThat(response.headers().nameAt(0)).isEqualTo("X-A");
			assertThat(response.url()).isEqualTo(server.url("/path?q=1#part"));
			assertThat(response.connection()).isSameAs(this.adapter);
			assertThat(response.elapsed()).isPositive();
			assertThat(Calls.read(response)).isEqualTo("hello");
			assertThat(server.lastRequest().requestLine()).isEqualTo("GET /path?q=1 HTTP/1.1");
		}
	}

	@Test
	@DisplayName("55, 57, 59: Host comes first and headers keep their order; the caller's Host keeps its position")
	void headersKeepTheirOrder() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo()) {
			Calls.text(this.adapter, Calls.get(server.url("/"), "B", "1", "a", "2", "C", "3"));
			assertThat(server.lastRequest().headerLines()).containsExactly("Host: " + server.authority(), "B: 1",
					"a: 2", "C: 3");
			Calls.text(this.adapter, Calls.get(server.url("/"), "B", "1", "host", "other", "C", "3"));
			assertThat(server.lastRequest().headerLines()).containsExactly("B: 1", "host: other", "C: 3");
		}
	}

	@Test
	@DisplayName("198, 199: a connection is returned when its body is read, and reused")
	void connectionIsReusedAfterItsBodyIsRead() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo()) {
			for (int i = 0; i < 5; i++) {
				Calls.text(this.adapter, server.url("/" + i));
			}
			assertThat(server.connectionCount()).isEqualTo(1);
			assertThat(this.adapter.poolStatistics()).isEqualTo(new PoolStatistics(0, 1, 0, 10));
		}
	}

	@Test
	@DisplayName("199: closing an unread body closes the connection")
	void closingAnUnreadBodyClosesTheConnection() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo()) {
			Response response = Calls.send(this.adapter, server.url("/"));
			assertThat(this.adapter.poolStatistics().leased()).isEqualTo(1);
			response.raw().close();
			assertThat(this.adapter.poolStatistics()).isEqualTo(new PoolStatistics(0, 0, 0, 10));
			Calls.text(this.adapter, server.url("/"));
			assertThat(server.connectionCount()).isEqualTo(2);
		}
	}

	@Test
	@DisplayName("199: Connection: close is honoured in requests and responses")
	void connectionCloseIsHonoured() throws IOException {
		try (TestHttpServer server = TestHttpServer
			.start((request) -> Reply.of(200, "x", request.path().equals("/close") ? "Connection: close" : "X: y"))) {
			Calls.text(this.adapter, server.url("/close"));
			assertThat(this.adapter.poolStatistics().available()).isZero();
			Calls.text(this.adapter, Calls.get(server.url("/"), "Connection", "close"));
			assertThat(this.adapter.poolStatistics().available()).isZero();
			Calls.text(this.adapter, Calls.get(server.url("/")));
			assertThat(this.adapter.poolStatistics().available()).isEqualTo(1);
		}
	}

	@Test
	@DisplayName("66, 71: a body of known length is sent with its Content-Length")
	void bodyOfKnownLengthHasAContentLength() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo()) {
			Calls.text(this.adapter, Calls.post(server.url("/"), Body.of("h\u00e9llo")));
			RawRequest request = server.lastRequest();
			assertThat(request.header("Content-Length")).isEqualTo("6");
			assertThat(request.bodyText()).isEqualTo("h\u00e9llo");
			assertThat(server.connectionCount()).isEqualTo(1);
		}
	}

	@Test
	@DisplayName("79: each item of an iterator is a chunk; empty ones are skipped")
	void eachItemIsAChunk() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo()) {
			Calls.text(this.adapter,
					Calls.post(server.url("/"), Body.of(List.of("one", "", "0123456789abcdef").iterator())));
			RawRequest request = server.lastRequest();
			assertThat(request.header("Transfer-Encoding")).isEqualTo("chunked");
			assertThat(request.wireBodyText()).isEqualTo("3\r\none\r\n10\r\n0123456789abcdef\r\n0\r\n\r\n");
		}
	}

	@Test
	@DisplayName("80: a body of unknown length must match the caller's Content-Length exactly")
	void bodyMustHaveTheLengthOfTheCaller() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo()) {
			PreparedRequest exact = Calls.post(server.url("/"), Body.of(List.of("abc", "de").iterator()));
			exact.headers().remove("Transfer-Encoding");
			exact.headers().put("Content-Length", "5");
			Calls.text(this.adapter, exact);
			assertThat(server.lastRequest().wireBodyText()).isEqualTo("abcde");
			for (String wrong : List.of("4", "6")) {
				PreparedRequest request = Calls.post(server.url("/"), Body.of(List.of("abc", "de").iterator()));
				request.headers().remove("Transfer-Encoding");
				request.headers().put("Content-Length", wrong);
				assertThatExceptionOfType(InvalidHeaderException.class)
					.isThrownBy(() -> this.adapter.send(request, SendOptions.DEFAULTS))
					.withMessageContaining("Content-Length says " + wrong)
					.satisfies((ex) -> assertThat(ex.request()).isSameAs(request));
			}
			assertThat(this.adapter.poolStatistics().leased()).isZero();
		}
	}

	@Test
	@DisplayName("74: a stream of unknown length is sent in chunks, and a large one completely")
	void largeBodiesAreSentCompletely() throws IOException {
		byte[] large = new byte[1_000_000];
		Arrays.fill(large, (byte) 'x');
		try (TestHttpServer server = TestHttpServer
			.start((request) -> Reply.ok(String.valueOf(request.body().length)))) {
			assertThat(Calls.text(this.adapter, Calls.post(server.url("/"), Body.of(large)))).isEqualTo("1000000");
			assertThat(Calls.text(this.adapter, Calls.post(server.url("/"), Body.of(new ByteArrayInputStream(large)))))
				.isEqualTo("1000000");
		}
	}

	@Test
	@DisplayName("230: HEAD, 204 and 304 have no body, even with a Content-Length")
	void headAnd204And304HaveNoBody() throws IOException {
		try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n",
				"HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\n",
				"HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\n")) {
			assertThat(Calls.text(this.adapter, Calls.request("HEAD", server.url("/"), null))).isEmpty();
			assertThat(Calls.text(this.adapter, server.url("/"))).isEmpty();
			assertThat(Calls.text(this.adapter, server.url("/"))).isEmpty();
			assertThat(server.connectionCount()).isEqualTo(1);
		}
	}

	@Test
	@DisplayName("226 (difference): a reason with a control character is dropped, and not kept for the next response")
	void invalidReasonIsDropped() throws IOException {
		String rest = "\r\nContent-Length: 2\r\n\r\nok";
		try (RawServer server = RawServer.answering("HTTP/1.1 200 \u001b[31mOK" + rest, "HTTP/1.1 200 OK" + rest)) {
			Response response = Calls.send(this.adapter, server.url("/"));
			assertThat(response.reason()).isEmpty();
			assertThat(Calls.read(response)).isEqualTo("ok");
			assertThat(Calls.send(this.adapter, server.url("/")).reason()).isEqualTo("OK");
			assertThat(server.connectionCount()).isEqualTo(2);
		}
	}

	@Test
	@DisplayName("230: chunks are joined; without a length, the body ends when the connection closes")
	void chunkedAndCloseDelimitedBodiesAreRead() throws IOException {
		try (RawServer server = RawServer.answering(
				"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0A;x=y\r\n0123456789\r\n0\r\nT: 1\r\n\r\n",
				"HTTP/1.1 200\r\nX: y\r\n\r\nto the end")) {
			assertThat(Calls.text(this.adapter, server.url("/"))).isEqualTo("abc0123456789");
			Response response = Calls.send(this.adapter, server.url("/"));
			assertThat(response.reason()).isEmpty();
			server.closeConnections();
			assertThat(Calls.read(response)).isEqualTo("to the end");
			assertThat(this.adapter.poolStatistics()).isEqualTo(new PoolStatistics(0, 0, 0, 10));
			assertThat(server.connectionCount()).isEqualTo(1);
		}
	}

	@Test
	@DisplayName("230: interim responses are skipped")
	void interimResponsesAreSkipped() throws IOException {
		try (RawServer server = RawServer.answering("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n"
				+ "Link: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
			assertThat(Calls.text(this.adapter, server.url("/"))).isEqualTo("ok");
		}
	}

	@Test
	@DisplayName("114, 115: every Set-Cookie header is read separately")
	void setCookieHeadersAreReadSeparately() throws IOException {
		try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nSet-Cookie: a=1; Path=/\r\n"
				+ "Set-Cookie: b=2; Expires=Wed, 09 Jun 2100 10:18:14 GMT\r\nContent-Length: 0\r\n\r\n")) {
			Response response = Calls.send(this.adapter, server.url("/"));
			assertThat(response.cookies().getDict()).containsEntry("a", "1").containsEntry("b", "2");
		}
	}

	@Test
	@DisplayName("240, 241: a refused connection is a ConnectionException that names host, port and path")
	void refusedConnectionNamesHostAndPort() throws IOException {
		int port;
		try (RawServer server = RawServer.answering()) {
			port = server.port();
		}
		assertThatExceptionOfType(ConnectionException.class)
			.isThrownBy(() -> Calls.send(this.adapter, "http://user:hidden@127.0.0.1:" + port + "/path?token=hidden"))
			.withMessage("GET http://127.0.0.1:" + port + "/path: connection refused (127.0.0.1:" + port
					+ "). Check the host and port, and that the service is running.")
			.withMessageNotContaining("hidden")
			.satisfies((ex) -> assertThat(ex.request()).isNotNull());
		assertThat(this.adapter.poolStatistics().leased()).isZero();
	}

	@Test
	@DisplayName("204, 240, 241: a missing response is a ReadTimeoutException")
	void silentServerEndsAtTheReadTimeout() throws IOException {
		try (RawServer server = RawServer.start((conversation) -> {
			conversation.readRequest();
			conversation.awaitClientClose();
		})) {
			assertThatExceptionOfType(ReadTimeoutException.class)
				.isThrownBy(() -> this.adapter.send(Calls.get(server.url("/")), Calls.readTimeout(100)))
				.withMessage("GET " + server.url("/") + ": read timed out after 100ms while waiting for the response ("
						+ server.authority() + "). Check the server, or raise the read timeout.")
				.havingRootCause()
				.isInstanceOf(SocketTimeoutException.class);
			assertThat(this.adapter.poolStatistics()).isEqualTo(new PoolStatistics(0, 0, 0, 10));
		}
	}

	@Test
	@DisplayName("204, 238: a connect timeout can be caught as a timeout and as a connection error")
	void connectTimeoutIsATimeoutAndAConnectionError() throws IOException {
		try (BlackHole hole = BlackHole.open()) {
			assertThatExceptionOfType(ConnectTimeoutException.class).isThrownBy(
					() -> this.adapter.send(Calls.get(hole.url("http")), Calls.timeouts(Duration.ofMillis(100), null)))
				.isInstanceOf(ConnectionException.class)
				.isInstanceOf(RequestTimeoutException.class);
		}
	}

	@Test
	@DisplayName("232: a connection closed before the status line is a ConnectionException")
	void closeBeforeTheStatusLineIsAConnectionError() throws IOException {
		try (RawServer server = RawServer.start((conversation) -> conversation.readRequest())) {
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> Calls.send(this.adapter, server.url("/")))
				.withMessage("GET " + server.url("/") + ": the server closed the connection without a response ("
						+ server.authority()
						+ "). Check the log of the server. Send the request again only if repeating" + " it is safe.");
		}
	}

	@ParameterizedTest(name = "227, 231: {0} is a {1}")
	@CsvSource(delimiter = '|',
			value = { "Transfer-Encoding: chunked;;5;Hello;ooops | ChunkedEncodingException",
					"Content-Length: 10;;Hello | ChunkedEncodingException",
					"Content-Length: 5;Content-Encoding: gzip;;Hello | ContentDecodingException",
					"Content-Length: 16;Content-Length: 32;;Hello | InvalidHeaderException" })
	void brokenBodiesAreTyped(String script, String expected) throws IOException {
		try (RawServer server = RawServer.start((conversation) -> {
			conversation.readRequest();
			conversation.send("HTTP/1.1 200 OK\r\n" + script.replace(";", "\r\n"));
		})) {
			assertThatExceptionOfType(RequestException.class)
				.isThrownBy(() -> Calls.send(this.adapter, server.url("/")).content())
				.satisfies((error) -> assertThat(error.getClass().getSimpleName()).isEqualTo(expected))
				.satisfies((error) -> assertThat(error.request()).isNotNull());
		}
	}

	@Test
	@DisplayName("197: other schemes than http and https are rejected")
	void otherSchemesAreRejected() {
		assertThatExceptionOfType(InvalidSchemaException.class)
			.isThrownBy(() -> Calls.send(this.adapter, "ftp://127.0.0.1/"));
	}

	@Test
	@DisplayName("240: a closed adapter rejects calls; closing it again has no effect")
	void closedAdapterRejectsCalls() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo()) {
			Calls.text(this.adapter, server.url("/"));
			this.adapter.close();
			this.adapter.close();
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> Calls.send(this.adapter, server.url("/")))
				.withMessageContaining("the adapter was closed");
			assertThat(this.adapter.poolStatistics()).isEqualTo(PoolStatistics.NONE);
		}
	}

	@Test
	@DisplayName("1: a body that is being read remains readable after closing the adapter")
	void openStreamsSurviveTheClose() throws IOException {
		try (RawServer server = RawServer.start((conversation) -> {
			conversation.readRequest();
			conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc");
			conversation.in().read();
		})) {
			Response response = Calls.send(this.adapter, server.url("/"));
			assertThat(response.raw().readNBytes(3)).isEqualTo("abc".getBytes(StandardCharsets.US_ASCII));
			this.adapter.close();
			server.closeConnections();
			assertThatExceptionOfType(ChunkedEncodingException.class).isThrownBy(() -> response.raw().read());
		}
	}

}
