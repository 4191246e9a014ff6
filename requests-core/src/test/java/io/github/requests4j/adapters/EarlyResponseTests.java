package io.github.requests4j.adapters;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.FilePart;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.ReadTimeoutException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.TlsMaterial;
import io.github.requests4j.testserver.RawConversation;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Servers that respond before they have read the request. Only an error response that
 * announces closing ends the body early (RFC 9112, section 9.5). In all other cases the
 * server receives the complete body.
 */
class EarlyResponseTests {

	private static final int SIZE = 20 * 1024 * 1024;

	private static final byte[] CONTENT = new byte[SIZE];

	/** Only so that a fault does not hang: nothing is measured by it. */
	private static final Duration PLENTY = Duration.ofSeconds(30);

	private static final TestCertificates CERTIFICATES = new TestCertificates();

	@TempDir
	static Path folder;

	private static Path file;

	private final CompletableFuture<Long> received = new CompletableFuture<>();

	private final HttpAdapter adapter = HttpAdapter.builder()
		.tlsMaterial(() -> TlsMaterial.of(CERTIFICATES.clientContext()))
		.hostResolver((host) -> List.of(InetAddress.getByName("127.0.0.1")))
		.build();

	@BeforeAll
	static void writeFile() throws IOException {
		file = Files.write(folder.resolve("body.bin"), CONTENT);
	}

	@AfterEach
	void close() {
		this.adapter.close();
	}

	@Test
	void errorBeforeACloseIsReadWithItsBody() throws Exception {
		try (RawServer server = RawServer.start((conversation) -> {
			conversation.readHead();
			conversation.respond(413, "too large", "Connection: close");
		})) {
			Iterator<byte[]> pieces = Stream.generate(() -> new byte[1000]).limit(100_000).iterator();
			Response response = this.adapter.send(Calls.post(server.url("/"), Body.of(pieces)),
					Calls.readTimeout(20_000));
			assertThat(response.statusCode()).isEqualTo(413);
			assertThat(Calls.read(response)).isEqualTo("too large");
			assertThat(this.adapter.poolStatistics()).isEqualTo(new PoolStatistics(0, 0, 0, 10));
		}
		catch (ConnectionException ex) {
			// A reset may overtake what was sent before it (RFC 9112, section 9.6).
			assertThat(ex).isExactlyInstanceOf(ConnectionException.class);
		}
	}

	@Test
	void restOfAnEarlyResponseIsBoundedByTheReadTimeout() throws Exception {
		CountDownLatch done = new CountDownLatch(1);
		try (RawServer server = RawServer.start((conversation) -> {
			String head = conversation.readHead();
			conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab");
			conversation.readBody(head);
			done.await(30, TimeUnit.SECONDS);
		})) {
			PreparedRequest request = Calls.post(server.url("/"), Body.of(file));
			assertThatExceptionOfType(ReadTimeoutException.class)
				.isThrownBy(() -> Calls.text(this.adapter, request, Calls.readTimeout(400)));
			assertThat(this.adapter.poolStatistics().leased()).isZero();
		}
		finally {
			done.countDown();
		}
	}

