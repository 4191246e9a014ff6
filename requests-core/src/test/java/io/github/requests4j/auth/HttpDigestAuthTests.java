package io.github.requests4j.auth;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.Auth;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.Hooks;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.UnrewindableBodyException;
import io.github.requests4j.internal.url.ParsedUrl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The hops of a session over a server in memory.
 */
class HttpDigestAuthTests {

	private static final String URL = "http://a.test/p?q=1#f";

	/** What a request looked like when it was sent. */
	private record Sent(String url, String method, CaseInsensitiveHeaders headers, String body, SendOptions options) {

		@Nullable String authorization() {
			return this.headers.get("Authorization");
		}

	}

	/** The answer of a server: a status, a challenge or null, and further headers. */
	private record Answer(int status, @Nullable String challenge, Map<String, String> headers) {

		Answer(int status, @Nullable String challenge) {
			this(status, challenge, Map.of());
		}

	}

	private static final class MemoryAdapter implements Adapter {

		private final List<Sent> sent = new CopyOnWriteArrayList<>();

		private final BiFunction<PreparedRequest, Integer, Answer> server;

		MemoryAdapter(BiFunction<PreparedRequest, Integer, Answer> server) {
			this.server = server;
		}

		static MemoryAdapter of(DigestServer server) {
			return new MemoryAdapter((request, index) -> {
				String challenge = server.check(String.valueOf(request.method()), request.pathUrl(),
						request.headers().get("Authorization"));
				return new Answer((challenge != null) ? 401 : 200, challenge);
			});
		}

		/** Answers each request with the next of these, and repeats the last one. */
		static MemoryAdapter answering(Answer... answers) {
			return new MemoryAdapter((request, index) -> answers[Math.min(index, answers.length - 1)]);
		}

		@Override
		public Response send(PreparedRequest request, SendOptions options) {
			int index;
			synchronized (this.sent) {
				index = this.sent.size();
				this.sent.add(new Sent(String.valueOf(request.url()), String.valueOf(request.method()),
						request.headers().copy(), text(request.body()), options));
			}
			Answer answer = this.server.apply(request, index);
			CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders(answer.headers);
			if (answer.challenge != null) {
				headers.put("WWW-Authenticate", answer.challenge);
			}
			return Response.builder(answer.status)
				.headers(headers)
				.request(request)
				.cookies(cookies(headers))
				.raw(new ByteArrayInputStream(("body " + index).getBytes(StandardCharsets.UTF_8)))
				.build();
		}

		private static CookieJar cookies(CaseInsensitiveHeaders headers) {
			CookieJar jar = new CookieJar();
			jar.extractCookies(ParsedUrl.split("http://a.test/"), headers.getAll("Set-Cookie"));
			return jar;
		}

