package io.github.requests4j.conformance;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.requests4j.Session;
import io.github.requests4j.auth.HttpBasicAuth;
import io.github.requests4j.http.Auth;
import io.github.requests4j.http.Request;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.RequestsEnvironment;
import io.github.requests4j.http.Response;
import io.github.requests4j.testserver.HttpbinServer;
import io.github.requests4j.testserver.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Basic auth, auth of one's own, netrc, and where credentials go on redirects.
 */
class AuthTests extends HttpbinSupport {

	@TempDir
	private Path folder;

	private Session withNetrc(String text) throws Exception {
		Path file = Files.writeString(this.folder.resolve("netrc"), text);
		RequestsEnvironment environment = new Variables(Map.of("NETRC", file.toString()));
		return Session.builder().environment(environment).build();
	}

	private static @Nullable String authorization(Session session, String url) {
		return session.prepareRequest(Request.of("GET", url)).headers().get("Authorization");
	}

	@Test
	@DisplayName("125: auth of the request, none, auth of the session")
	void basic() {
		String url = url("/basic-auth/user/pass");
		assertThat(this.session.get(url, (o) -> o.auth("user", "pass")).statusCode()).isEqualTo(200);
		assertThat(this.session.get(url).statusCode()).isEqualTo(401);
		this.session.update((b) -> b.auth("user", "pass"));
		assertThat(this.session.get(url).statusCode()).isEqualTo(200);
		assertThat(this.session.get(url, (o) -> o.auth("user", "wrong")).statusCode()).isEqualTo(401);
	}

	@Test
	@DisplayName("125, 126: netrc serves where no auth is given")
	void netrc() throws Exception {
		try (Session session = withNetrc("machine 127.0.0.1 login user password pass\n")) {
			String url = url("/basic-auth/user/pass");
			assertThat(session.get(url).statusCode()).isEqualTo(200);
			assertThat(session.get(url, (o) -> o.auth("wronguser", "wrongpass")).statusCode()).isEqualTo(401);
			session.update((b) -> b.auth("wronguser", "wrongpass"));
			assertThat(session.get(url).statusCode()).isEqualTo(401);
		}
	}

	@Test
	@DisplayName("133: netrc is looked up by the host and nothing else")
	void netrcByHost() throws Exception {
		try (Session session = withNetrc("machine example.com login aaaa password bbbb\n")) {
			assertThat(authorization(session, "http://example.com/thing")).isEqualTo("Basic YWFhYTpiYmJi");
			assertThat(authorization(session, "http://example.com:@evil.com/&apos;"))
				.isNotEqualTo("Basic YWFhYTpiYmJi");
		}
	}

	@Test
	@DisplayName("133: a default entry without credentials is none")
	void emptyDefault() throws Exception {
		try (Session session = withNetrc("machine example.com login user password pass\ndefault\n")) {
			assertThat(authorization(session, "http://httpbin.org/")).isNull();
		}
	}

	@ParameterizedTest(name = "129: {0} and {1} are {2}")
	@CsvSource({ "test, test, Basic dGVzdDp0ZXN0", "42, 42, Basic NDI6NDI=",
			"имя, пароль, Basic 0LjQvNGPOtC/0LDRgNC+0LvRjA==" })
	void encoded(String user, String password, String expected) {
		RequestOptions request = new RequestOptions();
		assertThat(request.auth(new HttpBasicAuth(user, password))
			.toRequest("GET", "http://localhost")
			.prepare()
			.headers()).containsEntry("Authorization", expected);
		HttpBasicAuth bytes = new HttpBasicAuth(user.getBytes(StandardCharsets.UTF_8),
				password.getBytes(StandardCharsets.UTF_8));
		assertThat(request.auth(bytes).toRequest("GET", "http://localhost").prepare().headers())
			.containsEntry("Authorization", expected);
	}

	@Test
	@DisplayName("129: credentials as bytes go out as they are")
	void bytes() {
		byte[] user = { (byte) 0xc5, (byte) 0xaf, 's', 'e', 'r', 'n', 'a', 'm', 'e' };
		byte[] password = { 't', 'e', 's', 't', (byte) 0xc6, (byte) 0xb6 };
		assertThat(Request.of("GET", "http://localhost", (o) -> o.auth(new HttpBasicAuth(user, password)))
			.prepare()
			.headers()).containsEntry("Authorization", "Basic xa9zZXJuYW1lOnRlc3TGtg==");
	}

	@Test
	@DisplayName("130, 131: an auth is anything that takes a request, and changes it last")
	void ownAuth() {
		Auth auth = (request) -> {
			request.headers().put("Dummy-Auth-Test", "dummy-auth-test-ok");
			return request;
		};
		this.session.update((b) -> b.auth(auth));
		Request request = Request.of("GET", url("/headers"));
		assertThat(request.auth()).isNull();
		Response response = this.session.send(this.session.prepareRequest(request));
		assertThat(shown(response, "headers", "Dummy-Auth-Test")).isEqualTo("dummy-auth-test-ok");
	}

	@Test
	@DisplayName("157: Authorization stays on redirects within the host")
	void sameHost() {
		Response response = this.session.get(url("/redirect/1"), (o) -> o.auth("user", "pass"));
		assertThat(response.request().headers().get("Authorization")).isNotNull()
			.isEqualTo(response.history().get(0).request().headers().get("Authorization"));
	}

	@Test
	@DisplayName("157: Authorization is dropped from https to http")
	void downgrade() throws Exception {
		TestCertificates certificates = new TestCertificates();
		try (HttpbinServer secure = HttpbinServer.start(certificates.localhostContext())) {
			Path authority = certificates.writeAuthority(this.folder);
			Response response = this.session.get(secure.url("/redirect-to"),
					(o) -> o.param("url", url("/get")).auth("user", "pass").verify(authority));
			assertThat(response.history().get(0).request().headers()).containsKey("Authorization");
			assertThat(response.request().headers()).doesNotContainKey("Authorization");
			assertThat(this.httpbin.lastRequest().header("Authorization")).isNull();
		}
	}

	@ParameterizedTest(name = "157: from {0} to {1} Authorization is dropped: {2}")
	@CsvSource({ "http://example.com/foo, http://another.example.com/, true",
			"https://example.com/foo, http://example.com/bar, true",
			"http://example.com/foo, https://example.com/bar, false",
			"http://example.com:80/foo, https://example.com/bar, false",
			"http://example.com/foo, https://example.com:443/bar, false",
			"http://example.com:8080/foo, https://example.com/bar, true",
			"http://example.com/foo, https://example.com:8443/bar, true",
			"http://example.com:1234/foo, https://example.com:4321/bar, true",
			"https://example.com:443/foo, https://example.com/bar, false",
			"http://example.com:80/foo, http://example.com/bar, false",
			"https://example.com/foo, https://example.com:443/bar, false",
			"http://example.com/foo, http://example.com:80/bar, false" })
	void stripping(String from, String to, boolean expected) {
		assertThat(this.session.shouldStripAuth(from, to)).isEqualTo(expected);
	}

}
