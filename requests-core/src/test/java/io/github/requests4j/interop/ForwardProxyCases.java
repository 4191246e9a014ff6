package io.github.requests4j.interop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.ProxyException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.testserver.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The cases that every forward proxy in front of nginx must pass.
 */
abstract class ForwardProxyCases {

	private static final TestCertificates CERTIFICATES = new TestCertificates();

	@TempDir
	static Path folder;

	static NginxServer nginx;

	static Path upload;

	private static Path authority;

	@BeforeAll
	static void startOrigin() throws IOException {
		nginx = NginxServer.start(folder, CERTIFICATES);
		authority = CERTIFICATES.writeAuthority(folder);
		upload = Upload.write(nginx.files().resolve("upload.bin"), Upload.LARGE);
	}

	@AfterAll
	static void stopOrigin() {
		if (nginx != null) {
			nginx.close();
		}
	}

	/** Returns the URL of a proxy that requires no credentials. */
	abstract String openUrl();

	/**
	 * Returns the URL of a proxy that requires credentials, with this user information.
	 */
	abstract String guardedUrl(String userInfo);

	/** Returns the right user information. */
	abstract String userInfo();

	/** Returns the status of the response to wrong credentials. */
	abstract int wrongCredentialsStatus();

	abstract void stopOpenProxy();

	abstract void restartOpenProxy() throws IOException;

	static Client client(String proxy) {
		return Client.create((session) -> session.verify(authority).proxy("http", proxy).proxy("https", proxy));
	}

	private static String url(String scheme, String path) {
		return scheme.equals("https") ? nginx.tls13Url(path) : nginx.url(path);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http", "https" })
	void fileIsReadThroughTheProxy(String scheme) throws IOException {
		try (Client client = client(openUrl())) {
			byte[] expected = Files.readAllBytes(upload);
			for (int i = 0; i < 2; i++) {
				Client.assertResponse(client.session().get(url(scheme, "/files/upload.bin")), 200, expected);
			}
			client.assertUsable(url(scheme, "/files/upload.bin"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@ValueSource(strings = { "http", "https" })
	void rightCredentialsAreAccepted(String scheme) throws IOException {
		try (Client client = client(guardedUrl(userInfo() + "@"))) {
			Client.assertResponse(client.session().get(url(scheme, "/files/upload.bin")), 200,
					Files.readAllBytes(upload));
			client.assertUsable(url(scheme, "/files/upload.bin"));
		}
	}

	@DeepTest
	@Test
	void missingCredentialsReturn407() {
		try (Client client = client(guardedUrl(""))) {
			Response response = client.session().get(nginx.url("/early"));
			assertThat(response.statusCode()).isEqualTo(407);
			assertThat(response.headers().get("Proxy-Authenticate")).startsWith("Basic realm=");
			client.assertNothingLeased();
		}
	}

	@DeepTest
	@Test
	void wrongCredentialsAreRejected() {
		try (Client client = client(guardedUrl("ann:wrong@"))) {
			Response response = client.session().get(nginx.url("/early"));
			assertThat(response.statusCode()).isEqualTo(wrongCredentialsStatus());
			client.assertNothingLeased();
		}
	}

	@DeepTest
	@Test
	void missingCredentialsOfTunnelAreReported() {
		rejectedTunnelIsReported("", 407);
	}

	@DeepTest
	@Test
	void wrongCredentialsOfTunnelAreReported() {
		rejectedTunnelIsReported("ann:wrong@", wrongCredentialsStatus());
	}

	private void rejectedTunnelIsReported(String userInfo, int status) {
		try (Client client = client(guardedUrl(userInfo))) {
			for (int i = 0; i < 2; i++) {
				assertThatExceptionOfType(ProxyException.class)
					.isThrownBy(() -> client.session().get(nginx.tls13Url("/")))
					.withMessageContaining(String.valueOf(status))
					.satisfies((ex) -> assertThat(ex.response().statusCode()).isEqualTo(status));
				client.assertNothingLeased();
			}
		}
	}

	@DeepTest
	@Test
	void unreachableServerReturnsErrorOfTheProxy() throws IOException {
		try (Client client = client(openUrl())) {
			Response response = client.session().get("http://127.0.0.1:" + ServerProcess.freePort() + "/");
			assertThat(response.statusCode()).isBetween(500, 504);
			client.assertUsable(nginx.url("/early"));
		}
	}

	@DeepTest
	@Test
	void unreachableServerOfTunnelIsReported() throws IOException {
		String url = "https://127.0.0.1:" + ServerProcess.freePort() + "/";
		try (Client client = client(openUrl())) {
			assertThatExceptionOfType(ProxyException.class).isThrownBy(() -> client.session().get(url))
				.satisfies((ex) -> assertThat(ex.response().statusCode()).isBetween(500, 504));
			client.assertUsable(nginx.tls13Url("/"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@EnumSource
	void uploadPassesTheProxy(Upload kind) {
		try (Client client = client(openUrl())) {
			Client.assertResponse(client.session().post(nginx.url("/stored"), kind.of(upload)), 200, "stored");
			client.assertUsable(nginx.url("/early"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@EnumSource
	void uploadPassesTheTunnel(Upload kind) {
		try (Client client = client(openUrl())) {
			Client.assertResponse(client.session().post(nginx.tls13Url("/"), kind.of(upload)), 200, "TLSv1.3");
			client.assertUsable(nginx.tls13Url("/"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@ValueSource(strings = { "http", "https" })
	void deadProxyIsReportedUntilItIsBack(String scheme) throws IOException {
		try (Client client = client(openUrl())) {
			client.assertUsable(url(scheme, "/files/upload.bin"));
			stopOpenProxy();
			try {
				for (int i = 0; i < 2; i++) {
					assertThatExceptionOfType(ProxyException.class)
						.isThrownBy(() -> client.session().get(url(scheme, "/files/upload.bin")));
					client.assertNothingLeased();
				}
			}
			finally {
				restartOpenProxy();
			}
			client.assertUsable(url(scheme, "/files/upload.bin"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@ValueSource(strings = { "http", "https" })
	void proxyThatDiesDuringTheResponseIsReported(String scheme) throws IOException {
		try (Client client = client(openUrl())) {
			Response response = client.session()
				.get(url(scheme, "/files/upload.bin"), (request) -> request.stream(true));
			assertThat(response.statusCode()).isEqualTo(200);
			try (InputStream body = response.bodyStream()) {
				assertThat(body.readNBytes(1000)).hasSize(1000);
				stopOpenProxy();
				assertThatExceptionOfType(RequestException.class).isThrownBy(body::readAllBytes);
			}
			finally {
				restartOpenProxy();
			}
			client.assertUsable(url(scheme, "/files/upload.bin"));
		}
	}

}
