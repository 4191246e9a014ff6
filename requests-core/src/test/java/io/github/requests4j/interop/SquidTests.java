package io.github.requests4j.interop;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.requests4j.http.ProxyException;
import io.github.requests4j.http.Response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Sessions behind Squid.
 */
@Tag("once")
class SquidTests extends ForwardProxyCases {

	@TempDir
	static Path squidFolder;

	private static SquidServer squid;

	@BeforeAll
	static void start() throws IOException {
		squid = SquidServer.start(squidFolder);
	}

	@AfterAll
	static void stop() {
		if (squid != null) {
			squid.close();
		}
	}

	@Override
	String openUrl() {
		return squid.openUrl();
	}

	@Override
	String guardedUrl(String userInfo) {
		return squid.guardedUrl(userInfo);
	}

	@Override
	String userInfo() {
		return SquidServer.USER_INFO;
	}

	@Override
	int wrongCredentialsStatus() {
		return 407;
	}

	@Override
	void stopOpenProxy() {
		squid.close();
	}

	@Override
	void restartOpenProxy() throws IOException {
		squid = squid.restart();
	}

	@DeepTest
	@Test
	void connectionToTheProxyIsReused() {
		try (Client client = client(openUrl())) {
			for (int i = 0; i < 5; i++) {
				Client.assertResponse(client.session().get(nginx.url("/early")), 200, "early");
				Client.assertResponse(client.session().post(nginx.url("/early"), (it) -> it.data("body")), 200,
						"early");
			}
			assertThat(client.idleConnections()).isEqualTo(1);
			client.assertUsable(nginx.url("/early"));
		}
	}

	@DeepTest
	@Test
	void tunnelIsReused() {
		try (Client client = client(openUrl())) {
			for (int i = 0; i < 5; i++) {
				Client.assertResponse(client.session().get(nginx.tls13Url("/")), 200, "TLSv1.3");
			}
			assertThat(client.idleConnections()).isEqualTo(1);
			client.assertUsable(nginx.tls13Url("/"));
		}
	}

	@DeepTest
	@Test
	void deniedRequestReturns403() {
		try (Client client = client(openUrl())) {
			Response response = client.session().get("http://127.0.0.1:9/");
			assertThat(response.statusCode()).isEqualTo(403);
			assertThat(response.headers().get("X-Squid-Error")).startsWith("ERR_ACCESS_DENIED");
			client.assertUsable(nginx.url("/early"));
		}
	}

	@DeepTest
	@Test
	void deniedTunnelIsReported() {
		try (Client client = client(openUrl())) {
			assertThatExceptionOfType(ProxyException.class)
				.isThrownBy(() -> client.session().get("https://127.0.0.1:9/"))
				.withMessageContaining("403")
				.satisfies((ex) -> assertThat(ex.response().statusCode()).isEqualTo(403));
			client.assertUsable(nginx.tls13Url("/"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@EnumSource
	void rejectedUploadReturns413(Upload kind) {
		try (Client client = client(openUrl())) {
			Response response = client.session().post(nginx.url("/limited"), kind.of(upload));
			assertThat(response.statusCode()).isEqualTo(413);
			client.assertUsable(nginx.url("/early"));
		}
	}

	// Squid keeps the connection open, but reads no more than the first megabytes.
	@DeepTest
	@ParameterizedTest
	@EnumSource
	void uploadWithWrongCredentialsReturns407(Upload kind) {
		try (Client client = client(guardedUrl("ann:wrong@"))) {
			for (int i = 0; i < 2; i++) {
				Response response = client.session().post(nginx.url("/stored"), kind.of(upload));
				assertThat(response.statusCode()).isEqualTo(407);
				client.assertNothingLeased();
			}
		}
	}

}
