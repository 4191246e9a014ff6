package io.github.requests4j.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
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

import io.github.requests4j.auth.HttpBasicAuth;
import io.github.requests4j.auth.HttpDigestAuth;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.Response;
import io.github.requests4j.testserver.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Sessions against Apache httpd.
 */
@Tag("once")
class ApacheTests {

	private static final TestCertificates CERTIFICATES = new TestCertificates();

	@TempDir
	static Path folder;

	private static ApacheServer apache;

	private static Path authority;

	private static Path clientPem;

	private static Path upload;

	@BeforeAll
	static void start() throws IOException {
		apache = ApacheServer.start(folder, CERTIFICATES);
		authority = CERTIFICATES.writeAuthority(folder);
		clientPem = TestCertificates.writeBoth(folder.resolve("client.pem"), CERTIFICATES.issue("client.example"));
		upload = Upload.write(apache.www("files").resolve("upload.bin"), Upload.LARGE);
		String text = "A line of text.\n".repeat(50_000);
		Files.writeString(apache.www("deflate").resolve("text.txt"), text);
		Files.writeString(apache.www("chunked").resolve("text.txt"), text);
	}

	@AfterAll
	static void stop() {
		if (apache != null) {
			apache.close();
		}
	}

	@Test
	void fileIsReadOverOneConnection() throws IOException {
		byte[] expected = Files.readAllBytes(upload);
		try (Client client = Client.create()) {
			Set<String> connections = new HashSet<>();
			for (int i = 0; i < 3; i++) {
				Response response = client.session().get(apache.url("/files/upload.bin"));
				Client.assertResponse(response, 200, expected);
				connections.add(response.headers().get("X-Connection"));
			}
			assertThat(connections).hasSize(1);
			client.assertUsable(apache.url("/files/"));
		}
	}

	@Test
	void digestAuthenticates() throws IOException {
		digestAuthenticates("ann", "pass:word");
	}

	@DeepTest
	@ParameterizedTest
	@CsvSource({ "ann, pass:word", "Ann Lee, secret", "J\u00f6rg, gr\u00fc\u00df dich", "\u0141ukasz \u674e, \u5bc6",
			"DOMAIN\\ann, secret", "say \"hi\", \"quoted\"" })
	void digestAuthenticates(String name, String password) throws IOException {
		apache.user(name, password);
		try (Client client = Client.create((session) -> session.auth(new HttpDigestAuth(name, password)))) {
			Response first = client.session().get(apache.url("/digest/"));
			Client.assertResponse(first, 200, "digest");
			assertThat(first.history()).extracting(Response::statusCode).containsExactly(401);
			Client.assertResponse(client.session().post(apache.url("/digest/"), (it) -> it.data("body")), 200,
					"digest");
			client.assertUsable(apache.url("/digest/index.txt?a=b%20c"));
		}
	}

	// Apache cannot judge quotes: it compares its escaped realm with the unescaped one.
	@DeepTest
	@Test
	void digestAuthenticatesInRealmBeyondAscii() throws IOException {
		apache.user("ann", "secret");
		try (Client client = Client.create((session) -> session.auth(new HttpDigestAuth("ann", "secret")))) {
			Client.assertResponse(client.session().get(apache.url("/accented/")), 200, "accented");
			client.assertUsable(apache.url("/accented/index.txt"));
		}
	}

	@DeepTest
	@Test
	void digestWithWrongPasswordReturns401() throws IOException {
		apache.user("ann", "secret");
		try (Client client = Client.create()) {
			Response response = client.session()
				.get(apache.url("/digest/"), (it) -> it.auth(new HttpDigestAuth("ann", "wrong")));
			assertThat(response.statusCode()).isEqualTo(401);
			assertThat(response.headers().get("WWW-Authenticate")).startsWith("Digest realm=\"private files\"");
			client.assertUsable(apache.url("/files/"));
		}
	}

