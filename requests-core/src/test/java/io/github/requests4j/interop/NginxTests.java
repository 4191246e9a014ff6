package io.github.requests4j.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.http.FilePart;
import io.github.requests4j.http.Limits;
import io.github.requests4j.http.ProgressListener;
import io.github.requests4j.http.Response;
import io.github.requests4j.testserver.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions against nginx.
 */
@Tag("once")
class NginxTests {

	private static final TestCertificates CERTIFICATES = new TestCertificates();

	@TempDir
	static Path folder;

	private static NginxServer nginx;

	private static Path authority;

	private static Path upload;

	private static Path text;

	private static Path medium;

	@BeforeAll
	static void start() throws IOException {
		nginx = NginxServer.start(folder, CERTIFICATES);
		authority = CERTIFICATES.writeAuthority(folder);
		upload = Upload.write(nginx.files().resolve("upload.bin"), Upload.LARGE);
		medium = Upload.write(nginx.files().resolve("medium.bin"), 2 << 20);
		text = Files.writeString(nginx.files().resolve("text.txt"), "A line of text.\n".repeat(5000));
	}

	@AfterAll
	static void stop() {
		if (nginx != null) {
			nginx.close();
		}
	}

	private static Client secureClient() {
		return Client.create((session) -> session.verify(authority));
	}

	@Test
	void fileIsReadOverOneConnection() throws IOException {
		try (Client client = Client.create()) {
			byte[] expected = Files.readAllBytes(upload);
			for (int i = 0; i < 3; i++) {
				Response response = client.session().get(nginx.url("/files/upload.bin"));
				Client.assertResponse(response, 200, expected);
				assertThat(response.headers()).containsEntry("Content-Length", String.valueOf(Upload.LARGE));
			}
			assertThat(client.idleConnections()).isEqualTo(1);
			client.assertUsable(nginx.url("/files/text.txt"));
		}
	}

	@Test
	void rejectedUploadReturns413() {
		rejectedUploadReturns413(Upload.FILE);
	}

	@DeepTest
	@ParameterizedTest
	@EnumSource
	void rejectedUploadReturns413(Upload kind) {
		try (Client client = Client.create()) {
			for (int i = 0; i < 3; i++) {
				Response response = client.session().post(nginx.url("/limited"), kind.of(upload));
				assertThat(response.statusCode()).isEqualTo(413);
				assertThat(response.text()).contains("413 Request Entity Too Large");
				client.assertUsable(nginx.url("/early"));
			}
		}
	}

	@DeepTest
	@ParameterizedTest
	@EnumSource
	void uploadWithinTheLimitIsStored(Upload kind) {
		try (Client client = Client.create()) {
			Client.assertResponse(client.session().post(nginx.url("/stored"), kind.of(upload)), 200, "stored");
			client.assertUsable(nginx.url("/early"));
		}
	}

	// The whole body must be sent although the response came first: only an error
	// that closes the connection ends an upload early (RFC 9112, section 9.5).
	@DeepTest
	@ParameterizedTest
	@EnumSource
	void earlySuccessDoesNotCutTheUpload(Upload kind) {
		AtomicLong sent = new AtomicLong();
		try (Client client = Client.create()) {
			Response response = client.session()
				.post(nginx.url("/early"), kind.of(upload).andThen((it) -> it.onProgress((direction, bytes, total) -> {
					if (direction == ProgressListener.Direction.UPLOAD) {
						sent.set(bytes);
					}
				})));
			Client.assertResponse(response, 200, "early");
			client.assertUsable(nginx.url("/files/text.txt"));
			assertThat(sent).hasValueGreaterThanOrEqualTo(Upload.LARGE);
		}
	}