		private static String text(@Nullable Body body) {
			try {
				ByteArrayOutputStream out = new ByteArrayOutputStream();
				if (body != null) {
					body.writeTo(out);
				}
				return out.toString(StandardCharsets.UTF_8);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		public void close() {
			this.sent.clear();
		}

	}

	private static PreparedRequest prepare(String method, String url, Auth auth, @Nullable Body body, Hooks hooks) {
		PreparedRequest request = new PreparedRequest();
		request.prepareMethod(method);
		request.prepareUrl(url, null);
		request.prepareCookies(new CookieJar());
		request.prepareBody(body, List.of(), null);
		request.prepareAuth(auth);
		request.prepareHooks(hooks);
		return request;
	}

	private static Response hop(PreparedRequest request, Adapter adapter, SendOptions options) {
		request.hooks().beforeSend(request, options);
		Response received = adapter.send(request, options);
		received.connection(adapter);
		return request.hooks().dispatch(received, options);
	}

	private static Response get(Auth auth, Adapter adapter) {
		return get(URL, auth, adapter, SendOptions.DEFAULTS);
	}

	private static Response get(String url, Auth auth, Adapter adapter, SendOptions options) {
		return hop(prepare("GET", url, auth, null, Hooks.NONE), adapter, options);
	}

	private static Answer challenged(String nonce) {
		return new Answer(401, "Digest realm=r, nonce=" + nonce + ", qop=auth");
	}

	private static Answer ok() {
		return new Answer(200, null);
	}

	@Test
	@DisplayName("134, 138: the first request is sent without Authorization, and the challenge is answered")
	void challengeIsAnswered() {
		HttpDigestAuth auth = new HttpDigestAuth("u", "p");
		MemoryAdapter adapter = MemoryAdapter.of(new DigestServer("u", "p"));
		Response response = get(auth, adapter);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(adapter.sent).hasSize(2);
		assertThat(adapter.sent.get(0).authorization()).isNull();
		assertThat(adapter.sent.get(1).authorization())
			.startsWith("Digest username=\"u\", realm=\"r\", nonce=\"nonce1\"")
			.contains("uri=\"/p?q=1\"", ", qop=\"auth\", nc=00000001, cnonce=\"")
			.matches(".*cnonce=\"[0-9a-f]{16}\"");
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403, 404, 407, 499 })
	@DisplayName("134: any 4xx with a digest challenge is answered once; a second one is returned unchanged")
	void anyClientErrorIsAnsweredOnce(int status) {
		Answer answer = new Answer(status, "DIGEST realm=r, nonce=n");
		MemoryAdapter adapter = MemoryAdapter.answering(answer, answer, ok());
		assertThat(get(new HttpDigestAuth("u", "p"), adapter).statusCode()).isEqualTo(status);
		assertThat(adapter.sent).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 301, 500, 503 })
	@DisplayName("134: a challenge with another status is not answered")
	void challengeWithAnotherStatusIsIgnored(int status) {
		MemoryAdapter adapter = MemoryAdapter.answering(new Answer(status, "Digest realm=r, nonce=n"), ok());
		assertThat(get(new HttpDigestAuth("u", "p"), adapter).statusCode()).isEqualTo(status);
		assertThat(adapter.sent).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Digest realm=r", "Digest realm=r, nonce=n, algorithm=X",
			"Digest realm=r, nonce=n, qop=auth-int", "Basic realm=r" })
	@DisplayName("135-137: if no answer is possible, the readable 401 is returned and nothing is sent again")
	void unanswerableChallengeReturnsThe401(String challenge) {
		MemoryAdapter adapter = MemoryAdapter.answering(new Answer(401, challenge), ok());
		Response response = get(new HttpDigestAuth("u", "p"), adapter);
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.text()).isEqualTo("body 0");
		assertThat(response.history()).isEmpty();
		assertThat(adapter.sent).hasSize(1);
	}

	@Test
	@DisplayName("140: later requests carry an answer from the start and increase the count of the same nonce")
	void nonceCountIncreases() {
		HttpDigestAuth auth = new HttpDigestAuth("u", "p");
		MemoryAdapter adapter = MemoryAdapter.of(new DigestServer("u", "p", 3));
		for (int i = 0; i < 4; i++) {
			assertThat(get(auth, adapter).statusCode()).isEqualTo(200);
		}
		assertThat(adapter.sent.stream()
			.map(Sent::authorization)
			.map((value) -> (value == null) ? "" : value.replaceAll(".*nonce=\"(nonce\\d)\".*nc=(\\d+).*", "$1 $2")))
			.containsExactly("", "nonce1 00000001", "nonce1 00000002", "nonce1 00000003", "nonce1 00000004",
					"nonce2 00000001");
	}

	@Test
	@DisplayName("140: the prepared request shows the answer before it is sent")
	void preparedRequestShowsTheAnswer() {
		HttpDigestAuth auth = new HttpDigestAuth("u", "p");
		MemoryAdapter adapter = MemoryAdapter.of(new DigestServer("u", "p"));
		get(auth, adapter);
		PreparedRequest request = prepare("PUT", "http://a.test/other", auth, null, Hooks.NONE);
		String shown = request.headers().get("Authorization");
		assertThat(shown).contains("uri=\"/other\"", "nc=00000002");
		hop(request, adapter, SendOptions.DEFAULTS);
		assertThat(adapter.sent.get(2).authorization()).isEqualTo(shown);
	}

	@Test
	@DisplayName("140: a nonce whose answer was rejected is not used again")
	void rejectedNonceIsNotReused() {
		HttpDigestAuth auth = new HttpDigestAuth("u", "wrong");
		MemoryAdapter adapter = MemoryAdapter.of(new DigestServer("u", "p"));
		assertThat(get(auth, adapter).statusCode()).isEqualTo(401);
		assertThat(get(auth, adapter).statusCode()).isEqualTo(401);
		assertThat(adapter.sent).hasSize(4);
		assertThat(adapter.sent.get(2).authorization()).isNull();
	}

	@Test
	@DisplayName("141: cookies of the challenge are sent with the answer if the request had none")
	void cookiesOfTheChallengeAreSent() {
		Answer answer = new Answer(401, "Digest realm=r, nonce=n", Map.of("Set-Cookie", "c=1"));
		MemoryAdapter adapter = MemoryAdapter.answering(answer, ok());
		get(new HttpDigestAuth("u", "p"), adapter);
		assertThat(adapter.sent.get(0).headers().get("Cookie")).isNull();
		assertThat(adapter.sent.get(1).headers().get("Cookie")).isEqualTo("c=1");
	}

	@Test
	@DisplayName("141: an existing Cookie header is kept unchanged")
	void cookieHeaderOfTheCallerIsKept() {
		Answer answer = new Answer(401, "Digest realm=r, nonce=n", Map.of("Set-Cookie", "c=1"));
		MemoryAdapter adapter = MemoryAdapter.answering(answer, ok());
		PreparedRequest request = prepare("GET", URL, new HttpDigestAuth("u", "p"), null, Hooks.NONE);
		request.headers().put("Cookie", "mine=1");
		hop(request, adapter, SendOptions.DEFAULTS);
		assertThat(adapter.sent.get(1).headers().get("Cookie")).isEqualTo("mine=1");
	}

	@Test
	@DisplayName("142: the answer has history, request, kind and elapsed; the challenge's body remains readable")
	void answerHasHistoryRequestKindAndElapsed() {
		MemoryAdapter adapter = MemoryAdapter.answering(challenged("n"), ok());
		SendOptions options = SendOptions.of((o) -> o.stream(true));
		Response response = get(URL, new HttpDigestAuth("u", "p"), adapter, options);
		assertThat(response.history()).singleElement().satisfies((challenge) -> {
			assertThat(challenge.statusCode()).isEqualTo(401);
			assertThat(challenge.text()).isEqualTo("body 0");
			assertThat(challenge.request().headers()).doesNotContainKey("Authorization");
		});
		assertThat(response.request().headers().get("Authorization")).startsWith("Digest ");
		assertThat(response.elapsed()).isGreaterThan(Duration.ZERO);
		assertThat(response.connection()).isSameAs(adapter);
		assertThat(adapter.sent.get(0).options().kind()).isEqualTo(Exchange.Kind.FIRST);
		assertThat(adapter.sent.get(1).options().kind()).isEqualTo(Exchange.Kind.AUTH);
		assertThat(adapter.sent.get(1).options().stream()).isTrue();
	}

	@Test
	@DisplayName("143: the caller's hooks see only the final response")
	void hooksOfTheCallerSeeOnlyTheFinalResponse() {
		List<Integer> seen = new ArrayList<>();
		Hooks hooks = Hooks.onResponse((response, options) -> {
			seen.add(response.statusCode());
			return null;
		});
		PreparedRequest request = prepare("GET", URL, new HttpDigestAuth("u", "p"), null, hooks);
		hop(request, MemoryAdapter.answering(challenged("n"), ok()), SendOptions.DEFAULTS);
		assertThat(seen).containsExactly(200);
	}

	@Test
	@DisplayName("144, threat 12: a challenge from another origin after a redirect is not answered")
	void challengeOfAnotherOriginIsNotAnswered() {
		for (String other : List.of("http://b.test/", "http://a.test:81/", "https://a.test/")) {
			MemoryAdapter adapter = MemoryAdapter.answering(challenged("n"), ok());
			PreparedRequest request = prepare("GET", URL, new HttpDigestAuth("u", "p"), null, Hooks.NONE).copy();
			request.url(other);
			assertThat(hop(request, adapter, SendOptions.DEFAULTS).statusCode()).as(other).isEqualTo(401);
			assertThat(adapter.sent).hasSize(1);
		}
	}

	@Test
	@DisplayName("threat 12 (curl CVE-2026-11856): state learned from one origin is not sent to another")
	void stateIsNotSharedBetweenOrigins() {
		HttpDigestAuth auth = new HttpDigestAuth("u", "p");
		get(auth, MemoryAdapter.of(new DigestServer("u", "p")));
		MemoryAdapter other = MemoryAdapter.answering(ok());
		get("http://b.test/", auth, other, SendOptions.DEFAULTS);
		get("https://a.test/", auth, other, SendOptions.DEFAULTS);
		get("http://a.test:8080/", auth, other, SendOptions.DEFAULTS);
		assertThat(other.sent).hasSize(3).allMatch((sent) -> sent.authorization() == null);
		get("http://A.test:80/", auth, other, SendOptions.DEFAULTS);
		assertThat(other.sent.get(3).authorization()).isNotNull();
	}

	@Test
	@DisplayName("threat 12: state learned through one proxy is not sent through another, or directly")
	void stateIsNotSharedBetweenProxies() {
		HttpDigestAuth auth = new HttpDigestAuth("u", "p");
		MemoryAdapter adapter = MemoryAdapter.of(new DigestServer("u", "p"));
		List<String> proxies = new ArrayList<>(List.of("http://one", "http://two", "http://x:y@one", ""));
		for (String proxy : proxies) {
			SendOptions options = SendOptions.of((o) -> o.proxies(Proxies.NONE.with("http", proxy)));
			assertThat(get(URL, auth, adapter, options).statusCode()).isEqualTo(200);
		}
		assertThat(adapter.sent).hasSize(8);
		assertThat(adapter.sent.stream().map((sent) -> sent.authorization() == null)).containsExactly(true, false, true,
				false, true, false, true, false);
		SendOptions again = SendOptions.of((o) -> o.proxies(Proxies.NONE.with("all", "http://two")));
		get(URL, auth, adapter, again);
		assertThat(adapter.sent).hasSize(9);
		assertThat(adapter.sent.get(8).authorization()).contains("nonce=\"nonce2\"");
	}

	@Test
	@DisplayName("131, 140: a redirect to the same origin gets an answer for its own method and target")
	void redirectToTheSameOriginGetsItsOwnAnswer() {
		HttpDigestAuth auth = new HttpDigestAuth("u", "p");
		DigestServer server = new DigestServer("u", "p");
		MemoryAdapter adapter = MemoryAdapter.of(server);
		Response first = hop(prepare("POST", URL, auth, null, Hooks.NONE), adapter, SendOptions.DEFAULTS);
		PreparedRequest next = first.request().copy();
		next.method("GET");
		assertThat(hop(next, adapter, SendOptions.DEFAULTS).statusCode()).isEqualTo(200);
		next = next.copy();
		next.url("http://a.test/next");
		assertThat(hop(next, adapter, SendOptions.DEFAULTS).statusCode()).isEqualTo(200);
		assertThat(adapter.sent).hasSize(4);
		assertThat(server.replays()).isEmpty();
	}

	@Test
	@DisplayName("140: a repeated request does not reuse its count")
	void repeatedRequestUsesANewCount() {
		HttpDigestAuth auth = new HttpDigestAuth("u", "p");
		DigestServer server = new DigestServer("u", "p");
		MemoryAdapter adapter = MemoryAdapter.of(server);
		get(auth, adapter);
		PreparedRequest request = prepare("GET", URL, auth, null, Hooks.NONE);
		for (int i = 0; i < 3; i++) {
			assertThat(hop(request.copy(), adapter, SendOptions.DEFAULTS).statusCode()).isEqualTo(200);
		}
		assertThat(adapter.sent).hasSize(5);
		assertThat(server.replays()).isEmpty();
	}

	@Test
	@DisplayName("127, 140: an Authorization header that was set elsewhere is kept")
	void authorizationOfOthersIsKept() {
		HttpDigestAuth auth = new HttpDigestAuth("u", "p");
		MemoryAdapter adapter = MemoryAdapter.answering(challenged("n"), ok());
		get(auth, adapter);
		for (String value : List.of("Bearer t", "Digest username=\"u2\", realm=\"r\"")) {
			PreparedRequest request = prepare("GET", URL, auth, null, Hooks.NONE);
			request.headers().put("Authorization", value);
			hop(request, adapter, SendOptions.DEFAULTS);
			assertThat(adapter.sent.get(adapter.sent.size() - 1).authorization()).isEqualTo(value);
		}
	}

	@Test
	@DisplayName("145: bodies are rewound for the answer")
	void bodyIsRewound() {
		for (Body body : List.of(Body.of("text"), Body.of(new byte[] { 't', 'e', 'x', 't' }),
				Body.of(new ByteArrayInputStream("text".getBytes(StandardCharsets.UTF_8))))) {
			MemoryAdapter adapter = MemoryAdapter.answering(challenged("n"), ok());
			PreparedRequest request = prepare("POST", URL, new HttpDigestAuth("u", "p"), body, Hooks.NONE);
			assertThat(hop(request, adapter, SendOptions.DEFAULTS).statusCode()).isEqualTo(200);
			assertThat(adapter.sent).extracting(Sent::body).containsExactly("text", "text");
		}
	}

	@Test
	@DisplayName("145: a body that cannot be sent again is rejected, never sent empty")
	void unrewindableBodyFails() {
		MemoryAdapter adapter = MemoryAdapter.answering(challenged("n"), ok());
		PreparedRequest request = prepare("POST", URL, new HttpDigestAuth("u", "p"),
				Body.of(List.of("a", "b").iterator()), Hooks.NONE);
		assertThatExceptionOfType(UnrewindableBodyException.class)
			.isThrownBy(() -> hop(request, adapter, SendOptions.DEFAULTS))
			.satisfies((ex) -> {
				assertThat(ex.response()).isNotNull();
				assertThat(ex.response().statusCode()).isEqualTo(401);
				assertThat(ex.request()).isNotNull();
			});
		assertThat(adapter.sent).hasSize(1);
	}

	@Test
	@DisplayName("140: 64 threads that share one auth never use a count twice")
	void manyThreadsNeverReuseACount() throws Exception {
		HttpDigestAuth auth = new HttpDigestAuth("u", "p");
		DigestServer server = new DigestServer("u", "p", 100);
		MemoryAdapter adapter = MemoryAdapter.of(server);
		ExecutorService pool = Executors.newFixedThreadPool(64);
		try {
			CountDownLatch start = new CountDownLatch(1);
			List<Future<Integer>> results = new ArrayList<>();
			for (int i = 0; i < 64; i++) {
				String url = "http://a.test/" + i;
				results.add(pool.submit(() -> {
					start.await();
					int welcome = 0;
					for (int call = 0; call < 50; call++) {
						welcome += (get(url, auth, adapter, SendOptions.DEFAULTS).statusCode() == 200) ? 1 : 0;
					}
					return welcome;
				}));
			}
			start.countDown();
			for (Future<Integer> result : results) {
				assertThat(result.get()).isEqualTo(50);
			}
		}
		finally {
			pool.shutdownNow();
		}
		assertThat(server.replays()).isEmpty();
	}

	@Test
	@DisplayName("140: the stored state is bounded")
	void storedStateIsBounded() {
		HttpDigestAuth auth = new HttpDigestAuth("u", "p");
		for (int i = 0; i < 300; i++) {
			get("http://h" + i + ".test/", auth, MemoryAdapter.answering(challenged("n"), ok()), SendOptions.DEFAULTS);
		}
		MemoryAdapter adapter = MemoryAdapter.answering(ok());
		get("http://h0.test/", auth, adapter, SendOptions.DEFAULTS);
		get("http://h299.test/", auth, adapter, SendOptions.DEFAULTS);
		assertThat(adapter.sent.get(0).authorization()).isNull();
		assertThat(adapter.sent.get(1).authorization()).isNotNull();
	}

}
