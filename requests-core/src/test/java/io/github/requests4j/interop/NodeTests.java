package io.github.requests4j.interop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.Response;
import io.github.requests4j.testserver.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Sessions against Node. Its response begins before the request has ended, and it stops
 * reading the request while the response is not read.
 */
@Tag("once")
class NodeTests {

	private static final TestCertificates CERTIFICATES = new TestCertificates();

	@TempDir
	static Path folder;

	private static NodeServer node;

	private static Path authority;

	@BeforeAll
	static void start() throws IOException {
		node = NodeServer.start(folder, CERTIFICATES);
		authority = CERTIFICATES.writeAuthority(folder);
	}

	@AfterAll
	static void stop() {
		if (node != null) {
			node.close();
		}
	}

	private static Client client() {
		return Client.create((session) -> session.verify(authority));
	}

	@ParameterizedTest
	@CsvSource({ "http, /", "http, /sized", "https, /", "https, /sized" })
	void smallBodyIsReturned(String scheme, String path) {
		try (Client client = client()) {
			for (int i = 0; i < 3; i++) {
				String body = "body " + i;
				Response response = client.session().post(node.url(scheme, path), (request) -> request.data(body));
				Client.assertResponse(response, 200, body);
				assertThat(response.headers()).containsEntry("X-Method", "POST")
					.containsKey(path.equals("/") ? "Transfer-Encoding" : "Content-Length");
			}
			assertThat(client.idleConnections()).isEqualTo(1);
			client.assertUsable(node.url(scheme, "/"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@CsvSource({ "http, 1", "http, 20", "http, 100", "https, 1", "https, 20", "https, 100" })
	void fileIsReturnedWhileItIsSent(String scheme, int megabytes) throws IOException {
		Path file = Upload.write(folder.resolve("file"), megabytes << 20);
		try (Client client = client()) {
			Response response = client.session().post(node.url(scheme, "/"), (request) -> request.data(file));
			Client.assertResponse(response, 200, Files.readAllBytes(file));
			client.assertUsable(node.url(scheme, "/"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@CsvSource({ "http, 1", "http, 20", "http, 100", "https, 1", "https, 20", "https, 100" })
	void fileIsStreamedBackWhileItIsSent(String scheme, int megabytes) throws IOException {
		Path file = Upload.write(folder.resolve("file"), megabytes << 20);
		try (Client client = client()) {
			Response response = client.session()
				.post(node.url(scheme, "/"), (request) -> request.data(file).stream(true));
			assertThat(response.statusCode()).isEqualTo(200);
			try (InputStream actual = response.bodyStream(); InputStream expected = Files.newInputStream(file)) {
				byte[] piece = expected.readNBytes(1 << 16);
				while (piece.length > 0) {
					assertThat(Arrays.equals(actual.readNBytes(piece.length), piece)).as("the piece is correct")
						.isTrue();
					piece = expected.readNBytes(1 << 16);
				}
				assertThat(actual.read()).as("the end").isEqualTo(-1);
			}
			client.assertUsable(node.url(scheme, "/"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@EnumSource(names = "MULTIPART", mode = EnumSource.Mode.EXCLUDE)
	void bodyOfEachKindIsReturned(Upload kind) throws IOException {
		Path file = Upload.write(folder.resolve("file"), 5 << 20);
		try (Client client = client()) {
			Response response = client.session().put(node.url("http", "/"), kind.of(file));
			Client.assertResponse(response, 200, Files.readAllBytes(file));
			client.assertUsable(node.url("http", "/"));
		}
	}

	// Only an error that closes the connection ends an upload early (RFC 9112, section
	// 9.5).
	@DeepTest
	@ParameterizedTest
	@EnumSource
	void earlySuccessDoesNotCutTheUpload(Upload kind) throws IOException {
		Path file = Upload.write(folder.resolve("file"), Upload.LARGE);
		for (String scheme : List.of("http", "https")) {
			try (Client client = client()) {
				Client.assertResponse(client.session().post(node.url(scheme, "/early"), kind.of(file)), 200, "early");
				client.assertNothingLeased();
				await().atMost(Duration.ofSeconds(10))
					.untilAsserted(
							() -> assertThat(Long.parseLong(client.session().get(node.url(scheme, "/received")).text()))
								.as("bytes of the body received over " + scheme)
								.isGreaterThanOrEqualTo(Upload.LARGE));
				client.assertUsable(node.url(scheme, "/"));
			}
		}
	}

	@DeepTest
	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST" })
	void callAfterKeepAliveExpiryUsesNewConnection(String method) {
		try (Client client = client()) {
			Set<String> connections = new HashSet<>();
			for (int i = 0; i < 3; i++) {
				Response response = client.session().request(method, node.url("http", "/"));
				Client.assertResponse(response, 200, "");
				assertThat(response.headers()).containsEntry("Keep-Alive", "timeout=1")
					.containsEntry("X-Method", method);
				assertThat(connections.add(response.headers().get("X-Connection"))).as("a new connection").isTrue();
				client.assertNothingLeased();
				ServerProcess.awaitConnectionsClosed(node.port("http"));
			}
			client.assertUsable(node.url("http", "/"));
		}
	}

	@DeepTest
	@Test
	void headHasNoBody() {
		try (Client client = client()) {
			for (int i = 0; i < 3; i++) {
				Client.assertResponse(client.session().head(node.url("http", "/")), 200, "");
			}
			assertThat(client.idleConnections()).isEqualTo(1);
			client.assertUsable(node.url("http", "/"));
		}
	}

}
