package io.github.requests4j;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.github.requests4j.http.RequestsEnvironment;
import io.github.requests4j.http.Response;
import io.github.requests4j.testserver.HttpProxyServer;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a redirect must not forward, between two real origins: 127.0.0.1 and localhost are
 * different hosts, and two servers have different ports.
 */
class RedirectSafetyTests {

	private static TestHttpServer redirectingTo(String location) throws IOException {
		return TestHttpServer.start((request) -> Reply.redirect(302, location));
	}

	@Test
	@DisplayName("threat 1 (CVE-2018-18074): Authorization is dropped when host or port changes")
	void authorizationIsDroppedForOtherOrigins() throws IOException {
		try (TestHttpServer target = TestHttpServer.echo();
				TestHttpServer otherPort = redirectingTo(target.url("/to"));
				TestHttpServer otherHost = redirectingTo(target.url("localhost", "/to"));
				Session session = Session.builder().environment(RequestsEnvironment.EMPTY).build()) {
			for (TestHttpServer server : List.of(otherPort, otherHost)) {
				session.get(server.url("/from"), (options) -> options.auth("u", "p"));
				assertThat(server.lastRequest().header("Authorization")).isNotNull();
				assertThat(target.lastRequest().header("Authorization")).isNull();
				session.get(server.url("/from"), (options) -> options.header("Authorization", "Bearer t"));
				assertThat(target.lastRequest().header("Authorization")).isNull();
			}
		}
	}

	@Test
	@DisplayName("threat 1: Authorization is kept on the same origin")
	void authorizationIsKeptOnTheSameOrigin() throws IOException {
		try (TestHttpServer server = TestHttpServer
			.start((request) -> request.path().equals("/from") ? Reply.redirect(302, "/to") : Reply.ok("end"));
				Session session = Session.create()) {
			session.get(server.url("/from"), (options) -> options.auth("u", "p"));
			assertThat(server.lastRequest().path()).isEqualTo("/to");
			assertThat(server.lastRequest().header("Authorization")).isEqualTo("Basic dTpw");
		}
	}

	@Test
	@DisplayName("threat 2 (Go CVE-2024-45336): a dropped Authorization is never added again")
	void strippedCredentialsAreNotRestored() throws IOException {
		try (TestHttpServer b = TestHttpServer
			.start((request) -> request.path().equals("/1") ? Reply.redirect(302, "/2") : Reply.ok("end"));
				TestHttpServer a = redirectingTo(b.url("localhost", "/1"));
				Session session = Session.builder().auth("u", "p").environment(RequestsEnvironment.EMPTY).build()) {
			session.get(a.url("/from"));
			assertThat(b.requests()).hasSize(2).allMatch((request) -> request.header("Authorization") == null);
		}
	}

	@Test
	@DisplayName("threat 3 (CVE-2023-43804): an explicit Cookie header is dropped, the jar's cookies are recomputed")
	void explicitCookieHeaderIsDropped() throws IOException {
		try (TestHttpServer target = TestHttpServer.echo();
				TestHttpServer server = redirectingTo(target.url("localhost", "/to"));
				Session session = Session.create()) {
			session.get(server.url("/from"), (options) -> options.header("Cookie", "secret=1"));
			assertThat(server.lastRequest().header("Cookie")).isEqualTo("secret=1");
			assertThat(target.lastRequest().header("Cookie")).isNull();
			session.get(server.url("/from"), (options) -> options.cookie("mine", "2"));
			assertThat(server.lastRequest().header("Cookie")).isEqualTo("mine=2");
			assertThat(target.lastRequest().header("Cookie")).isNull();
		}
	}

	@Test
	@DisplayName("threat 5 (curl CVE-2026-6253): proxy credentials are kept per proxy")
	void eachProxyReceivesItsOwnCredentials() throws IOException {
		try (TestHttpServer target = TestHttpServer.echo();
				TestHttpServer server = redirectingTo(target.url("localhost", "/to"));
				HttpProxyServer first = HttpProxyServer.start();
				HttpProxyServer second = HttpProxyServer.start();
				Session session = Session.builder()
					.environment(RequestsEnvironment.EMPTY)
					.proxy("http://127.0.0.1", first.url("one", "1"))
					.proxy("http://localhost", second.url())
					.build()) {
			assertThat(session.get(server.url("/from")).statusCode()).isEqualTo(200);
			assertThat(first.requests()).hasSize(1);
			assertThat(first.requests().get(0).header("Proxy-Authorization")).isEqualTo("Basic b25lOjE=");
			assertThat(second.requests()).hasSize(1);
			assertThat(second.requests().get(0).header("Proxy-Authorization")).isNull();
			assertThat(Stream.of(server, target).flatMap((origin) -> origin.requests().stream()))
				.allMatch((request) -> request.header("Proxy-Authorization") == null);
		}
	}

	@Test
	@DisplayName("threat 6: listed secret headers are sent only to their origin")
	void listedHeadersAreStripped() throws IOException {
		try (TestHttpServer target = TestHttpServer.echo();
				TestHttpServer server = redirectingTo(target.url("/to"));
				Session session = Session.builder().stripHeadersOnRedirect("X-Api-Key").build()) {
			session.get(server.url("/from"), (options) -> options.header("x-api-key", "k"));
			assertThat(server.lastRequest().header("X-Api-Key")).isEqualTo("k");
			assertThat(target.lastRequest().header("X-Api-Key")).isNull();
		}
	}

	@Test
	@DisplayName("threat 8 (curl CVE-2021-22876): user information and fragment reach neither target, Host nor Referer")
	void userInfoOfALocationIsNotUsed() throws IOException {
		try (TestHttpServer target = TestHttpServer.echo();
				TestHttpServer server = redirectingTo(target.url("/to"));
				Session session = Session.create()) {
			Response response = session.get(server.url("/from#frag").replace("http://", "http://user:secret@"));
			for (RawRequest request : List.of(server.lastRequest(), target.lastRequest())) {
				assertThat(request.requestLine()).doesNotContain("secret", "user", "frag");
				assertThat(request.header("Host")).doesNotContain("@");
				assertThat(request.header("Referer")).isNull();
			}
			assertThat(target.lastRequest().header("Authorization")).isNull();
			assertThat(response.url()).isEqualTo(target.url("/to#frag"));
		}
	}

	@Test
	@DisplayName("threat 38: cookies match the URL, not a stale Host header")
	void cookiesMatchTheUrlNotTheHostHeader() throws IOException {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.of(200, "", "Set-Cookie: a=b"));
				Session session = Session.create()) {
			session.get(server.url("/"), (options) -> options.header("Host", "other.example"));
			session.get(server.url("/"));
			assertThat(server.lastRequest().header("Cookie")).isEqualTo("a=b");
			session.get(server.url("localhost", "/"), (options) -> options.header("Host", "127.0.0.1"));
			assertThat(server.lastRequest().header("Cookie")).isNull();
		}
	}

}