	@ParameterizedTest
	@CsvSource({ "200, OK", "202, Accepted", "204, No Content", "302, Found", "404, Not Found", "500, Internal" })
	void wholeBodyIsSentIfTheResponseDoesNotAnnounceClosing(int status, String reason) throws Exception {
		for (SSLContext tls : contexts()) {
			for (Upload upload : Upload.values()) {
				new EarlyResponseTests().getsEveryByte(tls, upload, status, head(status, reason, ""));
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "200, OK", "302, Found" })
	void wholeBodyIsSentIfASuccessAnnouncesClosing(int status, String reason) throws Exception {
		for (SSLContext tls : contexts()) {
			for (Upload upload : Upload.values()) {
				new EarlyResponseTests().getsEveryByte(tls, upload, status,
						head(status, reason, "Connection: close\r\n"));
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "200, OK", "404, Not Found" })
	void connectionWithAnEarlyResponseIsNotReused(int status, String reason) throws Exception {
		for (SSLContext tls : contexts()) {
			for (Upload upload : Upload.values()) {
				EarlyResponseTests test = new EarlyResponseTests();
				try (RawServer server = test.answering(tls, head(status, reason, "")); HttpAdapter own = test.adapter) {
					Calls.text(own, upload.request(server.url("/")), options());
					test.nextCallHasAConnectionOfItsOwn(server);
				}
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void wholeBodyIsSentAfterAnInterimResponse(Upload upload) throws Exception {
		for (SSLContext tls : contexts()) {
			EarlyResponseTests test = new EarlyResponseTests();
			try (RawServer server = server(tls, (conversation) -> {
				String head = conversation.readHead();
				conversation.send("HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n");
				test.received.complete(count(conversation.in(), head));
				conversation.send(head(200, "OK", ""));
			}); HttpAdapter own = test.adapter) {
				Response response = own.send(upload.request(server.url("/")), options());
				assertThat(response.statusCode()).isEqualTo(200);
				assertThat(Calls.read(response)).isEqualTo("ok");
				assertThat(test.received.get(30, TimeUnit.SECONDS)).isEqualTo(upload.size());
				assertThat(own.poolStatistics().leased()).isZero();
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "413, Content Too Large", "500, Internal", "404, Not Found" })
	void errorThatAnnouncesClosingIsReturned(int status, String reason) throws Exception {
		for (SSLContext tls : contexts()) {
			for (Upload upload : Upload.values()) {
				EarlyResponseTests test = new EarlyResponseTests();
				try (RawServer server = test.answering(tls, head(status, reason, "Connection: close\r\n"));
						HttpAdapter own = test.adapter) {
					Response response = own.send(upload.request(server.url("/")), options());
					assertThat(response.statusCode()).isEqualTo(status);
					assertThat(Calls.read(response)).isEqualTo("ok");
					assertThat(own.poolStatistics().leased()).isZero();
					test.nextCallHasAConnectionOfItsOwn(server);
				}
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void bodyIsEchoedCompletelyWhileItIsSent(Upload upload) throws Exception {
		for (SSLContext tls : contexts()) {
			EarlyResponseTests test = new EarlyResponseTests();
			try (RawServer server = RawServer.startNarrow(tls, 16 * 1024, EarlyResponseTests::echo);
					HttpAdapter own = test.adapter) {
				Response response = own.send(upload.request(server.url("/")), options());
				assertThat(response.statusCode()).isEqualTo(200);
				assertThat(length(response)).as(upload + " through " + server.url("/")).isEqualTo(upload.size());
				assertThat(own.poolStatistics().leased()).isZero();
			}
		}
	}

	private static List<SSLContext> contexts() {
		return Arrays.asList(null, CERTIFICATES.localhostContext());
	}

	private static RawServer server(SSLContext tls, RawServer.Script script) throws IOException {
		return (tls != null) ? RawServer.start(tls, script) : RawServer.start(script);
	}

	private static String head(int status, String reason, String more) {
		String body = (status == 204) ? "" : "ok";
		return "HTTP/1.1 " + status + " " + reason + "\r\n" + more + ((status == 204) ? "" : "Content-Length: 2\r\n")
				+ "\r\n" + body;
	}

	private static SendOptions options() {
		return SendOptions.DEFAULTS.withDeadline(Deadline.after(PLENTY));
	}

	private void getsEveryByte(SSLContext tls, Upload upload, int status, String reply) throws Exception {
		try (RawServer server = answering(tls, reply); HttpAdapter own = this.adapter) {
			Response response = own.send(upload.request(server.url("/")), options());
			String what = upload + " to " + server.url("/") + " with status " + status;
			assertThat(response.statusCode()).as(what).isEqualTo(status);
			assertThat(Calls.read(response)).as(what).isEqualTo((status == 204) ? "" : "ok");
			assertThat(this.received.get(30, TimeUnit.SECONDS)).as("bytes received: " + what).isEqualTo(upload.size());
			assertThat(own.poolStatistics().leased()).as(what).isZero();
		}
	}

	/** Answers immediately after the head, and then reads the whole body. */
	private RawServer answering(SSLContext tls, String reply) throws IOException {
		return server(tls, (conversation) -> {
			String head = conversation.readHead();
			while (head != null) {
				conversation.send(reply);
				this.received.complete(count(conversation.in(), head));
				head = conversation.readHead();
			}
		});
	}

	private void nextCallHasAConnectionOfItsOwn(RawServer server) {
		int before = server.connectionCount();
		Calls.text(this.adapter, Calls.get(server.url("/")), options());
		assertThat(server.connectionCount()).as("connections").isEqualTo(before + 1);
	}

	private static long length(Response response) throws IOException {
		try (InputStream raw = response.raw()) {
			long length = 0;
			byte[] buffer = new byte[64 * 1024];
			for (int count = raw.read(buffer); count >= 0; count = raw.read(buffer)) {
				length += count;
			}
			return length;
		}
	}

	/** Writes a piece of the body back before it reads the next. */
	private static void echo(RawConversation conversation) throws IOException {
		conversation.socket().setSendBufferSize(16 * 1024);
		String head = conversation.readHead();
		conversation.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
		BodyReader body = new BodyReader(conversation.in(), head);
		byte[] piece = new byte[8192];
		for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
			conversation.out().write(piece, 0, count);
		}
		conversation.out().flush();
	}

	/** Returns how many bytes of content arrive. */
	private static long count(InputStream in, String head) {
		long count = 0;
		try {
			BodyReader body = new BodyReader(in, head);
			byte[] piece = new byte[64 * 1024];
			for (int next = body.read(piece); next >= 0; next = body.read(piece)) {
				count += next;
			}
		}
		catch (IOException ex) {
			// Truncated: the bytes before count.
			return count;
		}
		return count;
	}

	/** Every kind of request body. */
	enum Upload {

		BYTES, PATH, STREAM, ITERATOR, MULTIPART;

		PreparedRequest request(String url) throws IOException {
			if (this == MULTIPART) {
				PreparedRequest request = Calls.post(url, null);
				request.headers().remove("Content-Length");
				request.prepareBody(null, List.of(FilePart.of("file", file)), null);
				return request;
			}
			return Calls.post(url, switch (this) {
				case BYTES -> Body.of(CONTENT);
				case PATH -> Body.of(file);
				case STREAM -> Body.of(Files.newInputStream(file));
				default -> Body.of(Collections.nCopies(SIZE / (64 * 1024), new byte[64 * 1024]).iterator());
			});
		}

		/** Returns how many bytes of content a server receives. */
		long size() throws IOException {
			return (this == MULTIPART) ? Long.parseLong(request("http://a.example/").headers().get("Content-Length"))
					: SIZE;
		}

	}

	/** Reads the content that a head announces, without keeping it. */
	private static final class BodyReader {

		private final InputStream in;

		private final boolean chunked;

		private long left;

		BodyReader(InputStream in, String head) {
			this.in = in;
			this.chunked = head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked");
			this.left = this.chunked ? 0 : announced(head);
		}

		private static long announced(String head) {
			return head.lines()
				.filter((line) -> line.regionMatches(true, 0, "Content-Length: ", 0, 16))
				.mapToLong((line) -> Long.parseLong(line.substring(16)))
				.findFirst()
				.orElse(0);
		}

		int read(byte[] target) throws IOException {
			if (this.chunked && this.left == 0) {
				this.left = Long.parseLong(line(), 16);
				if (this.left == 0) {
					line();
					return -1;
				}
			}
			if (this.left == 0) {
				return -1;
			}
			int count = this.in.read(target, 0, (int) Math.min(target.length, this.left));
			if (count < 0) {
				throw new EOFException();
			}
			this.left -= count;
			if (this.chunked && this.left == 0) {
				line();
			}
			return count;
		}

		private String line() throws IOException {
			StringBuilder line = new StringBuilder();
			for (int next = this.in.read(); next != '\n'; next = this.in.read()) {
				if (next < 0) {
					throw new EOFException();
				}
				line.append((char) next);
			}
			return line.toString().strip();
		}

	}

}
