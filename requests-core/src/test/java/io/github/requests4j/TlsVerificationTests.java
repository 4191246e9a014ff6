package io.github.requests4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.SslException;
import io.github.requests4j.http.TlsMaterial;
import io.github.requests4j.http.Verify;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestCertificates;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@code verify} in a call, a session and the environment.
 */
@Timeout(120)
class TlsVerificationTests {

	private static final TestCertificates CERTIFICATES = new TestCertificates();

	@TempDir
	Path folder;

	private Path authority = Path.of("");

	@BeforeEach
	void writeAuthority() throws IOException {
		this.authority = CERTIFICATES.writeAuthority(this.folder);
	}

	private static TestHttpServer server() throws IOException {
		return TestHttpServer.start(CERTIFICATES.localhostContext(), (request) -> Reply.ok("secret"));
	}

	private static void assertRefused(Session session, String url) {
		assertThatExceptionOfType(SslException.class).isThrownBy(() -> session.get(url))
			.withMessageContaining("no trusted authority signed the certificate")
			.satisfies((ex) -> assertThat(ex.request()).isNotNull());
	}

	@Test
	@DisplayName("188, 190: verify may be true, false or a CA file, for a session or a call")
	void verifyMayBeTrueFalseOrAFile() throws IOException {
		try (TestHttpServer server = server();
				Session session = Loopback.session().build();
				Session careless = Loopback.session().verify(false).build();
				Session trusting = Loopback.session().verify(this.authority).build()) {
			String url = server.url("/");
			assertRefused(session, url);
			assertThat(session.get(url, (options) -> options.verify(false)).text()).isEqualTo("secret");
			assertThat(session.get(url, (options) -> options.verify(this.authority)).text()).isEqualTo("secret");
			assertThat(careless.get(url).text()).isEqualTo("secret");
			assertThatExceptionOfType(SslException.class)
				.isThrownBy(() -> careless.get(url, (options) -> options.verify(true)));
			assertThat(trusting.get(url).text()).isEqualTo("secret");
			assertThatExceptionOfType(SslException.class)
				.isThrownBy(() -> trusting.get(url, (options) -> options.verify(true)));
			trusting.update((b) -> b.verify(Verify.enabled()));
			assertRefused(trusting, url);
			assertThat(server.requests()).hasSize(4);
		}
	}

	@Test
	@DisplayName("193: a redirect to a server that is not trusted fails")
	void redirectToAnUntrustedServerFails() throws IOException {
		try (TestHttpServer secure = server();
				TestHttpServer plain = TestHttpServer.start((request) -> Reply.redirect(302, secure.url("/")));
				Session session = Loopback.session().build()) {
			assertRefused(session, plain.url("/"));
			assertThat(secure.requests()).isEmpty();
		}
	}

	@Test
	@DisplayName("188: a folder may contain PEM files under any name, also hashes; other files are ignored")
	void folderOfAuthoritiesIsTrusted() throws IOException {
		Path plain = Files.createDirectory(this.folder.resolve("plain"));
		Files.writeString(plain.resolve("README"), "These are authorities.\n");
		Files.createDirectory(plain.resolve("empty"));
		Files.writeString(plain.resolve("other.pem"), new TestCertificates().authority().certificatePem());
		Files.writeString(plain.resolve("ours.crt"), "# comment\n" + CERTIFICATES.authority().certificatePem());
		Path hashed = Files.createDirectory(this.folder.resolve("hashed"));
		Files.writeString(hashed.resolve("4a6481c9.0"), CERTIFICATES.authority().certificatePem());
		Files.createSymbolicLink(hashed.resolve("link.pem"), Path.of("4a6481c9.0"));
		try (TestHttpServer server = server(); Session session = Loopback.session().build()) {
			for (Path authorities : List.of(plain, hashed)) {
				assertThat(session.get(server.url("/"), (options) -> options.verify(authorities)).text())
					.isEqualTo("secret");
			}
			Files.delete(plain.resolve("ours.crt"));
			server.closeConnections();
			assertThatExceptionOfType(SslException.class)
				.isThrownBy(() -> session.get(server.url("/"), (options) -> options.verify(plain)));
			Path none = this.folder.resolve("plain/empty");
			assertThatExceptionOfType(SslException.class)
				.isThrownBy(() -> session.get(server.url("/"), (options) -> options.verify(none)))
				.withMessageContaining(none + " contains no certificate.");
		}
	}