	@DeepTest
	@ParameterizedTest
	@EnumSource
	void earlyErrorIsReturned(Upload kind) {
		try (Client client = Client.create()) {
			Client.assertResponse(client.session().post(nginx.url("/rejected"), kind.of(upload)), 403, "rejected");
			client.assertUsable(nginx.url("/early"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@CsvSource({ "/keepalive/silent, GET, ", "/keepalive/silent, POST, ", "/keepalive/announced, GET, timeout=1",
			"/keepalive/announced, POST, timeout=1" })
	void callAfterKeepAliveExpiryUsesNewConnection(String path, String method, String keepAlive) {
		try (Client client = Client.create()) {
			Set<String> connections = new HashSet<>();
			for (int i = 0; i < 3; i++) {
				Response response = client.session()
					.request(method, nginx.url(path), (request) -> request.data(method.equals("GET") ? "" : "body"));
				assertThat(response.statusCode()).isEqualTo(200);
				assertThat(response.headers().get("Keep-Alive")).isEqualTo(keepAlive);
				assertThat(response.text()).endsWith(method);
				assertThat(connections.add(response.text())).as("a new connection").isTrue();
				client.assertNothingLeased();
				ServerProcess.awaitConnectionsClosed(nginx.port());
			}
			client.assertUsable(nginx.url("/early"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST" })
	void connectionIsReplacedAfterItsLastRequest(String method) {
		try (Client client = Client.create()) {
			Set<String> connections = new HashSet<>();
			for (int i = 0; i < 6; i++) {
				Response response = client.session().request(method, nginx.url("/keepalive/two"));
				assertThat(response.statusCode()).isEqualTo(200);
				connections.add(response.text());
			}
			assertThat(connections).hasSize(3);
			client.assertUsable(nginx.url("/early"));
		}
	}

	@DeepTest
	@Test
	void gzipIsDecoded() throws IOException {
		try (Client client = Client.create()) {
			Response response = client.session().get(nginx.url("/gzip/text.txt"));
			Client.assertResponse(response, 200, Files.readAllBytes(text));
			assertThat(response.headers()).containsEntry("Content-Encoding", "gzip")
				.containsEntry("Transfer-Encoding", "chunked");
			assertThat(client.idleConnections()).isEqualTo(1);
			client.assertUsable(nginx.url("/early"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void unbufferedChunksAreJoined(boolean stream) throws IOException {
		try (Client client = Client.create()) {
			Response response = client.session()
				.get(nginx.url("/chunked/medium.bin"), (request) -> request.stream(stream));
			assertThat(response.headers()).containsEntry("Transfer-Encoding", "chunked")
				.doesNotContainKey("Content-Length");
			Client.assertResponse(response, 200, Files.readAllBytes(medium));
			assertThat(client.idleConnections()).isEqualTo(1);
			client.assertUsable(nginx.url("/early"));
		}
	}

	@DeepTest
	@Test
	void largeHeadersPassInBothDirections() {
		String large = NginxServer.largeBlock().repeat(10);
		try (Client client = Client.create()) {
			Response response = client.session()
				.get(nginx.url("/large"), (request) -> request.header("X-Large", large));
			Client.assertResponse(response, 200, large);
			assertThat(response.headers()).containsEntry("X-Large", large);
			client.assertUsable(nginx.url("/early"));
		}
	}

	@DeepTest
	@Test
	void headerLineOverTheDefaultPassesWithHigherLimit() {
		Limits limits = new Limits(100, 200_000, 20, -1, -1, -1, -1, -1);
		try (Client client = Client.create(HttpAdapter.builder().limits(limits).build(), (session) -> {
		})) {
			Response response = client.session().get(nginx.url("/large"));
			Client.assertResponse(response, 200, "");
			assertThat(response.headers()).containsEntry("X-Large", NginxServer.largeBlock().repeat(10));
			client.assertUsable(nginx.url("/early"));
		}
	}

	@DeepTest
	@Test
	void headerBeyondTheServersLimitReturns400() {
		try (Client client = Client.create()) {
			Response response = client.session()
				.get(nginx.url("/large"), (request) -> request.header("X-Large", "x".repeat(300_000)));
			assertThat(response.statusCode()).isEqualTo(400);
			assertThat(response.text()).contains("Request Header Or Cookie Too Large");
			client.assertUsable(nginx.url("/early"));
		}
	}

	@DeepTest
	@Test
	void unchangedFileReturns304() {
		try (Client client = Client.create()) {
			String tag = client.session().get(nginx.url("/files/text.txt")).headers().get("ETag");
			for (int i = 0; i < 3; i++) {
				Response response = client.session()
					.get(nginx.url("/files/text.txt"), (request) -> request.header("If-None-Match", tag));
				Client.assertResponse(response, 304, "");
				assertThat(response.headers()).containsEntry("ETag", tag);
			}
			assertThat(client.idleConnections()).isEqualTo(1);
			client.assertUsable(nginx.url("/early"));
		}
	}

	@DeepTest
	@Test
	void headHasLengthAndNoBody() {
		try (Client client = Client.create()) {
			for (int i = 0; i < 3; i++) {
				Response response = client.session().head(nginx.url("/files/upload.bin"));
				Client.assertResponse(response, 200, "");
				assertThat(response.headers()).containsEntry("Content-Length", String.valueOf(Upload.LARGE));
			}
			assertThat(client.idleConnections()).isEqualTo(1);
			client.assertUsable(nginx.url("/early"));
		}
	}

	@DeepTest
	@Test
	void rangeReturnsPartOfTheFile() throws IOException {
		byte[] all = Files.readAllBytes(upload);
		try (Client client = Client.create()) {
			Response part = client.session()
				.get(nginx.url("/files/upload.bin"), (request) -> request.header("Range", "bytes=1000000-1999999"));
			Client.assertResponse(part, 206, Arrays.copyOfRange(all, 1_000_000, 2_000_000));
			assertThat(part.headers()).containsEntry("Content-Range", "bytes 1000000-1999999/" + Upload.LARGE);
			Response outside = client.session()
				.get(nginx.url("/files/upload.bin"), (request) -> request.header("Range", "bytes=99999999-"));
			assertThat(outside.statusCode()).isEqualTo(416);
			client.assertUsable(nginx.url("/early"));
		}
	}

	@Test
	void tls13Works() {
		try (Client client = secureClient()) {
			Client.assertResponse(client.session().get(nginx.tls13Url("/")), 200, "TLSv1.3");
			client.assertUsable(nginx.tls13Url("/"));
			assertThat(client.idleConnections()).isEqualTo(1);
		}
	}

	@DeepTest
	@Test
	void tls12Works() {
		try (Client client = secureClient()) {
			Client.assertResponse(client.session().get(nginx.tls12Url("/")), 200, "TLSv1.2");
			client.assertUsable(nginx.tls12Url("/"));
			assertThat(client.idleConnections()).isEqualTo(1);
		}
	}

	@DeepTest
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void largeFileIsReadOverTls(boolean newest) throws IOException {
		String url = newest ? nginx.tls13Url("/files/upload.bin") : nginx.tls12Url("/files/upload.bin");
		try (Client client = secureClient()) {
			Client.assertResponse(client.session().get(url), 200, Files.readAllBytes(upload));
			client.assertUsable(url);
		}
	}

	@DeepTest
	@ParameterizedTest
	@EnumSource
	void uploadOverTlsIsNotCutByAnEarlyResponse(Upload kind) {
		try (Client client = secureClient()) {
			Client.assertResponse(client.session().post(nginx.tls13Url("/"), kind.of(upload)), 200, "TLSv1.3");
			client.assertUsable(nginx.tls13Url("/"));
		}
	}

	@DeepTest
	@Test
	void clientCertificateIsPresented() throws IOException {
		Path pem = TestCertificates.writeBoth(folder.resolve("client.pem"), CERTIFICATES.issue("client.example"));
		try (Client client = Client.create((session) -> session.verify(authority).cert(pem))) {
			Client.assertResponse(client.session().get(nginx.mutualTlsUrl("/")), 200, "CN=Test server");
			client.assertUsable(nginx.mutualTlsUrl("/"));
		}
	}

	@DeepTest
	@Test
	void missingClientCertificateReturns400() {
		try (Client client = secureClient()) {
			Response response = client.session().get(nginx.mutualTlsUrl("/"));
			assertThat(response.statusCode()).isEqualTo(400);
			assertThat(response.text()).contains("No required SSL certificate was sent");
			client.assertUsable(nginx.tls13Url("/"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@EnumSource
	void expectContinueSendsTheBodyAfter100(Upload kind) {
		try (Client client = Client.create()) {
			Response response = client.session()
				.post(nginx.url("/stored"), kind.of(upload).andThen((it) -> it.header("Expect", "100-continue")));
			Client.assertResponse(response, 200, "stored");
			client.assertUsable(nginx.url("/early"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@EnumSource
	void expectContinueReturns413(Upload kind) {
		try (Client client = Client.create()) {
			Response response = client.session()
				.post(nginx.url("/limited"), kind.of(upload).andThen((it) -> it.header("Expect", "100-continue")));
			assertThat(response.statusCode()).isEqualTo(413);
			client.assertUsable(nginx.url("/early"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@EnumSource(names = "MULTIPART", mode = EnumSource.Mode.EXCLUDE)
	void storedFileIsReadBack(Upload kind) throws IOException {
		String url = nginx.url("/dav/" + kind);
		try (Client client = Client.create()) {
			assertThat(client.session().put(url, kind.of(upload)).statusCode()).isEqualTo(201);
			Client.assertResponse(client.session().get(url), 200, Files.readAllBytes(upload));
			Client.assertResponse(client.session().delete(url), 204, "");
			assertThat(client.session().get(url).statusCode()).isEqualTo(404);
			client.assertUsable(nginx.url("/early"));
		}
	}

	@DeepTest
	@Test
	void storedFormHasItsParts() throws IOException {
		String url = nginx.url("/dav/form");
		byte[] file = Files.readAllBytes(upload);
		try (Client client = Client.create()) {
			Response stored = client.session()
				.put(url, (request) -> request.files(FilePart.of("name", "value"), FilePart.of("upload", upload)));
			assertThat(stored.statusCode()).isEqualTo(201);
			byte[] form = client.session().get(url).content();
			String boundary = stored.request().headers().get("Content-Type").replaceFirst(".*boundary=", "");
			byte[] end = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
			assertThat(Arrays.copyOfRange(form, form.length - end.length, form.length)).isEqualTo(end);
			assertThat(Arrays.copyOfRange(form, form.length - end.length - file.length, form.length - end.length))
				.isEqualTo(file);
			client.assertUsable(nginx.url("/early"));
		}
	}

}
