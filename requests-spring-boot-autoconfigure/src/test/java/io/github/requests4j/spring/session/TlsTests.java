package io.github.requests4j.spring.session;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.PrivateKey;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import javax.net.ssl.SSLContext;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.awaitility.Awaitility;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import io.github.requests4j.Session;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SslException;
import io.github.requests4j.spring.internal.config.RequestsConfigurationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Certificates from files and bundles, against a real TLS server.
 */
@ExtendWith(OutputCaptureExtension.class)
class TlsTests {

	private final HeldCertificate authority = new HeldCertificate.Builder().certificateAuthority(0).build();

	private final HeldCertificate serverCertificate = new HeldCertificate.Builder().signedBy(this.authority)
		.addSubjectAlternativeName("localhost")
		.build();

	private final HeldCertificate clientCertificate = new HeldCertificate.Builder().signedBy(this.authority)
		.commonName("client")
		.build();

	private final MockWebServer server = new MockWebServer();

	@TempDir
	Path directory;

	@BeforeEach
	void start() throws Exception {
		Files.writeString(this.directory.resolve("ca.pem"), this.authority.certificatePem());
		Files.writeString(this.directory.resolve("client.pem"),
				this.clientCertificate.certificatePem() + this.clientCertificate.privateKeyPkcs8Pem());
		Files.writeString(this.directory.resolve("client.crt"), this.clientCertificate.certificatePem());
		Files.writeString(this.directory.resolve("client.key"), this.clientCertificate.privateKeyPkcs8Pem());
		Files.writeString(this.directory.resolve("other.pem"),
				new HeldCertificate.Builder().certificateAuthority(0).build().certificatePem());
		HandshakeCertificates certificates = new HandshakeCertificates.Builder().heldCertificate(this.serverCertificate)
			.addTrustedCertificate(this.authority.certificate())
			.build();
		SSLContext context = certificates.sslContext();
		this.server.useHttps(context.getSocketFactory());
		this.server.start();
		for (int i = 0; i < 20; i++) {
			this.server.enqueue(new MockResponse.Builder().body("ok").build());
		}
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void trustStoreOfTheJvmIsTheDefault() throws IOException {
		runner().run((context) -> assertThatExceptionOfType(SslException.class)
			.isThrownBy(() -> context.getBean(Session.class).get("/")));
	}

	@Test
	void verifyAcceptsAPathFileOrClasspathLocation() throws IOException {
		Path ca = this.directory.resolve("ca.pem");
		for (String location : new String[] { ca.toString(), ca.toUri().toString(), this.directory.toString() }) {
			runner("verify=" + location)
				.run((context) -> assertThat(context.getBean(Session.class).get("/").text()).isEqualTo("ok"));
		}
	}

	@Test
	void verifyAcceptsALocationInsideAJar() throws Exception {
		Path jar = this.directory.resolve("ca.jar");
		try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
			out.putNextEntry(new JarEntry("inside/ca.pem"));
			Files.copy(this.directory.resolve("ca.pem"), out);
		}
		try (URLClassLoader loader = new URLClassLoader(new URL[] { jar.toUri().toURL() },
				getClass().getClassLoader())) {
			runner("verify=classpath:inside/ca.pem").withClassLoader(loader)
				.run((context) -> assertThat(context.getBean(Session.class).get("/").text()).isEqualTo("ok"));
		}
		runner("verify=classpath:no-such.pem").run((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessageContaining("requests.sessions.s.verify")
			.hasMessageContaining("'classpath:no-such.pem'"));
	}

	@Test
	void verifyFalseDisablesVerificationAndWarns(CapturedOutput output) throws IOException {
		runner("verify=false").run((context) -> {
			assertThat(context.getBean(Session.class).get("/").text()).isEqualTo("ok");
			assertThat(output).contains("requests.sessions.s.verify").contains("are not verified");
		});
	}

	@Test
	void otherAuthorityIsNotTrusted() throws IOException {
		runner("verify=" + this.directory.resolve("other.pem"))
			.run((context) -> assertThatExceptionOfType(SslException.class)
				.isThrownBy(() -> context.getBean(Session.class).get("/")));
	}

	@Test
	void certMayBeOneFileOrTwo() throws IOException {
		this.server.requireClientAuth();
		String verify = "verify=" + this.directory.resolve("ca.pem");
		runner(verify, "cert=" + this.directory.resolve("client.pem"))
			.run((context) -> assertThat(context.getBean(Session.class).get("/").text()).isEqualTo("ok"));
		runner(verify, "cert.certificate=" + this.directory.resolve("client.crt"),
				"cert.private-key=" + this.directory.resolve("client.key"))
			.run((context) -> assertThat(context.getBean(Session.class).get("/").text()).isEqualTo("ok"));
		runner(verify).run((context) -> assertThatExceptionOfType(RequestException.class)
			.isThrownBy(() -> context.getBean(Session.class).get("/")));
	}

	@Test
	void missingFilesFailTheStartOfLazySessions() throws IOException {
		runner("cert=" + this.directory.resolve("gone.pem")).run((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessageContaining("requests.sessions.s.cert")
			.hasMessageContaining("does not exist"));
	}

	@Test
	void invalidPemFilesFailTheStart() throws IOException {
		Path garbage = Files.writeString(this.directory.resolve("garbage.pem"),
				"-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n");
		Path empty = Files.writeString(this.directory.resolve("empty.pem"), "nothing in here\n");
		for (Path file : new Path[] { garbage, empty }) {
			refused("requests.sessions.s.verify", "PEM file with CA certificates", "verify=" + file);
			refused("requests.sessions.s.cert", "Set PEM files", "cert=" + file);
		}
		refused("requests.sessions.s.cert.private-key", "Set PEM files",
				"cert.certificate=" + this.directory.resolve("client.crt"), "cert.private-key=" + empty);
	}

	@Test
	void keyOfAnotherCertificateFailsTheStart() throws IOException {
		Files.writeString(this.directory.resolve("other.key"), this.serverCertificate.privateKeyPkcs8Pem());
		refused("requests.sessions.s.cert.private-key", "does not match the certificate of",
				"cert.certificate=" + this.directory.resolve("client.crt"),
				"cert.private-key=" + this.directory.resolve("other.key"));
	}

	@Test
	void wrongPasswordFailsTheStartAndIsNotShown() throws Exception {
		String key = encrypted(this.clientCertificate.keyPair().getPrivate(), "right");
		Files.writeString(this.directory.resolve("secret.pem"), this.clientCertificate.certificatePem() + key);
		String cert = "cert.certificate=" + this.directory.resolve("secret.pem");
		refused("requests.sessions.s.cert.password", "cannot be decrypted. Check its password.", cert,
				"cert.password=canary");
		refused("requests.sessions.s.cert.password", "is encrypted. Set its password.", cert);
		this.server.requireClientAuth();
		runner(cert, "cert.password=right", "verify=" + this.directory.resolve("ca.pem"))
			.run((context) -> assertThat(context.getBean(Session.class).get("/").text()).isEqualTo("ok"));
	}

	private static String encrypted(PrivateKey key, String password) throws Exception {
		StringWriter text = new StringWriter();
		try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
			writer.writeObject(new JcaPKCS8Generator(key,
					new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
						.setProvider(new BouncyCastleProvider())
						.setPassword(password.toCharArray())
						.build()));
		}
		return text.toString();
	}

	private void refused(String property, String message, String... properties) throws IOException {
		runner(properties).run((context) -> {
			RequestsConfigurationException mistake = mistake(context.getStartupFailure());
			assertThat(mistake.property()).startsWith(property);
			assertThat(mistake.getMessage()).contains(message).doesNotContain("canary");
			assertThat(mistake.fix()).isNotEmpty();
		});
	}

	private static RequestsConfigurationException mistake(Throwable failure) {
		Throwable cause = failure;
		while (cause != null && !(cause instanceof RequestsConfigurationException)) {
			cause = cause.getCause();
		}
		assertThat(cause).as("the failure of the start: " + failure).isNotNull();
		return (RequestsConfigurationException) cause;
	}

	@Test
	@DisplayName("threat 14 (CVE-2026-40970): a server of another authority than the bundle's is rejected")
	void sslBundleRejectsOtherAuthorities() throws IOException {
		runner("ssl.bundle=b").withPropertyValues("spring.ssl.bundle.pem.b.truststore.certificate=" + file("ca.pem"))
			.run((context) -> assertThat(context.getBean(Session.class).get("/").text()).isEqualTo("ok"));
		runner("ssl.bundle=b").withPropertyValues("spring.ssl.bundle.pem.b.truststore.certificate=" + file("other.pem"))
			.run((context) -> assertThatExceptionOfType(SslException.class)
				.isThrownBy(() -> context.getBean(Session.class).get("/")));
	}

	@Test
	void optionsOfTheBundleApply() throws IOException {
		runner("ssl.bundle=b")
			.withPropertyValues("spring.ssl.bundle.pem.b.truststore.certificate=" + file("ca.pem"),
					"spring.ssl.bundle.pem.b.options.enabled-protocols=TLSv1.2")
			.run((context) -> {
				context.getBean(Session.class).get("/");
				assertThat(this.server.takeRequest().getHandshake().tlsVersion().javaName()).isEqualTo("TLSv1.2");
			});
	}

	@Test
	@DisplayName("threat 14: a bundle that does not exist fails the start")
	void missingBundleFailsTheStart() throws IOException {
		runner("ssl.bundle=nope").run((context) -> assertThat(context).getFailure()
			.cause()
			.hasMessageContaining("requests.sessions.s.ssl.bundle")
			.hasMessageContaining("no SSL bundle named 'nope'")
			.hasMessageContaining("spring.ssl.bundle.pem.nope"));
	}

	@Test
	void bundleAndFilesOfASessionContradict() throws IOException {
		String bundle = "spring.ssl.bundle.pem.b.truststore.certificate=" + file("ca.pem");
		runner("ssl.bundle=b", "verify=" + this.directory.resolve("ca.pem")).withPropertyValues(bundle)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("contradict"));
		runner("ssl.bundle=b", "cert=" + this.directory.resolve("client.pem")).withPropertyValues(bundle)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("contradict"));
	}

	@Test
	void updatedBundleIsUsedForNewConnections() throws IOException {
		Files.copy(this.directory.resolve("other.pem"), this.directory.resolve("trust.pem"));
		runner("ssl.bundle=b")
			.withPropertyValues("spring.ssl.bundle.pem.b.truststore.certificate=" + file("trust.pem"),
					"spring.ssl.bundle.pem.b.reload-on-update=true", "spring.ssl.bundle.watch.file.quiet-period=200ms")
			.run((context) -> {
				Session session = context.getBean(Session.class);
				assertThatExceptionOfType(SslException.class).isThrownBy(() -> session.get("/"));
				Files.copy(this.directory.resolve("ca.pem"), this.directory.resolve("trust.pem"),
						StandardCopyOption.REPLACE_EXISTING);
				Awaitility.await()
					.ignoreExceptions()
					.untilAsserted(() -> assertThat(session.get("/").text()).isEqualTo("ok"));
			});
	}

	@Test
	void renewedClientCertificateIsPresentedOnNewConnections() throws IOException {
		HeldCertificate renewed = new HeldCertificate.Builder().signedBy(this.authority).commonName("renewed").build();
		Path identity = Files.copy(this.directory.resolve("client.pem"), this.directory.resolve("identity.pem"));
		this.server.requireClientAuth();
		int size = 8 << 20;
		this.server.setDispatcher(new Dispatcher() {

			@Override
			public MockResponse dispatch(RecordedRequest request) {
				String client = String.valueOf(request.getHandshake().peerPrincipal());
				return new MockResponse.Builder()
					.body("/large".equals(request.getTarget()) ? client + " ".repeat(size) : client)
					.build();
			}

		});
		runner("ssl.bundle=b")
			.withPropertyValues("spring.ssl.bundle.pem.b.truststore.certificate=" + file("ca.pem"),
					"spring.ssl.bundle.pem.b.keystore.certificate=" + file("identity.pem"),
					"spring.ssl.bundle.pem.b.keystore.private-key=" + file("identity.pem"),
					"spring.ssl.bundle.pem.b.reload-on-update=true", "spring.ssl.bundle.watch.file.quiet-period=200ms")
			.run((context) -> {
				Session session = context.getBean(Session.class);
				assertThat(session.get("/").text()).isEqualTo("CN=client");
				try (Response inFlight = session.get("/large", (options) -> options.stream(true))) {
					Path next = Files.writeString(this.directory.resolve("next.pem"),
							renewed.certificatePem() + renewed.privateKeyPkcs8Pem());
					Files.move(next, identity, StandardCopyOption.REPLACE_EXISTING);
					Awaitility.await().untilAsserted(() -> assertThat(session.get("/").text()).isEqualTo("CN=renewed"));
					assertThat(inFlight.text()).startsWith("CN=client").hasSize("CN=client".length() + size);
				}
			});
	}

	@Test
	void updateDoesNotAffectCallsInFlight() throws IOException {
		int size = 8 << 20;
		this.server.setDispatcher(new Dispatcher() {

			@Override
			public MockResponse dispatch(RecordedRequest request) {
				String body = "/large".equals(request.getTarget()) ? "x".repeat(size) : "ok";
				return new MockResponse.Builder().body(body).build();
			}

		});
		Files.copy(this.directory.resolve("ca.pem"), this.directory.resolve("trust.pem"));
		runner("ssl.bundle=b")
			.withPropertyValues("spring.ssl.bundle.pem.b.truststore.certificate=" + file("trust.pem"),
					"spring.ssl.bundle.pem.b.reload-on-update=true", "spring.ssl.bundle.watch.file.quiet-period=200ms")
			.run((context) -> {
				Session session = context.getBean(Session.class);
				try (Response inFlight = session.get("/large", (options) -> options.stream(true))) {
					Files.copy(this.directory.resolve("other.pem"), this.directory.resolve("trust.pem"),
							StandardCopyOption.REPLACE_EXISTING);
					Awaitility.await().until(() -> catchThrowable(() -> session.get("/")) instanceof SslException);
					assertThat(inFlight.content()).hasSize(size);
				}
			});
	}

	private ApplicationContextRunner proxied(String... properties) throws IOException {
		return runner(properties)
			.withPropertyValues("requests.sessions.s.proxies.all=https://localhost:" + this.server.getPort());
	}

	private static String throughProxy(ApplicationContext context) {
		return context.getBean(Session.class).get("http://origin.example/").text();
	}

	@Test
	void proxyIsVerifiedRegardlessOfVerify(CapturedOutput output) throws IOException {
		proxied("verify=false")
			.run((context) -> assertThatExceptionOfType(SslException.class).isThrownBy(() -> throughProxy(context)));
		proxied("verify=" + this.directory.resolve("ca.pem"))
			.run((context) -> assertThat(throughProxy(context)).isEqualTo("ok"));
		proxied("verify=" + this.directory.resolve("other.pem"),
				"adapter.proxy-verify=" + this.directory.resolve("ca.pem"))
			.run((context) -> assertThat(throughProxy(context)).isEqualTo("ok"));
		assertThat(output).doesNotContain("adapter.proxy-verify");
		proxied("adapter.proxy-verify=false").run((context) -> assertThat(throughProxy(context)).isEqualTo("ok"));
		assertThat(output).contains("requests.sessions.s.adapter.proxy-verify").contains("are not verified");
	}

	@Test
	void unreadableAuthoritiesOfTheProxyFailTheStart() throws IOException {
		Path empty = Files.writeString(this.directory.resolve("empty.pem"), "nothing in here\n");
		refused("requests.sessions.s.adapter.proxy-verify", " contains no certificate.",
				"adapter.proxy-verify=" + empty);
	}

	@Test
	void proxyIsVerifiedByTheBundleButNotOfferedItsKey() throws IOException {
		this.server.requestClientAuth();
		proxied("ssl.bundle=b")
			.withPropertyValues("spring.ssl.bundle.pem.b.truststore.certificate=" + file("ca.pem"),
					"spring.ssl.bundle.pem.b.keystore.certificate=" + file("client.pem"),
					"spring.ssl.bundle.pem.b.keystore.private-key=" + file("client.pem"))
			.run((context) -> {
				assertThat(throughProxy(context)).isEqualTo("ok");
				assertThat(this.server.takeRequest().getHandshake().peerCertificates()).isEmpty();
			});
	}

	private String file(String name) {
		return "file:" + this.directory.resolve(name);
	}

	private ApplicationContextRunner runner(String... properties) throws IOException {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, RequestsAutoConfiguration.class))
			.withPropertyValues("requests.sessions.s.base-url=https://localhost:" + this.server.getPort());
		for (String property : properties) {
			runner = runner.withPropertyValues("requests.sessions.s." + property);
		}
		return runner;
	}

}
