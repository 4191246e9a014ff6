package io.github.requests4j;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.auth.DigestServer;
import io.github.requests4j.auth.HttpDigestAuth;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.RequestsEnvironment;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.UnrewindableBodyException;
import io.github.requests4j.testserver.HttpProxyServer;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Digest through a session and a real server.
 */
class DigestSessionTests {

	private final DigestServer digest = new DigestServer("user", "secret");

	private static Session session() {
		return Session.builder()
			.environment(RequestsEnvironment.EMPTY)
			.auth(new HttpDigestAuth("user", "secret"))
			.build();
	}

	private Reply guard(DigestServer guard, RawRequest request, Reply reply) {
		String challenge = guard.check(request.method(), request.target(), request.header("Authorization"));
		return (challenge == null) ? reply
				: Reply.of(401, "who?", "WWW-Authenticate: " + challenge, "Set-Cookie: challenged=1");
	}

	/**
	 * Behind the digest challenge, /from redirects to /to, and every other path returns
	 * the request that it received.
	 */
	private TestHttpServer guarded() throws IOException {
		return TestHttpServer.start((request) -> guard(this.digest, request,
				request.path().equals("/from") ? Reply.of(307, "moved", "Location: /to?x=1")
						: Reply.ok(request.requestLine() + " " + request.bodyText())));
	}

	@Test
	@DisplayName("134, 140-142: the challenge is answered on the same connection, and later requests need none")
	void challengeIsAnsweredOnTheSameConnection() throws IOException {
		try (TestHttpServer server = guarded(); Session session = session()) {
			Response response = session.get(server.url("/p?q=%20"));
			assertThat(response.text()).isEqualTo("GET /p?q=%20 HTTP/1.1 ");
			assertThat(response.elapsed()).isGreaterThan(Duration.ZERO);
			assertThat(response.history()).hasSize(1);
			assertThat(response.history().get(0).statusCode()).isEqualTo(401);
			assertThat(response.history().get(0).text()).isEqualTo("who?");
			assertThat(server.connectionCount()).isEqualTo(1);
			assertThat(session.get(server.url("/again")).history()).isEmpty();
			assertThat(server.requests()).hasSize(3);
			assertThat(server.lastRequest().header("Authorization")).contains("nc=00000002");
		}
		assertThat(this.digest.replays()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "J\u00f6rg", "\u0141ukasz \u674e", "DOMAIN\\ann", "say \"hi\"", "\\", "a\", uri=\"/x" })
	@DisplayName("139: any user name works, in the answer to a challenge and in later requests")
	void anyUserNameIsUnderstood(String name) throws IOException {
		DigestServer guard = new DigestServer(name, "p\u00e4\u674e\"\\");
		try (TestHttpServer server = TestHttpServer.start((request) -> guard(guard, request, Reply.ok("in")));
				Session session = session()) {
			session.update((b) -> b.auth(new HttpDigestAuth(name, "p\u00e4\u674e\"\\")));
			assertThat(session.get(server.url("/a\"b\\c?d=\"e\\f\"")).text()).isEqualTo("in");
			assertThat(session.get(server.url("/again")).text()).isEqualTo("in");
			assertThat(server.requests()).hasSize(3);
		}
	}

