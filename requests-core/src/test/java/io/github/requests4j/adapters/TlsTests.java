package io.github.requests4j.adapters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

import okhttp3.tls.HeldCertificate;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.ClientCert;
import io.github.requests4j.http.PreparedRequest;
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
 * Which certificates are trusted over TLS, and which are presented.
 */
class TlsTests {

	@TempDir
	static Path folder;

	@RegisterExtension
	static final TlsSetting setting = new TlsSetting();

	private final HttpAdapter adapter = setting.adapter();

	private static TestHttpServer server(String... names) throws IOException {
		return TestHttpServer.start(setting.certificates().serverContext(setting.certificates().issue(names)),
				(request) -> Reply.ok("secret " + request.bodyText()));
	}

	private SendOptions trusting() {
		return Calls.verify(Verify.authorities(setting.authority()));
	}

	@Test
	@DisplayName("188: a CA file is trusted, and connections are reused")
	void caFileIsTrusted() throws IOException {
		try (TestHttpServer server = server("localhost", "127.0.0.1")) {
			for (int i = 0; i < 3; i++) {
				assertThat(Calls.text(this.adapter, Calls.get(server.url("/")), trusting())).isEqualTo("secret ");
				assertThat(Calls.text(this.adapter, Calls.get(server.url("localhost", "/")), trusting()))
					.isEqualTo("secret ");
			}
			assertThat(server.connectionCount()).isEqualTo(2);
		}
	}

	@Test
	@DisplayName("188: a folder of CA files is trusted")
	void caFolderIsTrusted() throws IOException {
		Path authorities = Files.createDirectory(folder.resolve("authorities"));
		Files.writeString(authorities.resolve("other.pem"), new TestCertificates().authority().certificatePem());
		Files.copy(setting.authority(), authorities.resolve("0123abcd.0"));
		try (TestHttpServer server = server("127.0.0.1")) {
			assertThat(
					Calls.text(this.adapter, Calls.get(server.url("/")), Calls.verify(Verify.authorities(authorities))))
				.isEqualTo("secret ");
		}
	}

	@Test
	@DisplayName("188, 193: only the JVM's trust store is used by default")
	void unknownAuthorityIsNotTrusted() throws IOException {
		try (TestHttpServer server = server("127.0.0.1")) {
			assertThatExceptionOfType(SslException.class)
				.isThrownBy(() -> this.adapter.send(Calls.get(server.url("/")), SendOptions.DEFAULTS))
				.withMessage("GET " + server.url("/") + ": no trusted authority signed the certificate of the server ("
						+ server.authority()
						+ "). If you trust the server, set verify to the PEM file of its authority.")
				.satisfies((ex) -> assertThat(ex.request()).isNotNull());
			assertThat(server.requests()).isEmpty();
			assertThat(this.adapter.poolStatistics()).isEqualTo(new PoolStatistics(0, 0, 0, 10));
		}
	}

	@Test
	@DisplayName("188: without verification any certificate is accepted, whatever the name")
	void withoutVerificationAnyCertificateIsAccepted() throws IOException {
		try (TestHttpServer server = server("other.example")) {
			assertThat(Calls.text(this.adapter, Calls.post(server.url("/"), Body.of("body")),
					Calls.verify(Verify.disabled())))
				.isEqualTo("secret body");
		}
	}

