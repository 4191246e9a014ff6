package io.github.requests4j.adapters;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.InvalidHeaderException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.ProgressListener;
import io.github.requests4j.http.ReadTimeoutException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Verify;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestCertificates;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Bodies on their way, and servers that answer before they have them.
 */
class UploadTests {

	private static final int LARGE = 32 * 1024 * 1024;

	private final HttpAdapter adapter = HttpAdapter.builder().build();

	@AfterEach
	void close() {
		assertThat(this.adapter.poolStatistics().leased()).isZero();
		this.adapter.close();
	}

	private PreparedRequest expecting(RawServer server) {
		return Calls.post(server.url("/"), Body.of("body"), "Expect", "100-continue");
	}

	@Test
	@DisplayName("fault: with Expect the body waits for 100 Continue")
	void waitsForContinue() throws IOException {
		try (RawServer server = RawServer.start((conversation) -> {
			String head = conversation.readHead();
			boolean early = conversation.in().available() > 0;
			conversation.send("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n");
			conversation.respond(200, early + " " + conversation.readBody(head).bodyText());
		})) {
			assertThat(Calls.text(this.adapter, expecting(server))).isEqualTo("false body");
		}
	}

	@Test
	@DisplayName("fault: when 100 Continue never comes, the body is sent after a second")
	void sendsAnyway() throws IOException {
		try (RawServer server = RawServer.start((conversation) -> {
			conversation.readRequest();
			conversation.respond(200, "done");
		})) {
			long start = System.nanoTime();
			assertThat(Calls.text(this.adapter, expecting(server))).isEqualTo("done");
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
			assertThat(server.lastRequest().bodyText()).isEqualTo("body");
		}
	}