	@Test
	@DisplayName("134: the second 401 is returned for wrong credentials")
	void wrongCredentialsReturnThe401() throws IOException {
		try (TestHttpServer server = guarded(); Session session = session()) {
			Response response = session.get(server.url("/p"),
					(options) -> options.auth(new HttpDigestAuth("user", "x")));
			assertThat(response.statusCode()).isEqualTo(401);
			assertThat(response.text()).isEqualTo("who?");
			assertThat(server.requests()).hasSize(2);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@DisplayName("143, 235, fault: Throwing hook or decoder: a hook that throws releases the connection of its response")
	void throwingHookReleasesTheConnection(boolean streamed) throws IOException {
		HttpAdapter adapter = HttpAdapter.builder().build();
		try (TestHttpServer server = guarded();
				Session session = Session.builder()
					.environment(RequestsEnvironment.EMPTY)
					.auth(new HttpDigestAuth("user", "wrong"))
					.mount("http://", adapter)
					.hook((response, options) -> response.raiseForStatus())
					.build()) {
			assertThatExceptionOfType(HttpException.class)
				.isThrownBy(() -> session.get(server.url("/p"), (options) -> options.stream(streamed)))
				.satisfies((ex) -> assertThat(Objects.requireNonNull(ex.response()).text())
					.isEqualTo(streamed ? "" : "who?"));
			assertThat(server.requests()).hasSize(2);
			assertThat(adapter.poolStatistics().leased()).isZero();
		}
		finally {
			adapter.close();
		}
	}

	@Test
	@DisplayName("137: a challenge for auth-int is returned, and nothing is sent again")
	void unsupportedChallengeIsReturned() throws IOException {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.of(401, "no",
				"WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth-int\"")); Session session = session()) {
			Response response = session.get(server.url("/"));
			assertThat(response.statusCode()).isEqualTo(401);
			assertThat(response.text()).isEqualTo("no");
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Test
	@DisplayName("135: the strongest of several challenges is answered")
	void strongestOfSeveralChallengesIsAnswered() throws IOException {
		try (TestHttpServer server = TestHttpServer.start((request) -> (request
			.header("Authorization") != null) ? Reply.ok(request.header("Authorization")) : Reply.of(401, "",
					"WWW-Authenticate: Basic realm=\"b\", Digest realm=\"weak\", nonce=\"1\"",
					"WWW-Authenticate: Digest realm=\"strong\", nonce=\"2\", algorithm=SHA-256, qop=\"auth-int, auth\""));
				Session session = session()) {
			assertThat(session.get(server.url("/")).text()).contains("realm=\"strong\"", "algorithm=\"SHA-256\"");
		}
	}

	@Test
	@DisplayName("141: cookies of the challenge are sent with the answer, and kept by the session")
	void cookiesOfTheChallengeAreKept() throws IOException {
		try (TestHttpServer server = guarded(); Session session = session()) {
			session.get(server.url("/p"));
			assertThat(server.requests().get(0).header("Cookie")).isNull();
			assertThat(server.requests().get(1).header("Cookie")).isEqualTo("challenged=1");
			assertThat(session.cookies().get("challenged")).isEqualTo("1");
		}
	}

	@Test
	@DisplayName("142, 143: the answer is a separate exchange, and the caller's hooks see only the final response")
	void answerIsASeparateExchange() throws IOException {
		List<Exchange.Kind> kinds = new ArrayList<>();
		List<Integer> seen = new ArrayList<>();
		ExchangeListener listener = (exchange) -> {
			kinds.add(exchange.kind());
			return new ExchangeListener.Scope() {
			};
		};
		try (TestHttpServer server = guarded();
				Session session = Session.builder()
					.environment(RequestsEnvironment.EMPTY)
					.auth(new HttpDigestAuth("user", "secret"))
					.listener(listener)
					.hook((response, options) -> {
						seen.add(response.statusCode());
						return null;
					})
					.build()) {
			session.get(server.url("/from"));
			assertThat(seen).containsExactly(307, 200);
			assertThat(kinds).containsExactly(Exchange.Kind.FIRST, Exchange.Kind.AUTH, Exchange.Kind.REDIRECT,
					Exchange.Kind.AUTH);
		}
	}

	@Test
	@DisplayName("131, 144, 145: a redirect within the origin is answered again for its own method, target and body")
	void redirectedRequestIsAnsweredAgain() throws IOException {
		try (TestHttpServer server = guarded(); Session session = session()) {
			Response response = session.post(server.url("/from"), (options) -> options.data("body"));
			assertThat(response.text()).isEqualTo("POST /to?x=1 HTTP/1.1 body");
			assertThat(response.history()).extracting(Response::statusCode).containsExactly(307);
			assertThat(server.requests()).hasSize(4);
			assertThat(session.post(server.url("/from"), (options) -> options.data("body")).text())
				.isEqualTo("POST /to?x=1 HTTP/1.1 body");
			assertThat(server.requests()).as("both hops carry an answer from the start").hasSize(6);
			assertThat(server.lastRequest().header("Authorization")).contains("uri=\"/to?x=1\"");
		}
		assertThat(this.digest.replays()).isEmpty();
	}

	@Test
	@DisplayName("144: a challenge after a redirect is answered")
	void challengeAfterARedirectIsAnswered() throws IOException {
		try (TestHttpServer server = TestHttpServer.start((request) -> request.path().equals("/open")
				? Reply.redirect(303, "/guarded") : guard(this.digest, request, Reply.ok("in")));
				Session session = session()) {
			Response response = session.post(server.url("/open"), (options) -> options.data("x"));
			assertThat(response.text()).isEqualTo("in");
			assertThat(server.requests()).extracting(RawRequest::method).containsExactly("POST", "GET", "GET");
		}
	}

	@Test
	@DisplayName("144, threat 12 (curl CVE-2026-11856): a challenge of another origin is not answered")
	void challengeOfAnotherOriginIsNotAnswered() throws IOException {
		DigestServer foreign = new DigestServer("user", "secret");
		try (TestHttpServer other = TestHttpServer.start((request) -> guard(foreign, request, Reply.ok("got it")));
				TestHttpServer server = TestHttpServer.start((request) -> guard(this.digest, request,
						Reply.redirect(302, other.url("localhost", "/steal"))));
				Session session = session()) {
			Response response = session.get(server.url("/"));
			assertThat(response.statusCode()).isEqualTo(401);
			assertThat(other.requests()).hasSize(1).allMatch((request) -> request.header("Authorization") == null);
			session.get(server.url("/"));
			assertThat(other.requests()).hasSize(2).allMatch((request) -> request.header("Authorization") == null);
		}
	}

	@Test
	@DisplayName("threat 12: within a session, state learned from one origin is not sent to another")
	void answersAreNotSentToOtherOrigins() throws IOException {
		try (TestHttpServer a = guarded(); TestHttpServer b = TestHttpServer.echo(); Session session = session()) {
			session.get(a.url("/"));
			session.get(b.url("/"));
			assertThat(b.lastRequest().header("Authorization")).isNull();
			session.get(a.url("localhost", "/"));
			assertThat(a.requests().get(2).header("Authorization")).isNull();
		}
	}

	@Test
	@DisplayName("threat 12: state learned through a proxy is not sent directly, nor the other way round")
	void answersAreNotSharedBetweenProxyAndDirectCalls() throws IOException {
		try (TestHttpServer server = guarded();
				HttpProxyServer proxy = HttpProxyServer.start();
				Session session = session()) {
			session.get(server.url("/one"));
			session.get(server.url("/two"), (options) -> options.proxy("http", proxy.url()));
			session.get(server.url("/three"));
			assertThat(server.requests())
				.extracting((request) -> request.target().substring(1)
						+ ((request.header("Authorization") == null) ? "" : " answered"))
				.containsExactly("one", "one answered", "two", "two answered", "three answered");
		}
	}

	@Test
	@DisplayName("145: a body that cannot be sent again is rejected, and the session remains usable")
	void bodyThatCannotBeSentAgainFails() throws IOException {
		try (TestHttpServer server = guarded(); Session session = session()) {
			assertThatExceptionOfType(UnrewindableBodyException.class)
				.isThrownBy(() -> session.post(server.url("/"),
						(options) -> options.data(Body.of(List.of("a", "b").iterator()))))
				.satisfies((ex) -> {
					assertThat(ex.response()).isNotNull();
					assertThat(ex.response().statusCode()).isEqualTo(401);
				});
			assertThat(server.requests()).hasSize(1);
			assertThat(session.get(server.url("/")).statusCode()).isEqualTo(200);
		}
	}

	@Test
	@DisplayName("142: a streamed answer is not read ahead; any other has the session's JSON mapper")
	void streamedAnswerIsNotReadAhead() throws IOException {
		JsonMapper mapper = JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
		try (TestHttpServer server = TestHttpServer
			.start((request) -> guard(this.digest, request, Reply.ok("{\"first_name\": \"x\"}")));
				Session session = Session.builder()
					.environment(RequestsEnvironment.EMPTY)
					.auth(new HttpDigestAuth("user", "secret"))
					.jsonMapper(mapper)
					.build()) {
			try (Response response = session.get(server.url("/"), (options) -> options.stream(true))) {
				assertThat(response.isContentConsumed()).isFalse();
				assertThat(response.json(Person.class).firstName()).isEqualTo("x");
			}
		}
	}

	/** A value to bind. */
	record Person(String firstName) {
	}

	@Test
	@DisplayName("140: an interceptor that repeats the call does not reuse a nonce count")
	void repeatingInterceptorDoesNotReuseANonceCount() throws IOException {
		try (TestHttpServer server = guarded();
				Session session = Session.builder()
					.environment(RequestsEnvironment.EMPTY)
					.auth(new HttpDigestAuth("user", "secret"))
					.interceptor((request, options, chain) -> {
						chain.proceed(request.copy(), options);
						chain.proceed(request.copy(), options);
						return chain.proceed(request.copy(), options);
					})
					.build()) {
			assertThat(session.get(server.url("/")).statusCode()).isEqualTo(200);
			assertThat(session.get(server.url("/")).statusCode()).isEqualTo(200);
		}
		assertThat(this.digest.replays()).isEmpty();
	}

	@Test
	@DisplayName("140: 64 threads that share a session never use a count twice, even with redirects and stale nonces")
	void manyThreadsNeverReuseANonceCount() throws Exception {
		DigestServer strict = new DigestServer("user", "secret", 40);
		ExecutorService pool = Executors.newFixedThreadPool(64);
		try (TestHttpServer server = TestHttpServer.start((request) -> guard(strict, request,
				request.path().equals("/from") ? Reply.redirect(302, "/to") : Reply.ok("in")));
				Session session = session()) {
			CountDownLatch start = new CountDownLatch(1);
			List<Future<Integer>> results = new ArrayList<>();
			for (int i = 0; i < 64; i++) {
				String path = (i % 2 == 0) ? "/from" : "/to";
				results.add(pool.submit(() -> {
					start.await();
					int welcome = 0;
					for (int call = 0; call < 10; call++) {
						welcome += (session.get(server.url(path)).statusCode() == 200) ? 1 : 0;
					}
					return welcome;
				}));
			}
			start.countDown();
			for (Future<Integer> result : results) {
				assertThat(result.get(120, TimeUnit.SECONDS)).isEqualTo(10);
			}
		}
		finally {
			pool.shutdownNow();
		}
		assertThat(strict.replays()).isEmpty();
	}

}
