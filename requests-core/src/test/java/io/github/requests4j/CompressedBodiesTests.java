package io.github.requests4j;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.Retry;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.FilePart;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.testserver.RawConversation;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CompressedBodiesTests {

	private static final int MIN = 100;

	private static final String LONG = "tea and cake, ".repeat(1000);

	@Test
	void bodiesInMemoryAreCompressedWithAKnownLength() throws Exception {
		try (TestHttpServer server = TestHttpServer.echo(); Session session = session()) {
			session.post(server.url("/"), (options) -> options.data(LONG));
			RawRequest request = server.lastRequest();
			assertThat(request.header("Content-Encoding")).isEqualTo("gzip");
			assertThat(request.header("Content-Length")).isEqualTo(String.valueOf(request.body().length));
			assertThat(request.header("Transfer-Encoding")).isNull();
			assertThat(request.body()).hasSizeLessThan(LONG.length() / 10);
			assertThat(text(request)).isEqualTo(LONG);
		}
	}

	@Test
	void jsonAndFormsKeepTheirType() throws Exception {
		try (TestHttpServer server = TestHttpServer.echo(); Session session = session()) {
			session.post(server.url("/"), (options) -> options.json(List.of(LONG)));
			assertThat(server.lastRequest().header("Content-Type")).isEqualTo("application/json");
			assertThat(text(server.lastRequest())).isEqualTo("[\"" + LONG + "\"]");
			session.put(server.url("/"), (options) -> options.data(Map.of("q", LONG)));
			assertThat(server.lastRequest().header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
			assertThat(text(server.lastRequest())).startsWith("q=tea+and+cake%2C+tea");
		}
	}

	@Test
	void streamsAreCompressedInChunks() throws Exception {
		try (TestHttpServer server = TestHttpServer.echo(); Session session = session()) {
			session.post(server.url("/"), (options) -> options.data(Body.of(stream(LONG))));
			assertChunked(server.lastRequest(), LONG);
			session.post(server.url("/"), (options) -> options.data(Body.of(List.of("a", "b"))));
			assertChunked(server.lastRequest(), "ab");
			session.post(server.url("/"), (options) -> options.data(Body.supplied(() -> stream(LONG), LONG.length())));
			assertChunked(server.lastRequest(), LONG);
		}
	}

	@Test
	void filesAndMultipartMessagesAreCompressed(@TempDir Path folder) throws Exception {
		Path file = Files.writeString(folder.resolve("a.csv"), LONG);
		try (TestHttpServer server = TestHttpServer.echo(); Session session = session()) {
			session.post(server.url("/"), (options) -> options.data(Body.of(file)));
			assertChunked(server.lastRequest(), LONG);
			session.post(server.url("/"), (options) -> options.files(FilePart.of("f", file)).data(Map.of("k", "v")));
			assertThat(server.lastRequest().header("Content-Type")).startsWith("multipart/form-data; boundary=");
			assertThat(server.lastRequest().header("Content-Encoding")).isEqualTo("gzip");
			assertThat(text(server.lastRequest())).contains(LONG, "name=\"k\"", "filename=\"a.csv\"");
		}
	}

	@Test
	void emptyShortAndMissingBodiesAreNotCompressed() throws Exception {
		try (TestHttpServer server = TestHttpServer.echo(); Session session = session()) {
			session.post(server.url("/"), (options) -> options.data("x".repeat(MIN - 1)));
			assertPlain(server.lastRequest());
			session.post(server.url("/"), (options) -> options.data(""));
			assertPlain(server.lastRequest());
			session.get(server.url("/"));
			assertPlain(server.lastRequest());
			session.post(server.url("/"), (options) -> options.data("x".repeat(MIN)));
			assertThat(text(server.lastRequest())).hasSize(MIN);
		}
	}

	@Test
	void incompressibleBytesAreNotCompressed() throws Exception {
		byte[] random = new byte[MIN];
		new Random(1).nextBytes(random);
		try (TestHttpServer server = TestHttpServer.echo(); Session session = session()) {
			session.post(server.url("/"), (options) -> options.data(random));
			assertPlain(server.lastRequest());
			assertThat(server.lastRequest().body()).isEqualTo(random);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Encoding: br", "content-encoding: identity", "Content-Range: bytes 0-9/99",
			"Content-MD5: x", "Digest: x", "Content-Digest: x", "Repr-Digest: x", "Content-Type: image/png",
			"Content-Type: Application/ZIP", "Content-Type: video/mp4; codecs=x" })
	void bodiesWithAHeaderAboutTheirBytesAreNotCompressed(String line) throws Exception {
		String name = line.substring(0, line.indexOf(':'));
		String value = line.substring(line.indexOf(':') + 2);
		try (TestHttpServer server = TestHttpServer.echo(); Session session = session()) {
			session.post(server.url("/"), (options) -> options.data(LONG).header(name, value));
			assertThat(server.lastRequest().bodyText()).isEqualTo(LONG);
			assertThat(server.lastRequest().header(name)).isEqualTo(value);
		}
	}

	@Test
	void svgIsCompressedAsText() throws Exception {
		try (TestHttpServer server = TestHttpServer.echo(); Session session = session()) {
			session.post(server.url("/"), (options) -> options.data(LONG).header("Content-Type", "image/svg+xml"));
			assertThat(text(server.lastRequest())).isEqualTo(LONG);
		}
	}

	@Test
	void contentLengthOfTheCallerIsReplacedOrPreventsCompression() throws Exception {
		String length = String.valueOf(LONG.length());
		try (TestHttpServer server = TestHttpServer.echo(); Session session = session()) {
			session.post(server.url("/"), (options) -> options.data(LONG).header("Content-Length", length));
			assertThat(text(server.lastRequest())).isEqualTo(LONG);
			session.post(server.url("/"),
					(options) -> options.data(Body.of(stream(LONG))).header("Content-Length", length));
			assertPlain(server.lastRequest());
			assertThat(server.lastRequest().bodyText()).isEqualTo(LONG);
		}
	}

	@Test
	void nullContentEncodingDisablesCompressionForOneCall() throws Exception {
		try (TestHttpServer server = TestHttpServer.echo(); Session session = session()) {
			session.post(server.url("/"), (options) -> options.data(LONG).header("Content-Encoding", null));
			assertPlain(server.lastRequest());
		}
	}

	@Test
	void nothingIsCompressedByDefaultOrForUntrustedOrigins() throws Exception {
		try (TestHttpServer server = TestHttpServer.echo();
				Session plain = Session.create();
				Session foreign = Session.builder().baseUrl("http://a.example/").compressBodies(0).build()) {
			plain.post(server.url("/"), (options) -> options.data(LONG));
			assertPlain(server.lastRequest());
			foreign.post(server.url("/"), (options) -> options.data(LONG));
			assertPlain(server.lastRequest());
		}
	}

	@Test
	void repeatableBodiesAreCompressedAgain(@TempDir Path folder) throws Exception {
		Path file = Files.writeString(folder.resolve("a.csv"), LONG);
		for (Body body : List.of(Body.of(LONG), Body.of(file), Body.supplied(() -> stream(LONG)),
				Body.of(new ByteArrayInputStream(LONG.getBytes(StandardCharsets.UTF_8))))) {
			AtomicInteger count = new AtomicInteger();
			try (TestHttpServer server = TestHttpServer
				.start((request) -> (count.getAndIncrement() == 0) ? Reply.of(503, "") : Reply.ok("done"));
					Session session = session()) {
				assertThat(session.put(server.url("/"), (options) -> options.data(body)).text()).isEqualTo("done");
				assertThat(server.requests()).hasSize(2).allSatisfy((request) -> {
					assertThat(text(request)).isEqualTo(LONG);
					assertThat(request.body()).isEqualTo(server.requests().get(0).body());
				});
			}
		}
	}

	@Test
	void unrewindableBodiesAreNotRepeated() throws Exception {
		try (RawServer server = RawServer.start(RawConversation::readRequest); Session session = session()) {
			assertThatExceptionOfType(RequestException.class).isThrownBy(() -> session.put(server.url("/"),
					(options) -> options.data(Body.of(new SequenceInputStream(stream(LONG), stream(LONG))))));
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Test
	void failingSourceDoesNotLookComplete() throws Exception {
		InputStream broken = new InputStream() {
			@Override
			public int read() throws IOException {
				throw new IOException("disk error");
			}
		};
		try (TestHttpServer server = TestHttpServer.echo(); Session session = session()) {
			assertThatExceptionOfType(RequestException.class)
				.isThrownBy(() -> session.post(server.url("/"),
						(options) -> options.data(Body.of(new SequenceInputStream(stream(LONG), broken)))))
				.withMessageContaining("disk error");
			assertThat(server.requests()).as("complete requests").isEmpty();
		}
	}

	@Test
	void redirectsKeepTheCompressedBodyOrDropTheEncoding() throws Exception {
		for (int status : List.of(307, 303)) {
			try (TestHttpServer server = TestHttpServer
				.start((request) -> request.target().equals("/start") ? Reply.redirect(status, "/end") : Reply.ok(""));
					Session session = session()) {
				session.post(server.url("/start"), (options) -> options.data(LONG));
				if (status == 307) {
					assertThat(text(server.lastRequest())).isEqualTo(LONG);
				}
				else {
					assertPlain(server.lastRequest());
				}
			}
		}
	}

	@Test
	void newBodyOfAPreparedRequestHasItsOwnEncoding() {
		try (Session session = session()) {
			PreparedRequest request = session.prepare("POST", "http://a.example/", (options) -> options.data(LONG));
			assertThat(request.headers().get("Content-Encoding")).isEqualTo("gzip");
			request.copy().prepareBody(Body.of(LONG), List.of(), null);
			request.prepareBody(Body.of("short"), List.of(), null);
			assertThat(request.headers().containsKey("Content-Encoding")).isFalse();
			assertThat(request.headers().get("Content-Length")).isEqualTo("5");
			request.prepareBody(Body.of(LONG), List.of(), null);
			assertThat(request.headers().get("Content-Encoding")).isEqualTo("gzip");
		}
	}

	@Test
	void maskedCurlCommandHidesTheCompressedBody() {
		try (Session session = session()) {
			PreparedRequest request = session.prepare("POST", "http://a.example/",
					(options) -> options.data(Map.of("password", "secret", "q", LONG)));
			assertThat(request.toCurl()).contains("--data-binary '@-'", "Content-Encoding: gzip")
				.doesNotContain("printf");
			assertThat(request.toCurlWithSecrets()).contains("printf");
		}
	}

	private static void assertChunked(RawRequest request, String expected) {
		assertThat(request.header("Content-Encoding")).isEqualTo("gzip");
		assertThat(request.header("Transfer-Encoding")).isEqualTo("chunked");
		assertThat(request.header("Content-Length")).isNull();
		assertThat(text(request)).isEqualTo(expected);
	}

	private static void assertPlain(RawRequest request) {
		assertThat(request.header("Content-Encoding")).isNull();
	}

	private static String text(RawRequest request) {
		try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(request.body()))) {
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			in.transferTo(out);
			return out.toString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A stream without a length that can be read only once. */
	private static InputStream stream(String text) {
		return new SequenceInputStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
				InputStream.nullInputStream());
	}

	private static Session session() {
		Retry retry = Retry.builder().total(1).statusForcelist(List.of(503)).build();
		return Session.builder()
			.mount("http://", HttpAdapter.builder().maxRetries(retry).build())
			.compressBodies(MIN)
			.build();
	}

}