	@Test
	@DisplayName("fault: a final status instead of 100 is delivered, the body not sent, the connection closed")
	void sendsNoBodyAfterRefusal() throws IOException {
		try (RawServer server = RawServer.start((conversation) -> {
			conversation.readHead();
			conversation.respond(417, "no");
			assertThat(conversation.in().read()).isEqualTo(-1);
		})) {
			Response response = this.adapter.send(expecting(server), SendOptions.DEFAULTS);
			assertThat(response.statusCode()).isEqualTo(417);
			assertThat(Calls.read(response)).isEqualTo("no");
			assertThat(this.adapter.poolStatistics().available()).isZero();
			assertThat(server.failures()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "close", "reset", "stall" })
	@DisplayName("fault: an early 413 during the upload is delivered, and the connection closed")
	void deliversEarlyReply(String ending) throws Exception {
		CountDownLatch done = new CountDownLatch(1);
		try (RawServer server = RawServer.start((conversation) -> {
			conversation.readHead();
			conversation.in().readNBytes(100_000);
			conversation.respond(413, "too large");
			if (ending.equals("close")) {
				conversation.socket().shutdownOutput();
				conversation.awaitClientClose();
			}
			else if (ending.equals("stall")) {
				conversation.in().readNBytes(1_000_000);
				done.await();
			}
		})) {
			Response response = this.adapter.send(Calls.post(server.url("/"), Body.of(endless())),
					Calls.readTimeout(5000));
			assertThat(response.statusCode()).isEqualTo(413);
			assertThat(Calls.read(response)).isEqualTo("too large");
			assertThat(this.adapter.poolStatistics().available()).isZero();
		}
		finally {
			done.countDown();
		}
	}

	@Test
	@DisplayName("fault: an early 413 under TLS is delivered, and interim responses do not stop the upload")
	void deliversEarlyReplyUnderTls() throws IOException {
		try (RawServer server = RawServer.start(new TestCertificates().localhostContext(), (conversation) -> {
			conversation.readHead();
			conversation.send("HTTP/1.1 102 Processing\r\n\r\n");
			conversation.in().readNBytes(3_000_000);
			conversation.respond(413, "too large");
			conversation.awaitClientClose();
		})) {
			Response response = this.adapter.send(Calls.post(server.url("/"), Body.of(endless())),
					Calls.verify(Verify.disabled()));
			assertThat(response.statusCode()).isEqualTo(413);
			assertThat(Calls.read(response)).isEqualTo("too large");
		}
	}

	private static InputStream endless() {
		return new InputStream() {
			@Override
			public int read() {
				return 'x';
			}

			@Override
			public int read(byte[] buffer, int offset, int length) {
				return length;
			}
		};
	}

	@Test
	@DisplayName("fault: a server that does not take the body runs into the read timeout, or the deadline")
	void boundsUploads() throws Exception {
		CountDownLatch done = new CountDownLatch(1);
		try (RawServer server = RawServer.start((conversation) -> {
			conversation.readHead();
			done.await();
		})) {
			assertThatExceptionOfType(ReadTimeoutException.class).isThrownBy(() -> this.adapter
				.send(Calls.post(server.url("/"), Body.of(new byte[LARGE])), Calls.readTimeout(200)));
			assertThatExceptionOfType(RequestTimeoutException.class).isThrownBy(
					() -> this.adapter.send(Calls.post(server.url("/"), Body.of(new byte[LARGE])), Calls.deadline(200)))
				.withMessageContaining("The deadline of 0.2 s");
			done.countDown();
		}
	}

	@Test
	@DisplayName("a slow upload that goes on does not run into the read timeout")
	void sparesSlowUploads() throws IOException {
		try (RawServer server = RawServer.start((conversation) -> {
			String head = conversation.readHead();
			for (int i = 0; i < 8; i++) {
				conversation.in().readNBytes(LARGE / 8 - 1);
				Thread.sleep(100);
			}
			conversation.in().readNBytes(8);
			conversation.respond(200, head.substring(0, 4));
		})) {
			assertThat(Calls.text(this.adapter, Calls.post(server.url("/"), Body.of(chunks())), Calls.readTimeout(400)))
				.isEqualTo("POST");
		}
	}

	private static Iterator<byte[]> chunks() {
		List<byte[]> chunks = new ArrayList<>();
		for (int i = 0; i < LARGE / 65_536; i++) {
			chunks.add(new byte[65_536]);
		}
		return chunks.iterator();
	}

	@Test
	@DisplayName("fault: the connection breaks during the upload: ConnectionException")
	void reportsReset() throws IOException {
		try (RawServer server = RawServer.start((conversation) -> {
			conversation.readHead();
			conversation.in().readNBytes(100_000);
			conversation.reset();
		})) {
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(
						() -> this.adapter.send(Calls.post(server.url("/"), Body.of(endless())), SendOptions.DEFAULTS))
				.satisfies((ex) -> assertThat(ex).isExactlyInstanceOf(ConnectionException.class));
		}
	}

	@Test
	@DisplayName("fault: a body whose source fails: the error is its own, the connection is given back closed")
	void keepsSourceErrors() throws IOException {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok("x"))) {
			InputStream broken = new InputStream() {
				@Override
				public int read() throws IOException {
					throw new IOException("disk on fire");
				}
			};
			assertThatExceptionOfType(RequestException.class)
				.isThrownBy(() -> this.adapter.send(Calls.post(server.url("/"), Body.of(broken)), SendOptions.DEFAULTS))
				.withMessageContaining("disk on fire");
			Iterator<String> throwing = new Iterator<>() {
				@Override
				public boolean hasNext() {
					return true;
				}

				@Override
				public String next() {
					throw new IllegalStateException("own error");
				}
			};
			assertThatIllegalStateException()
				.isThrownBy(
						() -> this.adapter.send(Calls.post(server.url("/"), Body.of(throwing)), SendOptions.DEFAULTS))
				.withMessage("own error");
			assertThat(Calls.text(this.adapter, server.url("/"))).isEqualTo("x");
		}
	}

	@Test
	@DisplayName("threat 19: Content-Length and Transfer-Encoding together, or doubtful ones, are refused")
	void refusesDoubtfulFraming() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo()) {
			List<String[]> pairs = List.of(new String[] { "content-LENGTH", "3", "Transfer-Encoding", "chunked" },
					new String[] { "Content-Length", "3, 3" }, new String[] { "Content-Length", "+3" },
					new String[] { "Content-Length", "4" }, new String[] { "Content-Length", "" },
					new String[] { "Transfer-Encoding", "gzip, chunked" });
			for (String[] headers : pairs) {
				PreparedRequest request = Calls.post(server.url("/"), Body.of("abc"));
				request.headers().remove("Content-Length");
				for (int i = 0; i < headers.length; i += 2) {
					request.headers().put(headers[i], headers[i + 1]);
				}
				assertThatExceptionOfType(InvalidHeaderException.class).as(String.join(" ", headers))
					.isThrownBy(() -> this.adapter.send(request, SendOptions.DEFAULTS));
			}
			PreparedRequest twice = Calls.post(server.url("/"), Body.of("abc"));
			twice.headers().add("Content-Length", "3");
			assertThatExceptionOfType(InvalidHeaderException.class)
				.isThrownBy(() -> this.adapter.send(twice, SendOptions.DEFAULTS));
			assertThat(server.connectionCount()).isZero();
		}
	}

	@Test
	@DisplayName("progress is told for both ways")
	void tellsProgress() throws IOException {
		List<String> told = new ArrayList<>();
		ProgressListener listener = (direction, bytes, total) -> told.add(direction + " " + bytes + "/" + total);
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok("answer"))) {
			Calls.text(this.adapter, Calls.post(server.url("/"), Body.of("abc")),
					SendOptions.builder().progress(listener).build());
			assertThat(told).startsWith("UPLOAD 3/3").endsWith("DOWNLOAD 6/6");
		}
	}

}