	@Test
	@DisplayName("188: a CA file may contain other text and OpenSSL's trusted certificates")
	void otherContentOfACaFileIsIgnored() throws IOException {
		String pem = CERTIFICATES.authority().certificatePem();
		Path mixed = Files.writeString(this.folder.resolve("mixed.pem"),
				"-----BEGIN DH PARAMETERS-----\nMAYCAQcCAQI=\n-----END DH PARAMETERS-----\n"
						+ pem.replace("CERTIFICATE", "TRUSTED CERTIFICATE"));
		try (TestHttpServer server = server(); Session session = Loopback.session().verify(mixed).build()) {
			assertThat(session.get(server.url("/")).text()).isEqualTo("secret");
		}
	}

	@Test
	@DisplayName("191: a missing bundle is reported before connecting, only for https; an empty value is the default")
	void missingBundleIsReported() throws IOException {
		Path missing = this.folder.resolve("missing.pem");
		try (TestHttpServer server = server();
				TestHttpServer plain = TestHttpServer.echo();
				Session session = Loopback.session().verify(missing).build()) {
			assertThatExceptionOfType(SslException.class).isThrownBy(() -> session.get(server.url("/")))
				.withMessage("Could not find a suitable TLS CA certificate bundle, invalid path: " + missing
						+ ". A relative path is resolved against the working directory of the process.")
				.satisfies((ex) -> assertThat(ex.request()).isNotNull());
			assertThat(server.connectionCount()).isZero();
			assertThat(session.get(plain.url("/")).statusCode()).isEqualTo(200);
			session.update((b) -> b.verify(Verify.authorities(Path.of(""))));
			assertRefused(session, server.url("/"));
		}
	}

	@Test
	@DisplayName("193: bundles that are not PEM or contain no certificate are reported")
	void unusableBundlesAreReported() throws IOException {
		Map<String, String> bad = Map.of("text.pem", "no certificate here", "empty.pem", "", "garbage.pem",
				"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "base64.pem",
				"-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n", "cut.pem",
				CERTIFICATES.authority().certificatePem().substring(0, 200), "key.pem",
				CERTIFICATES.authority().privateKeyPkcs8Pem());
		try (TestHttpServer server = server(); Session session = Loopback.session().build()) {
			for (Map.Entry<String, String> entry : bad.entrySet()) {
				Path file = Files.writeString(this.folder.resolve(entry.getKey()), entry.getValue());
				assertThatExceptionOfType(SslException.class).as(entry.getKey())
					.isThrownBy(() -> session.get(server.url("/"), (options) -> options.verify(file)))
					.withMessageContaining(file.toString())
					.satisfies((ex) -> assertThat(ex.request()).isNotNull());
			}
			assertThat(server.requests()).isEmpty();
		}
	}

	@Test
	@DisplayName("193: a failed handshake is an SslException that explains the fix")
	void handshakeErrorsExplainTheFix() throws IOException {
		try (TestHttpServer expired = TestHttpServer
			.start(CERTIFICATES.serverContext(CERTIFICATES.issueExpired("localhost")), (request) -> Reply.ok("x"));
				TestHttpServer named = TestHttpServer
					.start(CERTIFICATES.serverContext(CERTIFICATES.issue("example.com")), (request) -> Reply.ok("x"));
				RawServer plain = RawServer.start((conversation) -> {
					conversation.in().read();
					conversation.respond(400, "this is http");
				});
				RawServer closing = RawServer.start((conversation) -> conversation.in().read());
				Session session = Loopback.session().verify(this.authority).build()) {
			assertSays(session, expired.url("localhost", "/"), "the certificate of the server has expired");
			assertSays(session, named.url("example.org", "/"), "example\\.org");
			assertSays(session, plain.url("/").replace("http:", "https:"), "does not use TLS on this port");
			assertSays(session, closing.url("/").replace("http:", "https:"), "terminated the handshake");
			assertThat(expired.requests()).isEmpty();
		}
	}

	private static void assertSays(Session session, String url, String pattern) {
		assertThatExceptionOfType(SslException.class).isThrownBy(() -> session.get(url))
			.satisfies((ex) -> assertThat(ex.getMessage()).startsWith("GET " + url + ": ").containsPattern(pattern));
	}

	@Test
	@DisplayName("193: unknown protocols and ciphers are an SslException")
	void unknownProtocolsAreTlsErrors() throws IOException {
		TlsMaterial material = new TlsMaterial("odd", CERTIFICATES.clientContext(), List.of("TLSv9"), List.of());
		try (TestHttpServer server = server();
				Session session = Loopback.session(Loopback.adapter().tlsMaterial(() -> material).build()).build()) {
			assertThatExceptionOfType(SslException.class).isThrownBy(() -> session.get(server.url("/")))
				.withMessageContaining("TLSv9");
		}
	}

