package io.github.requests4j.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.testserver.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Sessions behind Dante's SOCKS server.
 */
@Tag("once")
class DanteTests {

	private static final TestCertificates CERTIFICATES = new TestCertificates();

	private static final String RIGHT = DanteServer.USER + ":" + DanteServer.PASSWORD.replace(":", "%3A") + "@";

	@TempDir
	static Path folder;

	private static NginxServer nginx;

	private static DanteServer open;

	private static DanteServer guarded;

	private static Path authority;

	private static Path upload;

	@BeforeAll
	static void start() throws IOException {
		nginx = NginxServer.start(folder, CERTIFICATES);
		open = DanteServer.start(folder);
		guarded = DanteServer.startWithPassword(folder);
		authority = CERTIFICATES.writeAuthority(folder);
		upload = Upload.write(nginx.files().resolve("upload.bin"), Upload.LARGE);
	}

	@AfterAll
	static void stop() {
		if (guarded != null) {
			guarded.close();
		}
		if (open != null) {
			open.close();
		}
		if (nginx != null) {
			nginx.close();
		}
	}

	private static Client client(String proxy) {
		return Client.create((session) -> session.verify(authority).proxy("http", proxy).proxy("https", proxy));
	}

	private static String onLocalhost(String url) {
		return url.replace("127.0.0.1", "localhost");
	}

	@Test
	void passwordIsAccepted() throws IOException {
		passwordIsAccepted("socks5", "http");
	}

	@DeepTest
	@ParameterizedTest
	@CsvSource({ "socks5, http", "socks5, https", "socks5h, http", "socks5h, https" })
	void passwordIsAccepted(String kind, String scheme) throws IOException {
		fileIsRead(guarded.url(kind, RIGHT), scheme);
	}

	@DeepTest
	@ParameterizedTest
	@CsvSource({ "socks5, http", "socks5, https", "socks5h, http", "socks5h, https" })
	void openServerNeedsNoPassword(String kind, String scheme) throws IOException {
		fileIsRead(open.url(kind, ""), scheme);
		fileIsRead(open.url(kind, "ignored:ignored@"), scheme);
	}

	private void fileIsRead(String proxy, String scheme) throws IOException {
		String url = onLocalhost(
				scheme.equals("https") ? nginx.tls13Url("/files/upload.bin") : nginx.url("/files/upload.bin"));
		byte[] expected = Files.readAllBytes(upload);
		try (Client client = client(proxy)) {
			for (int i = 0; i < 2; i++) {
				Client.assertResponse(client.session().get(url), 200, expected);
			}
			assertThat(client.idleConnections()).isEqualTo(1);
			client.assertUsable(url);
		}
	}

	@DeepTest
	@ParameterizedTest
	@CsvSource({ "socks5, interop:wrong@", "socks5h, interop:wrong@", "socks5, nobody-here:x@", "socks5, ''",
			"socks5h, ''" })
	void wrongPasswordIsReported(String kind, String userInfo) {
		try (Client client = client(guarded.url(kind, userInfo))) {
			for (int i = 0; i < 2; i++) {
				assertThatExceptionOfType(ConnectionException.class)
					.isThrownBy(() -> client.session().get(nginx.url("/early")))
					.withMessageContaining("SOCKS");
				client.assertNothingLeased();
			}
		}
	}

	@DeepTest
	@ParameterizedTest
	@ValueSource(strings = { "socks5", "socks5h" })
	void deniedAddressIsReported(String kind) {
		try (Client client = client(open.url(kind, ""))) {
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> client.session().get("http://localhost:" + DanteServer.DENIED_PORT + "/"))
				.withMessageContaining("SOCKS")
				.withMessageContaining("not allowed");
			client.assertUsable(nginx.url("/early"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@ValueSource(strings = { "socks5", "socks5h" })
	void unreachableServerIsReported(String kind) throws IOException {
		String url = "http://localhost:" + ServerProcess.freePort() + "/";
		try (Client client = client(open.url(kind, ""))) {
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> client.session().get(url))
				.withMessageContaining("SOCKS")
				.withMessageContaining("refused");
			client.assertUsable(nginx.url("/early"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@EnumSource
	void uploadPassesTheServer(Upload kind) {
		try (Client client = client(guarded.url("socks5h", RIGHT))) {
			Client.assertResponse(client.session().post(nginx.url("/stored"), kind.of(upload)), 200, "stored");
			Client.assertResponse(client.session().post(nginx.tls13Url("/"), kind.of(upload)), 200, "TLSv1.3");
			client.assertUsable(nginx.url("/early"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@EnumSource
	void rejectedUploadReturns413(Upload kind) {
		try (Client client = client(open.url("socks5", ""))) {
			assertThat(client.session().post(nginx.url("/limited"), kind.of(upload)).statusCode()).isEqualTo(413);
			client.assertUsable(nginx.url("/early"));
		}
	}

}
