package io.github.requests4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.ClientCert;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.SslException;
import io.github.requests4j.testserver.KeyForm;
import io.github.requests4j.testserver.RawConversation;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.TestCertificates;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@code cert}: the certificate is presented to servers that request it, in
 * every format that OpenSSL writes.
 */
class ClientCertificateTests {

	private static final String PASSWORD = "open-sesame";

	private static final TestCertificates CERTIFICATES = new TestCertificates();

	@TempDir
	Path folder;

	private Path authority = Path.of("");

	@BeforeEach
	void writeAuthority() throws IOException {
		this.authority = CERTIFICATES.writeAuthority(this.folder);
	}

	/** Answers with the name in the certificate of the client. */
	private static RawServer server(boolean required) throws IOException {
		return RawServer.start(CERTIFICATES.localhostContext(), required, (conversation) -> {
			while (conversation.readRequest() != null) {
				conversation.respond(200, clientName(conversation));
			}
		});
	}

	private static String clientName(RawConversation conversation) {
		try {
			return ((SSLSocket) conversation.socket()).getSession().getPeerPrincipal().getName();
		}
		catch (SSLPeerUnverifiedException ex) {
			return "nobody";
		}
	}

	private static HeldCertificate issue(String algorithm, String name) throws GeneralSecurityException {
		KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
		generator.initialize(algorithm.equals("EC") ? 256 : 2048);
		KeyPair pair = generator.generateKeyPair();
		return new HeldCertificate.Builder().keyPair(pair)
			.signedBy(CERTIFICATES.authority())
			.commonName(name)
			.duration(1, TimeUnit.DAYS)
			.build();
	}

	@ParameterizedTest
	@ValueSource(strings = { "RSA", "EC" })
	@DisplayName("192: PKCS#1, SEC1 and PKCS#8 keys work, also encrypted, in one file with the certificate or two")
	void everyKindOfKeyIsPresented(String algorithm) throws IOException, GeneralSecurityException {
		HeldCertificate client = issue(algorithm, algorithm + " client");
		Path certificate = TestCertificates.writeCertificate(this.folder.resolve("client.pem"), client);
		try (RawServer server = server(true); Session session = Loopback.session().verify(this.authority).build()) {
			for (KeyForm form : KeyForm.values()) {
				String key = form.write(client, PASSWORD);
				String name = form.name().toLowerCase(Locale.ROOT);
				Path alone = Files.writeString(this.folder.resolve(name + ".key"), key);
				Path both = Files.writeString(this.folder.resolve(name + ".pem"), key + client.certificatePem());
				for (ClientCert cert : List.of(ClientCert.of(certificate, alone), ClientCert.of(both))) {
					ClientCert opened = form.isEncrypted() ? cert.withPassword(PASSWORD) : cert;
					assertThat(session.get(server.url("/"), (options) -> options.cert(opened)).text()).as(name)
						.isEqualTo("CN=" + algorithm + " client");
				}
			}
			assertThat(server.connectionCount()).isEqualTo(8);
		}
	}

