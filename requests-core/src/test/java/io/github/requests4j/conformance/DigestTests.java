package io.github.requests4j.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.auth.HttpDigestAuth;
import io.github.requests4j.http.Response;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.RawServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Digest auth, against a server that checks the answers and against scripted ones.
 */
class DigestTests extends HttpbinSupport {

	private static final String CHALLENGE = "WWW-Authenticate: Digest nonce=\"6bf5d6e4da1ce66918800195d6b9130d\""
			+ ", opaque=\"372825293d1c26955496c80ed6426e9e\", realm=\"me@kennethreitz.com\", qop=auth\r\n\r\n";

	private static final String UNAUTHORIZED = "HTTP/1.1 401 UNAUTHORIZED\r\nContent-Length: 0\r\n" + CHALLENGE;

	private static final String ANSWER = "Digest username=\"user\", realm=\"me@kennethreitz.com\", "
			+ "nonce=\"6bf5d6e4da1ce66918800195d6b9130d\", uri=\"/\"";

	private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

	private static List<String> authorizations(RawServer server) {
		return server.requests().stream().map((RawRequest request) -> {
			String header = request.header("Authorization");
			return (header == null) ? "none" : header.substring(0, ANSWER.length());
		}).toList();
	}

	private String protectedUrl(String algorithm) {
		return url("/digest-auth/auth/user/pass/" + algorithm);
	}

	@ParameterizedTest(name = "134, 136: {0} is answered, for a request and for a session")
	@ValueSource(strings = { "MD5", "SHA-256", "SHA-512" })
	void answered(String algorithm) {
		String url = protectedUrl(algorithm);
		HttpDigestAuth auth = new HttpDigestAuth("user", "pass");
		assertThat(this.session.get(url, (o) -> o.auth(auth)).statusCode()).isEqualTo(200);
		assertThat(this.session.get(url).statusCode()).isEqualTo(401);
		this.session.update((b) -> b.auth(new HttpDigestAuth("user", "pass")));
		assertThat(this.session.get(url).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest(name = "115, 141: cookies of the challenge are kept ({0})")
	@ValueSource(strings = { "MD5", "SHA-256", "SHA-512" })
	void cookies(String algorithm) {
		Response refused = this.session.get(protectedUrl(algorithm), (o) -> o.hook((response, options) -> null));
		assertThat(refused.cookies().get("fake")).isEqualTo("fake_value");
		this.session.cookies().clear();
		this.session.get(protectedUrl(algorithm), (o) -> o.auth(new HttpDigestAuth("user", "pass")));
		assertThat(this.session.cookies().get("fake")).isEqualTo("fake_value");
	}

	@ParameterizedTest(name = "219, 225: the answer can be streamed ({0})")
	@ValueSource(strings = { "MD5", "SHA-256", "SHA-512" })
	void streamed(String algorithm) throws IOException {
		HttpDigestAuth auth = new HttpDigestAuth("user", "pass");
		try (Response response = this.session.get(protectedUrl(algorithm), (o) -> o.auth(auth).stream(true))) {
			assertThat(response.raw().readAllBytes()).isNotEmpty();
		}
		Response read = this.session.get(protectedUrl(algorithm), (o) -> o.auth(auth));
		assertThat(read.isContentConsumed()).isTrue();
		assertThat(read.content()).isNotEmpty();
	}

	@ParameterizedTest(name = "134: wrong credentials end in 401 ({0})")
	@ValueSource(strings = { "MD5", "SHA-256", "SHA-512" })
	void wrong(String algorithm) {
		HttpDigestAuth auth = new HttpDigestAuth("user", "wrongpass");
		Response response = this.session.get(protectedUrl(algorithm), (o) -> o.auth(auth));
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.history()).hasSize(1);
		this.session.update((b) -> b.auth(auth));
		assertThat(this.session.get(protectedUrl(algorithm)).statusCode()).isEqualTo(401);
	}

	@ParameterizedTest(name = "139: the quality of protection is quoted ({0})")
	@ValueSource(strings = { "MD5", "SHA-256", "SHA-512" })
	void quoted(String algorithm) {
		Response response = this.session.get(protectedUrl(algorithm),
				(o) -> o.auth(new HttpDigestAuth("user", "pass")));
		assertThat(response.request().headers().get("Authorization")).contains("qop=\"auth\"");
	}

	@Test
	@DisplayName("134, 144: after a redirect a challenge is answered anew")
	void againAfterRedirect() throws IOException {
		try (RawServer server = RawServer.answering(UNAUTHORIZED,
				"HTTP/1.1 302 FOUND\r\nContent-Length: 0\r\nLocation: /\r\n\r\n", UNAUTHORIZED, OK)) {
			Response response = this.session.get(server.url("/"), (o) -> o.auth(new HttpDigestAuth("user", "pass")));
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(authorizations(server)).containsExactly("none", ANSWER, "none", ANSWER);
			assertThat(response.request().headers().get("Authorization")).startsWith("Digest ");
			assertThat(response.history().get(0).statusCode()).isEqualTo(302);
			assertThat(server.connectionCount()).isEqualTo(1);
		}
	}

	@Test
	@DisplayName("134: a challenge is answered once")
	void answeredOnce() throws IOException {
		try (RawServer server = RawServer.answering(UNAUTHORIZED, UNAUTHORIZED, OK)) {
			Response response = this.session.get(server.url("/"), (o) -> o.auth(new HttpDigestAuth("user", "pass")));
			assertThat(response.statusCode()).isEqualTo(401);
			assertThat(response.history().get(0).statusCode()).isEqualTo(401);
			assertThat(authorizations(server)).containsExactly("none", ANSWER);
		}
	}

	@Test
	@DisplayName("134: only a 4xx is a challenge")
	void onlyClientErrors() throws IOException {
		try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" + CHALLENGE, OK)) {
			Response response = this.session.get(server.url("/"), (o) -> o.auth(new HttpDigestAuth("user", "pass")));
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.history()).isEmpty();
			assertThat(authorizations(server)).containsExactly("none");
		}
	}

	@Test
	@DisplayName("143: a caller's hook sees the final response only")
	void hooksAfterwards() {
		List<Integer> seen = new ArrayList<>();
		this.session.get(protectedUrl("MD5"),
				(o) -> o.auth(new HttpDigestAuth("user", "pass")).hook((response, options) -> {
					seen.add(response.statusCode());
					return null;
				}));
		assertThat(seen).containsExactly(200);
	}

	@Test
	@DisplayName("200: the answer goes over the connection of the challenge")
	void sameConnection() {
		this.session.get(protectedUrl("MD5"), (o) -> o.auth(new HttpDigestAuth("user", "pass")));
		assertThat(this.httpbin.requests()).hasSize(2);
		assertThat(this.httpbin.connectionCount()).isEqualTo(1);
	}

}
