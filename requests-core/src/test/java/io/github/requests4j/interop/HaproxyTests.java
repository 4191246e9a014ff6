package io.github.requests4j.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.Retry;
import io.github.requests4j.http.Response;
import io.github.requests4j.testserver.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions against HAProxy before nginx.
 */
@Tag("once")
class HaproxyTests {

	private static final TestCertificates CERTIFICATES = new TestCertificates();

	@TempDir
	static Path folder;

	private static NginxServer nginx;

	private static HaproxyServer haproxy;

	private static Path authority;

	private static Path upload;

	@BeforeAll
	static void start() throws IOException {
		nginx = NginxServer.start(folder, CERTIFICATES);
		haproxy = HaproxyServer.start(folder, CERTIFICATES, nginx.port());
		authority = CERTIFICATES.writeAuthority(folder);
		upload = Upload.write(nginx.files().resolve("upload.bin"), Upload.LARGE);
		Files.writeString(nginx.files().resolve("text.txt"), "text");
	}

	@AfterAll
	static void stop() {
		if (haproxy != null) {
			haproxy.close();
		}
		if (nginx != null) {
			nginx.close();
		}
	}

	@Test
	void keepAliveReusesTheConnection() throws IOException {
		try (Client client = Client.create()) {
			byte[] expected = Files.readAllBytes(upload);
			for (int i = 0; i < 3; i++) {
				Client.assertResponse(client.session().get(haproxy.url("/files/upload.bin")), 200, expected);
			}
			assertThat(client.idleConnections()).isEqualTo(1);
			client.assertUsable(haproxy.url("/early"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST" })
	void closeModeUsesOneConnectionForEachCall(String method) {
		try (Client client = Client.create()) {
			for (int i = 0; i < 5; i++) {
				Response response = client.session().request(method, haproxy.closingUrl("/early"));
				Client.assertResponse(response, 200, "early");
				assertThat(response.headers().get("Connection")).isEqualToIgnoringCase("close");
				assertThat(client.idleConnections()).isZero();
			}
			client.assertUsable(haproxy.closingUrl("/early"));
		}
	}

	@Test
	void missingBackendReturns503() {
		try (Client client = Client.create()) {
			Response response = client.session().get(haproxy.deadUrl());
			assertThat(response.statusCode()).isEqualTo(503);
			assertThat(response.text()).contains("No server is available to handle this request");
			client.assertUsable(haproxy.url("/early"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@EnumSource
	void missingBackendReturns503DuringUpload(Upload kind) {
		try (Client client = Client.create()) {
			for (int i = 0; i < 3; i++) {
				Response response = client.session().post(haproxy.deadUrl(), kind.of(upload));
				assertThat(response.statusCode()).isEqualTo(503);
				client.assertUsable(haproxy.url("/early"));
			}
		}
	}

	@DeepTest
	@Test
	void missingBackendIsRetried() {
		Retry retry = Retry.builder().total(2).statusForcelist(503).raiseOnStatus(false).build();
		try (Client client = Client.create(HttpAdapter.builder().maxRetries(retry).build(), (session) -> {
		})) {
			Response response = client.session().get(haproxy.deadUrl());
			assertThat(response.statusCode()).isEqualTo(503);
			assertThat(response.attempts()).as("earlier attempts").hasSize(2);
			client.assertUsable(haproxy.url("/early"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST" })
	void callAfterIdleTimeoutUsesNewConnection(String method) {
		try (Client client = Client.create()) {
			for (int i = 0; i < 3; i++) {
				Client.assertResponse(client.session().request(method, haproxy.idleUrl("/early")), 200, "early");
				client.assertNothingLeased();
				ServerProcess.awaitConnectionsClosed(haproxy.idlePort());
			}
			client.assertUsable(haproxy.idleUrl("/early"));
		}
	}

	@DeepTest
	@Test
	void lateBodyReturns408() {
		try (Client client = Client.create()) {
			Response response = client.session()
				.post(haproxy.hurriedUrl("/stored"), (request) -> request.data(lateBody()));
			assertThat(response.statusCode()).isEqualTo(408);
			assertThat(response.text()).contains("didn't send a complete request in time");
			client.assertUsable(haproxy.url("/early"));
		}
	}

	/** Returns a body whose second half comes when HAProxy has given up. */
	private static Iterator<byte[]> lateBody() {
		return Stream.of(1, 2).map((part) -> {
			if (part == 2) {
				ServerProcess.awaitConnectionsClosed(haproxy.hurriedPort());
			}
			return new byte[1000];
		}).iterator();
	}

	@DeepTest
	@Test
	void deadServerIsHiddenByTheProxy() {
		try (Client client = Client.create()) {
			for (int i = 0; i < 6; i++) {
				Response response = client.session().get(haproxy.halfDeadUrl());
				assertThat(response.statusCode()).isEqualTo(200);
				assertThat(response.text()).endsWith("GET");
			}
			assertThat(client.idleConnections()).isEqualTo(1);
			client.assertUsable(haproxy.url("/early"));
		}
	}

	@DeepTest
	@Test
	void terminatedTlsWorks() throws IOException {
		try (Client client = Client.create((session) -> session.verify(authority))) {
			Client.assertResponse(client.session().get(haproxy.secureUrl("/files/upload.bin")), 200,
					Files.readAllBytes(upload));
			assertThat(client.idleConnections()).isEqualTo(1);
			client.assertUsable(haproxy.secureUrl("/early"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@EnumSource
	void rejectedUploadReturns413(Upload kind) {
		try (Client client = Client.create((session) -> session.verify(authority))) {
			for (String url : List.of(haproxy.url("/limited"), haproxy.secureUrl("/limited"))) {
				Response response = client.session().post(url, kind.of(upload));
				assertThat(response.statusCode()).as(url).isEqualTo(413);
				assertThat(response.text()).contains("413 Request Entity Too Large");
				client.assertUsable(haproxy.url("/early"));
			}
		}
	}

	@DeepTest
	@ParameterizedTest
	@EnumSource
	void uploadIsStored(Upload kind) {
		try (Client client = Client.create((session) -> session.verify(authority))) {
			for (String url : List.of(haproxy.url("/stored"), haproxy.closingUrl("/stored"),
					haproxy.secureUrl("/stored"))) {
				Client.assertResponse(client.session().post(url, kind.of(upload)), 200, "stored");
				client.assertUsable(haproxy.url("/early"));
			}
		}
	}

}