	@Test
	@DisplayName("188: a renewed CA file is used for the next connection")
	void renewedCaFileIsUsed() throws IOException {
		Path file = Files.writeString(this.folder.resolve("renewed.pem"),
				new TestCertificates().authority().certificatePem());
		try (TestHttpServer server = server(); Session session = Loopback.session().verify(file).build()) {
			assertRefused(session, server.url("/"));
			Files.delete(file);
			Files.writeString(file, "# renewed\n" + CERTIFICATES.authority().certificatePem());
			assertThat(session.get(server.url("/")).text()).isEqualTo("secret");
		}
	}

	private Session session(Map<String, String> variables) {
		return Loopback.session().environment(new MapEnvironment(variables)).build();
	}

	@Test
	@DisplayName("189: REQUESTS_CA_BUNDLE, or else CURL_CA_BUNDLE, replaces the default authorities")
	void bundleOfTheEnvironmentReplacesTheDefault() throws IOException {
		String path = this.authority.toString();
		Path other = Files.writeString(this.folder.resolve("other.pem"),
				new TestCertificates().authority().certificatePem());
		try (TestHttpServer server = server()) {
			for (Map<String, String> variables : List.of(Map.of("REQUESTS_CA_BUNDLE", path),
					Map.of("CURL_CA_BUNDLE", path), Map.of("REQUESTS_CA_BUNDLE", "", "CURL_CA_BUNDLE", path),
					Map.of("REQUESTS_CA_BUNDLE", path, "CURL_CA_BUNDLE", other.toString()),
					Map.of("REQUESTS_CA_BUNDLE", this.folder.toString()))) {
				try (Session session = session(variables)) {
					assertThat(session.get(server.url("/")).text()).as("%s", variables).isEqualTo("secret");
					assertThat(session.get(server.url("/"), (options) -> options.verify(true)).text())
						.isEqualTo("secret");
					assertThatExceptionOfType(SslException.class)
						.isThrownBy(() -> session.get(server.url("/"), (options) -> options.verify(other)));
				}
			}
			try (Session session = session(Map.of("SSL_CERT_FILE", path, "REQUESTS_CA_BUNDLE", ""))) {
				assertRefused(session, server.url("/"));
			}
		}
	}

	@Test
	@DisplayName("189, 190: an explicit verify takes precedence over the environment's bundle, and trustEnv disables it")
	void explicitVerifyTakesPrecedenceOverTheEnvironment() throws IOException {
		Path other = Files.writeString(this.folder.resolve("other.pem"),
				new TestCertificates().authority().certificatePem());
		try (TestHttpServer server = server();
				Session session = session(Map.of("REQUESTS_CA_BUNDLE", other.toString()))) {
			assertRefused(session, server.url("/"));
			assertThat(session.get(server.url("/"), (options) -> options.verify(false)).text()).isEqualTo("secret");
			session.update((b) -> b.verify(Verify.disabled()));
			assertThat(session.get(server.url("/")).text()).isEqualTo("secret");
			assertThatExceptionOfType(SslException.class)
				.isThrownBy(() -> session.get(server.url("/"), (options) -> options.verify(true)));
			session.update((b) -> b.verify(Verify.authorities(this.authority)));
			assertThat(session.get(server.url("/")).text()).isEqualTo("secret");
			try (Session unaware = session.derive((builder) -> builder.trustEnv(false))) {
				assertThat(unaware.get(server.url("/")).text()).isEqualTo("secret");
			}
		}
	}

	@Test
	@DisplayName("189: a missing bundle of the environment is reported; 12: send ignores it")
	void missingBundleOfTheEnvironmentIsReported() throws IOException {
		String missing = this.folder.resolve("missing.pem").toString();
		try (TestHttpServer server = server(); Session session = session(Map.of("REQUESTS_CA_BUNDLE", missing))) {
			assertThatExceptionOfType(SslException.class).isThrownBy(() -> session.get(server.url("/")))
				.withMessageContaining(missing);
			SendOptions none = SendOptions.DEFAULTS;
			assertThatExceptionOfType(RequestException.class)
				.isThrownBy(() -> session.send(session.prepare("GET", server.url("/"), (options) -> {
				}), none))
				.withMessageNotContaining(missing)
				.withMessageContaining("no trusted authority");
		}
	}

}