	@Test
	@DisplayName("192: the session's certificate is presented unless the call has its own; chains are complete")
	void certificateOfTheCallReplacesThatOfTheSession() throws IOException {
		HeldCertificate between = new HeldCertificate.Builder().signedBy(CERTIFICATES.authority())
			.certificateAuthority(0)
			.commonName("between")
			.build();
		HeldCertificate leaf = new HeldCertificate.Builder().signedBy(between).commonName("leaf").build();
		Path chain = Files.writeString(this.folder.resolve("chain.pem"),
				leaf.certificatePem() + between.certificatePem() + leaf.privateKeyPkcs8Pem());
		Path own = TestCertificates.writeBoth(this.folder.resolve("own.pem"), CERTIFICATES.issue("x"));
		try (RawServer server = server(true);
				Session session = Loopback.session().verify(this.authority).cert(own).build()) {
			assertThat(session.get(server.url("/")).text()).isEqualTo("CN=Test server");
			assertThat(session.get(server.url("/"), (options) -> options.cert(chain)).text()).isEqualTo("CN=leaf");
			session.update((b) -> b.cert((ClientCert) null));
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> session.get(server.url("/")));
		}
	}

	@Test
	@DisplayName("192: no certificate is sent to a server that does not request one, or if there is none")
	void noCertificateIsSentUnlessTheServerRequestsOne() throws IOException {
		try (RawServer server = server(false); Session session = Loopback.session().verify(this.authority).build()) {
			assertThat(session.get(server.url("/")).text()).isEqualTo("nobody");
		}
	}

	@Test
	@DisplayName("193: a certificate that the server does not trust is a ConnectionException")
	void untrustedCertificateIsAConnectionError() throws IOException {
		Path stranger = TestCertificates.writeBoth(this.folder.resolve("stranger.pem"),
				new TestCertificates().issue("stranger"));
		try (RawServer server = server(true);
				Session session = Loopback.session().verify(this.authority).cert(stranger).build()) {
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> session.get(server.url("/")));
			assertThat(server.requests()).isEmpty();
		}
	}

	@Test
	@DisplayName("192: missing files are reported before connecting, also for http URLs")
	void missingFilesAreReported() throws IOException {
		Path missing = this.folder.resolve("missing.pem");
		Path there = TestCertificates.writeBoth(this.folder.resolve("there.pem"), CERTIFICATES.issue("x"));
		try (TestHttpServer plain = TestHttpServer.echo(); Session session = Loopback.session().build()) {
			for (String url : List.of(plain.url("/"), plain.url("/").replace("http:", "https:"))) {
				assertFails(session, url, (options) -> options.cert(missing),
						"Could not find the TLS certificate file, invalid path: " + missing);
				assertFails(session, url, (options) -> options.cert(there, missing),
						"Could not find the TLS key file, invalid path: " + missing);
			}
			assertThat(plain.connectionCount()).isZero();
		}
	}

	private static void assertFails(Session session, String url, Consumer<RequestOptions> options, String message) {
		assertThatExceptionOfType(SslException.class).isThrownBy(() -> session.get(url, options))
			.withMessageContaining(message)
			.satisfies((ex) -> assertThat(ex.request()).isNotNull());
	}

	@Test
	@DisplayName("193: unusable files are reported, and no message contains parts of a key or password")
	void unusableFilesAreReported() throws IOException {
		HeldCertificate client = CERTIFICATES.issue("client");
		String key = KeyForm.PKCS8.write(client, PASSWORD);
		String middle = key.substring(60, 100);
		Path certificate = TestCertificates.writeCertificate(this.folder.resolve("client.pem"), client);
		try (RawServer server = server(true); Session session = Loopback.session().verify(this.authority).build()) {
			BadKeys bad = new BadKeys(session, server.url("/"), certificate, middle);
			bad.check("swapped", key.replace("PRIVATE KEY", "CERTIFICATE"), "is not valid PEM|no private key");
			bad.check("cut", key.substring(0, 120), "is not valid PEM|cannot be read as PEM|no private key");
			bad.check("cut body", key.replace(middle, ""), "is not valid PEM|cannot be");
			bad.check("garbled", key.replace(middle, "*" + middle), "is not valid PEM|cannot be");
			bad.check("no key", client.certificatePem(), " contains no private key.");
			bad.check("text", "the key is " + middle, " contains no private key.");
			bad.check("another key", KeyForm.PKCS8.write(CERTIFICATES.issue("y"), PASSWORD),
					"does not match the certificate of CN=Test server");
			for (KeyForm form : List.of(KeyForm.PKCS8_ENCRYPTED, KeyForm.TRADITIONAL_ENCRYPTED)) {
				bad.check("no password", form.write(client, PASSWORD), "is encrypted. Set its password.");
				bad.with("not-" + PASSWORD)
					.check("wrong password", form.write(client, PASSWORD), "cannot be decrypted. Check its password.");
			}
			Path directory = Files.createDirectory(this.folder.resolve("directory"));
			assertFails(session, server.url("/"), (options) -> options.cert(directory), directory.toString());
			assertThat(server.requests()).isEmpty();
		}
	}

	private record BadKeys(Session session, String url, Path certificate, String secret, @Nullable String password) {

		BadKeys(Session session, String url, Path certificate, String secret) {
			this(session, url, certificate, secret, null);
		}

		BadKeys with(String wrong) {
			return new BadKeys(this.session, this.url, this.certificate, this.secret, wrong);
		}

		void check(String what, String content, String pattern) throws IOException {
			Path file = Files.writeString(this.certificate.resolveSibling(what + ".key"), content);
			ClientCert cert = ClientCert.of(this.certificate, file);
			ClientCert used = (this.password != null) ? cert.withPassword(this.password) : cert;
			assertThatExceptionOfType(SslException.class).as(what)
				.isThrownBy(() -> this.session.get(this.url, (options) -> options.cert(used)))
				.withMessageContaining(file.toString())
				.satisfies((ex) -> {
					assertThat(ex.getMessage()).containsPattern(pattern);
					assertThat(ex.request()).isNotNull();
					for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
						assertThat(String.valueOf(cause.getMessage())).doesNotContain(this.secret, PASSWORD,
								this.secret.substring(10, 22));
					}
				});
		}

	}

	@Test
	@DisplayName("192: a renewed certificate is presented on the next connection")
	void renewedCertificateIsUsed() throws IOException, GeneralSecurityException {
		Path file = this.folder.resolve("renewed.pem");
		TestCertificates.writeBoth(file, issue("EC", "old"));
		try (RawServer server = server(true);
				Session session = Loopback.session().verify(this.authority).cert(file).build()) {
			assertThat(session.get(server.url("/")).text()).isEqualTo("CN=old");
			Files.delete(file);
			TestCertificates.writeBoth(file, issue("EC", "renewed"));
			assertThat(session.get(server.url("/"), (options) -> options.header("Connection", "close")).text())
				.isEqualTo("CN=old");
			assertThat(session.get(server.url("/")).text()).isEqualTo("CN=renewed");
		}
	}

}
