package io.github.requests4j.guide;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.http.RequestsEnvironment;
import io.github.requests4j.http.Response;
import io.github.requests4j.testserver.HttpbinServer;
import io.github.requests4j.testserver.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages that the troubleshooting page describes without quoting them, because their
 * words depend on the JVM or the time. They also contain the place, the reason and the
 * fix.
 */
class MessageTests extends GuideSupport {

	private static final TestCertificates CERTIFICATES = new TestCertificates();

	@TempDir
	Path folder;

	@Test
	void expiredCertificate() throws IOException {
		assertThat(tls(CERTIFICATES.issueExpired("localhost"))).matches(
				"SslException: GET https://localhost:\\d+/get: the certificate of the server has expired \\(NotAfter: .*;"
						+ " localhost/.*:\\d+\\)\\. Renew the certificate, or correct the clock of this machine\\.");
	}

	@Test
	void certificateOfAnotherHost() throws IOException {
		assertThat(tls(CERTIFICATES.issue("other.example"))).matches(
				"SslException: GET https://localhost:\\d+/get: the TLS handshake with the server failed: .*localhost.*"
						+ "Check the host in the URL; the certificate must name it\\.");
	}

	@Test
	void exhaustedPool() {
		HttpAdapter one = HttpAdapter.builder()
			.poolMaxsize(1)
			.poolBlock(true)
			.poolTimeout(Duration.ofMillis(50))
			.build();
		try (Session session = Session.builder().environment(RequestsEnvironment.EMPTY).mount("http://", one).build();
				Response open = session.get(site() + "/stream/3", (request) -> request.stream(true))) {
			assertThat(open.statusCode()).isEqualTo(200);
			assertThat(TroubleshootingTests.failing(() -> session.get(site() + "/get")))
				.isEqualTo("ConnectTimeoutException: GET " + site()
						+ "/get: the only connection of the pool is in use and"
						+ " none became free within 50ms. Close streamed responses, or raise poolMaxsize or poolTimeout.");
		}
	}

	@Test
	void closedSession() {
		Session session = Session.builder().name("orders").build();
		session.close();
		assertThat(TroubleshootingTests.failing(() -> session.get(site() + "/get")))
			.startsWith("IllegalStateException: The session ")
			.contains("orders", "is closed", "Create a new session, or close this one later");
	}

	@Test
	void sharedSession() {
		try (Session session = Session.builder().name("orders").frozen(true).build()) {
			assertThat(TroubleshootingTests.failing(() -> session.update((b) -> b.maxRedirects(1)))).contains("orders",
					"is shared", "Use session.derive(...)");
		}
	}

	@Test
	void variableWithoutValue() {
		assertThat(TroubleshootingTests.failing(site() + "/items/{id}",
				(request) -> request.uriVariables(Map.of("other", 1))))
			.startsWith("IllegalArgumentException: ")
			.contains("'id'", "/items/{id}", "has no value", "Add it to the URI variables");
	}

	@Test
	void timeoutOfZero() {
		assertThat(TroubleshootingTests.failing(site() + "/get", (request) -> request.timeout(Duration.ZERO)))
			.startsWith("IllegalArgumentException: ")
			.contains("timeout");
	}

	private String tls(HeldCertificate certificate) throws IOException {
		Path authority = CERTIFICATES.writeAuthority(this.folder);
		try (HttpbinServer server = HttpbinServer.start(CERTIFICATES.serverContext(certificate))) {
			return TroubleshootingTests.failing(server.url("localhost", "/get"),
					(request) -> request.verify(authority));
		}
	}

}
