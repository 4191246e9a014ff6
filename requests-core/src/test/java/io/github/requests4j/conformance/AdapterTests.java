package io.github.requests4j.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.PoolKey;
import io.github.requests4j.adapters.Retry;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.InvalidSchemaException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.ProxyUrl;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.RetryException;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.SslException;
import io.github.requests4j.http.Verify;
import io.github.requests4j.testserver.HttpProxyServer;
import io.github.requests4j.testserver.HttpbinServer;
import io.github.requests4j.testserver.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Adapters: how they are mounted and found, their pools, retries and TLS.
 */
class AdapterTests extends HttpbinSupport {

	@TempDir
	private Path folder;

	private TestCertificates certificates;

	@BeforeEach
	void makeCertificates() {
		this.certificates = new TestCertificates();
	}

	private Adapter mount(String prefix) {
		Adapter adapter = HttpAdapter.builder().build();
		this.session.mount(prefix, adapter);
		return adapter;
	}

	@Test
	@DisplayName("8, 196: the longest prefix first, of equal ones the older")
	void ordering() {
		assertThat(this.session.adapters().keySet()).containsExactly("https://", "http://");
		List.of("http://git", "http://github", "http://github.com", "http://github.com/about/").forEach(this::mount);
		assertThat(this.session.adapters().keySet()).containsExactly("http://github.com/about/", "http://github.com",
				"http://github", "http://git", "https://", "http://");
		List.of("http://gittip", "http://gittip.com", "http://gittip.com/about/").forEach(this::mount);
		assertThat(this.session.adapters().keySet()).containsExactly("http://github.com/about/",
				"http://gittip.com/about/", "http://github.com", "http://gittip.com", "http://github", "http://gittip",
				"http://git", "https://", "http://");
	}

	@Test
	@DisplayName("196: an adapter is found by prefix, in any case")
	void found() {
		Adapter general = mount("https://example.com");
		Adapter specific = mount("https://example.com/some/path");
		assertThat(this.session.getAdapter("https://example.com/another/path")).isSameAs(general);
		assertThat(this.session.getAdapter("https://example.com/some/path/longer/path")).isSameAs(specific);
		assertThat(this.session.getAdapter("https://another.example.com/")).isNotIn(general, specific);
		Adapter mixed = mount("hTtPs://eXamPle.CoM/MixEd_CAse_PREfix");
		assertThat(this.session.getAdapter("hTtPs://eXamPle.CoM/MixEd_CAse_PREfix/full_url")).isSameAs(mixed);
		assertThat(this.session.getAdapter("HtTpS://exaMPLe.cOm/MiXeD_caSE_preFIX/another_url")).isSameAs(mixed);
	}

	@Test
	@DisplayName("197: nothing is mounted for other schemes")
	void notFound() {
		assertThatExceptionOfType(InvalidSchemaException.class).isThrownBy(() -> this.session.getAdapter("ftp://x"))
			.withMessageStartingWith("No connection adapters were found for 'ftp://x'. ");
	}

	@Test
	@DisplayName("15: closing a session closes its adapters")
	void closed() {
		List<String> closed = new ArrayList<>();
		this.session.mount("mock://", new Adapter() {
			@Override
			public Response send(PreparedRequest request, SendOptions options) {
				return Response.builder(200).request(request).build();
			}

			@Override
			public void close() {
				closed.add("mock");
			}
		});
		assertThat(this.session.get("mock://x").ok()).isTrue();
		this.session.close();
		assertThat(closed).containsExactly("mock");
	}

	@Test
	@DisplayName("15, 183: closing a session closes its connections, those to proxies too")
	void closesProxyConnections() throws IOException {
		try (HttpProxyServer proxy = HttpProxyServer.start()) {
			HttpAdapter adapter = HttpAdapter.builder().build();
			this.session.mount("http://", adapter);
			this.session.get(url("/get"));
			this.session.get(url("/get"), (o) -> o.proxy("http", proxy.url()));
			assertThat(adapter.poolStatisticsByKey()).hasSize(2);
			this.session.close();
			assertThat(adapter.poolStatistics().available()).isZero();
			await().untilAsserted(() -> assertThat(this.httpbin.openConnections()).isZero());
		}
	}

	@Test
	@DisplayName("198, 200: a connection serves again, also for a redirect on the same host")
	void reused() {
		this.session.get(url("/redirect/3"));
		this.session.get(url("/get"));
		assertThat(this.httpbin.connectionCount()).isEqualTo(1);
	}

	@Test
	@DisplayName("242: pools of no size are refused when they are made")
	void poolsOfNoSize() {
		assertThatIllegalArgumentException().isThrownBy(() -> HttpAdapter.builder().poolConnections(0).build());
		assertThatIllegalArgumentException().isThrownBy(() -> HttpAdapter.builder().poolMaxsize(0).build());
	}

	@Test
	@DisplayName("203: a status that is to be retried and stays is a RetryException")
	void retries() {
		this.session.mount("http://",
				HttpAdapter.builder().maxRetries(Retry.builder().total(2).statusForcelist(500).build()).build());
		assertThatExceptionOfType(RetryException.class).isThrownBy(() -> this.session.get(url("/status/500")));
		assertThat(this.httpbin.requests()).hasSize(3);
		assertThat(this.session.get(url("/status/404")).statusCode()).isEqualTo(404);
	}