	// The nonce is valid for a second, and the connection is closed after that.
	@DeepTest
	@Test
	void digestAnswersStaleNonce() throws IOException {
		apache.user("ann", "secret");
		try (Client client = Client.create((session) -> session.auth(new HttpDigestAuth("ann", "secret")))) {
			for (int i = 0; i < 3; i++) {
				Response response = client.session().post(apache.briefUrl("/digest/"), (it) -> it.data("body"));
				Client.assertResponse(response, 200, "digest");
				client.assertNothingLeased();
				ServerProcess.awaitConnectionsClosed(apache.briefPort());
			}
		}
	}

	@DeepTest
	@ParameterizedTest
	@EnumSource(names = { "FILE", "BYTES", "MULTIPART" })
	void digestRepeatsTheUpload(Upload kind) throws IOException {
		apache.user("ann", "secret");
		try (Client client = Client.create((session) -> session.auth(new HttpDigestAuth("ann", "secret")))) {
			for (int i = 0; i < 2; i++) {
				Client.assertResponse(client.session().post(apache.url("/digest/"), kind.of(upload)), 200, "digest");
				client.assertUsable(apache.url("/digest/"));
			}
		}
	}

	@DeepTest
	@ParameterizedTest
	@CsvSource({ "ann, pass:word", "Ann Lee, secret", "J\u00f6rg, gr\u00fc\u00df dich" })
	void basicAuthenticates(String name, String password) throws IOException {
		apache.user(name, password);
		HttpBasicAuth auth = new HttpBasicAuth(name.getBytes(StandardCharsets.UTF_8),
				password.getBytes(StandardCharsets.UTF_8));
		try (Client client = Client.create()) {
			Client.assertResponse(client.session().get(apache.url("/basic/"), (it) -> it.auth(auth)), 200, "basic");
			Response anonymous = client.session().get(apache.url("/basic/"));
			assertThat(anonymous.statusCode()).isEqualTo(401);
			assertThat(anonymous.headers()).containsEntry("WWW-Authenticate", "Basic realm=\"private files\"");
			client.assertUsable(apache.url("/files/"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@EnumSource
	void rejectedUploadReturns413(Upload kind) {
		try (Client client = Client.create()) {
			for (int i = 0; i < 3; i++) {
				Response response = client.session().post(apache.url("/limited/"), kind.of(upload));
				assertThat(response.statusCode()).isEqualTo(413);
				assertThat(response.text()).contains("Request Entity Too Large");
				client.assertUsable(apache.url("/limited/"));
			}
		}
	}

	@DeepTest
	@ParameterizedTest
	@EnumSource
	void uploadWithinTheLimitIsAccepted(Upload kind) {
		try (Client client = Client.create()) {
			Client.assertResponse(client.session().post(apache.url("/files/"), kind.of(upload)), 200, "files");
			client.assertUsable(apache.url("/files/"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@EnumSource
	void expectContinueReturns413WithoutTheBody(Upload kind) {
		try (Client client = Client.create()) {
			Response response = client.session()
				.post(apache.url("/limited/"), kind.of(upload).andThen((it) -> it.header("Expect", "100-continue")));
			assertThat(response.statusCode()).isEqualTo(413);
			client.assertUsable(apache.url("/limited/"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST" })
	void callAfterKeepAliveExpiryUsesNewConnection(String method) {
		try (Client client = Client.create()) {
			Set<String> connections = new HashSet<>();
			for (int i = 0; i < 3; i++) {
				Response response = client.session()
					.request(method, apache.briefUrl("/files/"),
							(request) -> request.data(method.equals("GET") ? "" : "body"));
				Client.assertResponse(response, 200, "files");
				assertThat(response.headers().get("Keep-Alive")).startsWith("timeout=1, max=");
				assertThat(connections.add(response.headers().get("X-Connection"))).as("a new connection").isTrue();
				client.assertNothingLeased();
				ServerProcess.awaitConnectionsClosed(apache.briefPort());
			}
			client.assertUsable(apache.briefUrl("/files/"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST" })
	void connectionIsReplacedAfterItsLastRequest(String method) {
		try (Client client = Client.create()) {
			Set<String> connections = new HashSet<>();
			for (int i = 0; i < 6; i++) {
				Response response = client.session().request(method, apache.countedUrl("/files/"));
				Client.assertResponse(response, 200, "files");
				connections.add(response.headers().get("X-Connection"));
			}
			// Apache counts the requests after the first.
			assertThat(connections).hasSize(2);
			client.assertUsable(apache.countedUrl("/files/"));
		}
	}

	@DeepTest
	@Test
	void deflatedResponseIsDecoded() throws IOException {
		try (Client client = Client.create()) {
			Response response = client.session().get(apache.url("/deflate/text.txt"));
			Client.assertResponse(response, 200, Files.readAllBytes(apache.www("deflate").resolve("text.txt")));
			assertThat(response.headers()).containsEntry("Content-Encoding", "gzip");
			assertThat(client.idleConnections()).isEqualTo(1);
			client.assertUsable(apache.url("/deflate/"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void chunksAreJoined(boolean stream) throws IOException {
		try (Client client = Client.create()) {
			Response response = client.session()
				.get(apache.url("/chunked/text.txt"),
						(request) -> request.stream(stream).header("Accept-Encoding", "identity"));
			assertThat(response.headers()).containsEntry("Transfer-Encoding", "chunked")
				.doesNotContainKey("Content-Length");
			Client.assertResponse(response, 200, Files.readAllBytes(apache.www("chunked").resolve("text.txt")));
			assertThat(client.idleConnections()).isEqualTo(1);
			client.assertUsable(apache.url("/files/"));
		}
	}

	@DeepTest
	@Test
	void redirectAddsTheTrailingSlash() {
		try (Client client = Client.create()) {
			Response response = client.session().get(apache.url("/files?a=b"));
			Client.assertResponse(response, 200, "files");
			assertThat(response.url()).isEqualTo(apache.url("/files/?a=b"));
			assertThat(response.history()).extracting(Response::statusCode).containsExactly(301);
			assertThat(client.idleConnections()).isEqualTo(1);
			client.assertUsable(apache.url("/files/"));
		}
	}

	@DeepTest
	@Test
	void clientCertificateIsPresented() {
		try (Client client = Client.create((session) -> session.verify(authority).cert(clientPem))) {
			for (int i = 0; i < 3; i++) {
				Response response = client.session().get(apache.mutualTlsUrl("/files/"));
				Client.assertResponse(response, 200, "files");
				assertThat(response.headers()).containsEntry("X-Client", "CN=Test server");
			}
			assertThat(client.idleConnections()).isEqualTo(1);
			client.assertUsable(apache.mutualTlsUrl("/files/"));
		}
	}

	// In TLS 1.3 the server's alert comes after the handshake. Where the connection is
	// gone
	// before the request is written, the failure is that of the write, not an
	// SslException.
	@DeepTest
	@Test
	void missingClientCertificateIsReported() {
		try (Client client = Client.create((session) -> session.verify(authority))) {
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> client.session().get(apache.mutualTlsUrl("/files/")));
			client.assertUsable(apache.tlsUrl("/files/"));
		}
	}

	// TLS 1.2 asks for the certificate by a second handshake once the path is known.
	@DeepTest
	@Test
	void clientCertificateIsPresentedInSecondHandshake() {
		try (Client client = Client.create((session) -> session.verify(authority).cert(clientPem))) {
			Client.assertResponse(client.session().get(apache.tlsUrl("/files/")), 200, "files");
			Response response = client.session().get(apache.tlsUrl("/certified/"));
			Client.assertResponse(response, 200, "certified");
			assertThat(response.headers()).containsEntry("X-Client", "CN=Test server");
			client.assertUsable(apache.tlsUrl("/files/"));
		}
	}

}