	@ParameterizedTest
	@CsvSource({ "example.com, example.org", "example.com, www.example.com", "www.example.com, example.com",
			"*.example.com, a.b.example.com", "*.example.com, example.com", "127.0.0.2, 127.0.0.1",
			"localhost, 127.0.0.1", "127.0.0.1, localhost", "*.com, example.com", "w*.example.com.evil, w.example.com",
			"example.com.evil, example.com", "xn--fa-hia.de, fass.de" })
	@DisplayName("threat 13 (CVE-2021-0341): a certificate for another name is rejected and nothing is sent")
	void wrongNameIsRejected(String certified, String asked) throws IOException {
		try (TestHttpServer server = server(certified)) {
			assertThatExceptionOfType(SslException.class)
				.isThrownBy(() -> this.adapter.send(Calls.get(server.url(asked, "/")), trusting()));
			assertThat(server.requests()).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource({ "example.com, example.com", "example.com, EXAMPLE.com", "*.example.com, www.example.com",
			"xn--fa-hia.de, fa\u00df.de", "example.com, example.com.", "127.0.0.1, 127.0.0.1" })
	@DisplayName("threat 13: names match in any case, with wildcards, as IDN, with a root dot, and as addresses")
	void rightNameIsAccepted(String certified, String asked) throws IOException {
		try (TestHttpServer server = server(certified)) {
			assertThat(Calls.text(this.adapter, Calls.get(server.url(asked, "/")), trusting())).isEqualTo("secret ");
		}
	}

	@Test
	@DisplayName("195: a certificate with only a common name is rejected")
	void commonNameAloneIsRejected() throws IOException {
		HeldCertificate certificate = setting.certificates().issueCommonNameOnly("example.com");
		try (TestHttpServer server = TestHttpServer.start(setting.certificates().serverContext(certificate),
				(request) -> Reply.ok("secret"))) {
			assertThatExceptionOfType(SslException.class)
				.isThrownBy(() -> this.adapter.send(Calls.get(server.url("example.com", "/")), trusting()))
				.withMessageContaining("common name");
			assertThat(server.requests()).isEmpty();
		}
	}

	@Test
	@DisplayName("194, threat 9 (CVE-2024-35195): a connection made without verification never serves a verified call")
	void unverifiedConnectionNeverServesAVerifiedCall() throws IOException {
		try (TestHttpServer server = server("127.0.0.1")) {
			Calls.text(this.adapter, Calls.get(server.url("/")), Calls.verify(Verify.disabled()));
			assertThatExceptionOfType(SslException.class)
				.isThrownBy(() -> this.adapter.send(Calls.get(server.url("/")), SendOptions.DEFAULTS));
			assertThat(server.connectionCount()).isEqualTo(2);
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Test
	@DisplayName("191, 192: missing files are reported before connecting")
	void missingFilesAreReportedBeforeConnecting() throws IOException {
		Path missing = folder.resolve("missing.pem");
		String relative = ". A relative path is resolved against the working directory of the process.";
		assertThatExceptionOfType(SslException.class).isThrownBy(
				() -> this.adapter.send(Calls.get("https://127.0.0.1:1/"), Calls.verify(Verify.authorities(missing))))
			.withMessage("Could not find a suitable TLS CA certificate bundle, invalid path: " + missing + relative);
		assertThatExceptionOfType(SslException.class)
			.isThrownBy(() -> this.adapter.send(Calls.get("http://127.0.0.1:1/"), cert(ClientCert.of(missing))))
			.withMessage("Could not find the TLS certificate file, invalid path: " + missing + relative);
		assertThatExceptionOfType(SslException.class)
			.isThrownBy(() -> this.adapter.send(Calls.get("http://127.0.0.1:1/"),
					cert(ClientCert.of(setting.authority(), missing))))
			.withMessage("Could not find the TLS key file, invalid path: " + missing + relative);
	}

	@Test
	@DisplayName("193: invalid files are SslExceptions")
	void invalidFilesAreReported() throws IOException {
		Path text = Files.writeString(folder.resolve("text.pem"), "no certificate here");
		Path broken = Files.writeString(folder.resolve("broken.pem"),
				"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
		try (TestHttpServer server = server("127.0.0.1")) {
			for (Path file : List.of(text, broken)) {
				assertThatExceptionOfType(SslException.class)
					.isThrownBy(
							() -> this.adapter.send(Calls.get(server.url("/")), Calls.verify(Verify.authorities(file))))
					.withMessageContaining(file.toString());
				assertThatExceptionOfType(SslException.class)
					.isThrownBy(() -> this.adapter.send(Calls.get(server.url("/")), cert(ClientCert.of(file))))
					.withMessageContaining(file.toString());
			}
			HeldCertificate one = setting.certificates().issue("one");
			Path certificate = TestCertificates.writeCertificate(folder.resolve("one.pem"), one);
			Path key = TestCertificates.writeKey(folder.resolve("other.key"), setting.certificates().issue("other"));
			assertThatExceptionOfType(SslException.class)
				.isThrownBy(() -> this.adapter.send(Calls.get(server.url("/")), cert(ClientCert.of(certificate, key))))
				.withMessageContaining("does not match the certificate");
			assertThat(server.connectionCount()).isLessThan(6);
			assertThat(this.adapter.poolStatistics().leased()).isZero();
		}
	}

	private static HeldCertificate client(String name) {
		return new HeldCertificate.Builder().signedBy(setting.certificates().authority())
			.commonName(name)
			.duration(1, TimeUnit.DAYS)
			.build();
	}

	private static SendOptions cert(ClientCert cert) {
		return SendOptions.of((o) -> o.verify(Verify.authorities(setting.authority())).cert(cert));
	}

	@Test
	@DisplayName("192: a client certificate is presented, from one file or two")
	void clientCertificateIsPresented() throws IOException {
		HeldCertificate client = setting.certificates().issue("client");
		Path both = TestCertificates.writeBoth(folder.resolve("client-both.pem"), client);
		Path certificate = TestCertificates.writeCertificate(folder.resolve("client.pem"), client);
		Path key = TestCertificates.writeKey(folder.resolve("client.key"), client);
		try (TestHttpServer server = TestHttpServer
			.startWithClientCertificate(setting.certificates().localhostContext(), (request) -> Reply.ok("known"))) {
			assertThat(Calls.text(this.adapter, Calls.get(server.url("/")), cert(ClientCert.of(both))))
				.isEqualTo("known");
			assertThat(Calls.text(this.adapter, Calls.get(server.url("/")), cert(ClientCert.of(certificate, key))))
				.isEqualTo("known");
			assertThat(server.connectionCount()).isEqualTo(2);
		}
	}

	@Test
	@DisplayName("threat 10 (CVE-2016-5419): another client certificate uses another handshake and another session")
	void clientCertificatesDoNotShareConnections() throws IOException {
		Path one = TestCertificates.writeBoth(folder.resolve("session-one.pem"), client("client one"));
		Path two = TestCertificates.writeBoth(folder.resolve("session-two.pem"), client("client two"));
		List<String> seen = new CopyOnWriteArrayList<>();
		try (RawServer server = RawServer.start(setting.certificates().localhostContext(), true, (conversation) -> {
			SSLSession session = ((SSLSocket) conversation.socket()).getSession();
			seen.add(session.getPeerPrincipal() + " " + HexFormat.of().formatHex(session.getId()));
			while (conversation.readRequest() != null) {
				conversation.respond(200, "x");
			}
		})) {
			Calls.text(this.adapter, Calls.get(server.url("/")), cert(ClientCert.of(one)));
			Calls.text(this.adapter, Calls.get(server.url("/")), cert(ClientCert.of(two)));
			assertThat(seen).hasSize(2).doesNotHaveDuplicates();
			assertThat(seen.get(0)).contains("client one");
			assertThat(seen.get(1)).contains("client two");
			assertThat(this.adapter.poolStatisticsByKey()).hasSize(2);
		}
	}

	@Test
	@DisplayName("192: custom TLS material is used, and a new identity opens new connections")
	void customTlsMaterialIsUsed() throws IOException {
		AtomicReference<TlsMaterial> material = new AtomicReference<>(
				TlsMaterial.of(setting.certificates().clientContext()));
		try (TestHttpServer server = server("127.0.0.1");
				HttpAdapter own = HttpAdapter.builder().tlsMaterial(material::get).build()) {
			Calls.text(own, server.url("/"));
			Calls.text(own, server.url("/"));
			assertThat(server.connectionCount()).isEqualTo(1);
			material.set(TlsMaterial.of(setting.certificates().clientContext()));
			Calls.text(own, server.url("/"));
			assertThat(server.connectionCount()).isEqualTo(2);
			material.set(TlsMaterial.of(new TestCertificates().clientContext()));
			assertThatExceptionOfType(SslException.class).isThrownBy(() -> Calls.text(own, server.url("/")));
		}
	}

	@Test
	@DisplayName("192: custom TLS material limits protocols and ciphers")
	void customTlsMaterialLimitsProtocolsAndCiphers() throws IOException {
		TlsMaterial old = new TlsMaterial("old", setting.certificates().clientContext(), List.of("TLSv1.2"),
				List.of("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"));
		AtomicReference<String> protocol = new AtomicReference<>();
		try (TestHttpServer server = server("127.0.0.1");
				HttpAdapter own = new HttpAdapter(HttpAdapter.builder().tlsMaterial(() -> old)) {
					@Override
					protected ConnectionHandle getConnectionWithTlsContext(PreparedRequest request, PoolKey key,
							Supplier<ConnectionHandle> pool) {
						ConnectionHandle handle = super.getConnectionWithTlsContext(request, key, pool);
						if (handle.tlsSession() != null) {
							protocol
								.set(handle.tlsSession().getProtocol() + " " + handle.tlsSession().getCipherSuite());
						}
						return handle;
					}
				}) {
			Calls.text(own, server.url("/"));
			Calls.text(own, server.url("/"));
			assertThat(protocol.get()).isEqualTo("TLSv1.2 TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
		}
	}

	@Test
	@DisplayName("188: a server that rejects a name with an underscore is called without it, now and later")
	void rejectedNameIsOmittedOnTheNextAttempt() throws IOException {
		List<Integer> names = new CopyOnWriteArrayList<>();
		HeldCertificate certificate = setting.certificates()
			.issueRaw(new GeneralName(GeneralName.dNSName, "my_service"));
		try (RawServer server = RawServer.start(setting.certificates().serverContext(certificate), (conversation) -> {
			conversation.readRequest();
			SSLSession session = ((SSLSocket) conversation.socket()).getSession();
			names.add(((ExtendedSSLSession) session).getRequestedServerNames().size());
			conversation.respond(200, "welcome", "Connection: close");
		})) {
			String url = server.url("my_service", "/");
			assertThat(Calls.text(this.adapter, Calls.get(url), trusting())).isEqualTo("welcome");
			assertThat(server.connectionCount()).isEqualTo(2);
			assertThat(Calls.text(this.adapter, Calls.get(url), trusting())).isEqualTo("welcome");
			assertThat(server.connectionCount()).isEqualTo(3);
			assertThat(names).containsExactly(0, 0);
			assertThat(this.adapter.poolStatistics().leased()).isZero();
		}
	}

}