	@Test
	@DisplayName("206: an adapter of one's own changes requests, targets and responses")
	void overridden() {
		this.session.mount(url("/"), new OwnAdapter());
		Response response = this.session.get(url("/get"));
		assertThat(response.reason()).isEqualTo("Changed");
		assertThat(this.httpbin.lastRequest().requestLine()).isEqualTo("GET /anything?own=1 HTTP/1.1");
		assertThat(this.httpbin.lastRequest().header("X-Own")).isEqualTo("1");
	}

	@Test
	@DisplayName("194: a connection that was not verified never serves a call that verifies")
	void verifiedApart() throws IOException {
		HttpAdapter adapter = HttpAdapter.builder().build();
		this.session.mount("https://", adapter);
		try (HttpbinServer secure = HttpbinServer.start(this.certificates.localhostContext())) {
			String url = secure.url("/get");
			assertThat(this.session.get(url, (o) -> o.verify(false)).statusCode()).isEqualTo(200);
			assertThatExceptionOfType(SslException.class).isThrownBy(() -> this.session.get(url));
			Path authority = this.certificates.writeAuthority(this.folder);
			assertThat(this.session.get(url, (o) -> o.verify(authority)).statusCode()).isEqualTo(200);
			assertThat(adapter.poolStatisticsByKey().keySet()).extracting(PoolKey::verify)
				.contains(Verify.disabled(), Verify.authorities(authority));
		}
	}

	@Test
	@DisplayName("192, 194: a call without a client's certificate never uses the connection of one with it")
	void clientCertificateApart() throws IOException {
		Path authority = this.certificates.writeAuthority(this.folder);
		Path pem = TestCertificates.writeBoth(this.folder.resolve("client.pem"), this.certificates.issue("client"));
		try (HttpbinServer secure = HttpbinServer.startWithClientCertificate(this.certificates.localhostContext())) {
			String url = secure.url("/get");
			assertThat(this.session.get(url, (o) -> o.verify(authority).cert(pem)).statusCode()).isEqualTo(200);
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> this.session.get(url, (o) -> o.verify(authority)));
		}
	}

	@Test
	@DisplayName("193: a server that nobody vouches for is an SslException, also behind a redirect")
	void untrusted() throws IOException {
		try (HttpbinServer secure = HttpbinServer.start(this.certificates.localhostContext())) {
			assertThatExceptionOfType(SslException.class).isThrownBy(() -> this.session.get(secure.url("/status/200")));
			assertThatExceptionOfType(SslException.class)
				.isThrownBy(() -> this.session.get(url("/redirect-to"), (o) -> o.param("url", secure.url("/get"))));
			Path authority = this.certificates.writeAuthority(this.folder);
			assertThat(this.session.get(secure.url("/status/301"), (o) -> o.verify(authority)).statusCode())
				.isEqualTo(200);
		}
	}

	@Test
	@DisplayName("191, 192: files that are not there are named")
	void missingFiles() throws IOException {
		Path missing = Path.of("/garbage");
		Path there = Files.createFile(this.folder.resolve("there.pem"));
		String url = "https://127.0.0.1:1/";
		String relative = ". A relative path is resolved against the working directory of the process.";
		assertThatExceptionOfType(RequestException.class)
			.isThrownBy(() -> this.session.get(url, (o) -> o.verify(missing)))
			.withMessage("Could not find a suitable TLS CA certificate bundle, invalid path: /garbage" + relative);
		assertThatExceptionOfType(RequestException.class)
			.isThrownBy(() -> this.session.get(url, (o) -> o.cert(missing)))
			.withMessage("Could not find the TLS certificate file, invalid path: /garbage" + relative);
		assertThatExceptionOfType(RequestException.class)
			.isThrownBy(() -> this.session.get(url, (o) -> o.cert(there, missing)))
			.withMessage("Could not find the TLS key file, invalid path: /garbage" + relative);
		assertThat(this.session.get(url("/get"), (o) -> o.cert(there)).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest(name = "189: REQUESTS_CA_BUNDLE={0}, CURL_CA_BUNDLE={1}: {2}")
	@CsvSource({ ", , ", "/some/path, , /some/path", "'', , ", ", /some/path, /some/path", ", '', ", "'', '', ",
			"/some/path, /curl/path, /some/path", "'', /curl/path, /curl/path" })
	void bundlesOfEnvironment(@Nullable String requests, @Nullable String curl, @Nullable String expected) {
		Map<String, String> variables = new HashMap<>();
		if (requests != null) {
			variables.put("REQUESTS_CA_BUNDLE", requests);
		}
		if (curl != null) {
			variables.put("CURL_CA_BUNDLE", curl);
		}
		try (Session trusting = sessionWith(variables)) {
			SendOptions options = SendOptions.of((o) -> o.verify(Verify.enabled()));
			assertThat(trusting.mergeEnvironmentSettings(url("/get"), options).verify())
				.isEqualTo((expected != null) ? Verify.authorities(Path.of(expected)) : Verify.enabled());
		}
	}

	private static final class OwnAdapter extends HttpAdapter {

		OwnAdapter() {
			super(HttpAdapter.builder());
		}

		@Override
		protected void addHeaders(PreparedRequest request, SendOptions options) {
			request.headers().put("X-Own", "1");
		}

		@Override
		protected String requestUrl(PreparedRequest request, @Nullable ProxyUrl proxy) {
			return "/anything?own=1";
		}

		@Override
		protected Response buildResponse(PreparedRequest request, Response.Builder response) {
			return super.buildResponse(request, response.reason("Changed"));
		}

	}

}
