package io.github.requests4j;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.Retry;
import io.github.requests4j.auth.HttpDigestAuth;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.testserver.RawConversation;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class IdempotencyKeyTests {

	private static final String KEY = "Idempotency-Key";

	private static final Retry ONCE_BY_STATUS = Retry.builder().total(1).statusForcelist(List.of(503)).build();

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PATCH", "post" })
	void eachCallHasItsOwnKey(String method) throws Exception {
		try (TestHttpServer server = TestHttpServer.echo(); Session session = session(Retry.of(0))) {
			session.request(method, server.url("/"), (options) -> options.data("x"));
			session.request(method, server.url("/"));
			List<String> keys = keys(server.requests());
			assertThat(keys).doesNotHaveDuplicates().allSatisfy((key) -> assertThat(UUID.fromString(key)).isNotNull());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PURGE" })
	void otherMethodsHaveNoKey(String method) throws Exception {
		try (TestHttpServer server = TestHttpServer.echo(); Session session = session(Retry.of(0))) {
			session.request(method, server.url("/"));
			assertThat(keys(server.requests())).containsOnlyNulls();
		}
	}

	@Test
	void noKeyIsSentByDefault() throws Exception {
		try (TestHttpServer server = TestHttpServer.echo(); Session session = Session.create()) {
			session.post(server.url("/"));
			assertThat(keys(server.requests())).containsOnlyNulls();
		}
	}

	@Test
	void keyOfTheCallerWinsAndNullOmitsIt() throws Exception {
		try (TestHttpServer server = TestHttpServer.echo(); Session session = session(Retry.of(0))) {
			session.post(server.url("/"), (options) -> options.header("idempotency-key", "order-1"));
			session.post(server.url("/"), (options) -> options.header(KEY, null));
			assertThat(keys(server.requests())).containsExactly("order-1", null);
		}
	}

	@Test
	void derivedSessionKeepsTheSetting() throws Exception {
		try (TestHttpServer server = TestHttpServer.echo();
				Session session = session(Retry.of(0));
				Session derived = session.derive((builder) -> builder.header("X-A", "1"))) {
			derived.post(server.url("/"));
			session.update((builder) -> builder.idempotencyKeys(false));
			session.post(server.url("/"));
			assertThat(keys(server.requests())).hasSize(2).doesNotHaveDuplicates().contains((String) null);
		}
	}

	@Test
	void statusIsRetriedWithTheSameKey() throws Exception {
		try (TestHttpServer server = failingOnce(); Session session = session(ONCE_BY_STATUS)) {
			assertThat(session.post(server.url("/"), (options) -> options.data("pay")).statusCode()).isEqualTo(200);
			assertSameKey(server.requests(), 2);
			assertThat(server.lastRequest().bodyText()).isEqualTo("pay");
		}
	}

	@Test
	void keyOfTheCallerAllowsRetries() throws Exception {
		try (TestHttpServer server = failingOnce();
				HttpAdapter adapter = HttpAdapter.builder().maxRetries(ONCE_BY_STATUS).build();
				Session session = Session.builder().mount("http://", adapter).build()) {
			assertThat(session.post(server.url("/"), (options) -> options.data("a").header(KEY, "1")).statusCode())
				.isEqualTo(200);
			assertSameKey(server.requests(), 2);
		}
		try (TestHttpServer server = failingOnce();
				HttpAdapter adapter = HttpAdapter.builder().maxRetries(ONCE_BY_STATUS).build();
				Session session = Session.builder().mount("http://", adapter).build()) {
			assertThat(session.post(server.url("/")).statusCode()).as("without a key").isEqualTo(503);
		}
	}

	@Test
	void explicitMethodsTakePrecedence() throws Exception {
		Retry getOnly = ONCE_BY_STATUS.toBuilder().allowedMethods(List.of("GET")).build();
		try (TestHttpServer server = failingOnce(); Session session = session(getOnly)) {
			assertThat(session.post(server.url("/")).statusCode()).isEqualTo(503);
		}
	}

	@Test
	void brokenConnectionIsRetriedWithTheSameKey() throws Exception {
		AtomicInteger count = new AtomicInteger();
		try (RawServer server = RawServer.start((conversation) -> {
			conversation.readRequest();
			if (count.getAndIncrement() == 1) {
				conversation.respond(200, "paid");
			}
		}); Session session = session(Retry.of(1))) {
			assertThat(session.post(server.url("/"), (options) -> options.data("pay")).text()).isEqualTo("paid");
			assertSameKey(server.requests(), 2);
		}
	}

	@Test
	void unrewindableBodyIsNotRetried() throws Exception {
		InputStream once = new InputStream() {

			private final InputStream bytes = new ByteArrayInputStream(new byte[100]);

			@Override
			public int read() throws IOException {
				return this.bytes.read();
			}
		};
		try (RawServer server = RawServer.start(RawConversation::readRequest); Session session = session(Retry.of(3))) {
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> session.post(server.url("/"), (options) -> options.data(Body.of(once))));
			assertThat(server.requests()).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 307, 308 })
	void redirectsThatKeepTheMethodKeepTheKey(int status) throws Exception {
		try (TestHttpServer server = redirecting(status); Session session = session(Retry.of(0))) {
			session.post(server.url("/start"), (options) -> options.data("pay"));
			assertThat(server.lastRequest().method()).isEqualTo("POST");
			assertSameKey(server.requests(), 2);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 303 })
	void redirectsThatBecomeAGetDropTheKey(int status) throws Exception {
		try (TestHttpServer server = redirecting(status); Session session = session(Retry.of(0))) {
			session.post(server.url("/start"), (options) -> options.data("pay"));
			assertThat(server.lastRequest().method()).isEqualTo("GET");
			assertThat(server.lastRequest().header(KEY)).isNull();
		}
	}

	@Test
	void answerToAChallengeHasTheSameKey() throws Exception {
		try (TestHttpServer server = TestHttpServer.start((request) -> (request.header("Authorization") == null)
				? Reply.of(401, "", "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\"")
				: Reply.ok("paid")); Session session = session(Retry.of(0))) {
			session.post(server.url("/"), (options) -> options.data("pay").auth(new HttpDigestAuth("u", "p")));
			assertSameKey(server.requests(), 2);
		}
	}

	@Test
	void untrustedOriginReceivesNoKey() throws Exception {
		try (TestHttpServer server = TestHttpServer.echo();
				Session session = session(Retry.of(0), (builder) -> builder.baseUrl("http://a.example/"))) {
			session.post(server.url("/"));
			assertThat(keys(server.requests())).containsOnlyNulls();
		}
	}

	@Test
	void preparedRequestKeepsItsKey() throws Exception {
		try (TestHttpServer server = TestHttpServer.echo(); Session session = session(Retry.of(0))) {
			PreparedRequest prepared = session.prepare("POST", server.url("/"), (options) -> options.data("pay"));
			session.send(prepared);
			session.send(prepared);
			assertSameKey(server.requests(), 2);
		}
	}

	private static void assertSameKey(List<RawRequest> requests, int count) {
		List<String> keys = keys(requests);
		assertThat(keys).hasSize(count).doesNotContainNull();
		assertThat(keys.stream().distinct()).hasSize(1);
	}

	private static List<String> keys(List<RawRequest> requests) {
		Function<RawRequest, String> key = (request) -> request.header(KEY);
		return requests.stream().map(key).toList();
	}

	private static Session session(Retry retry) {
		return session(retry, (builder) -> builder.stream(false));
	}

	private static Session session(Retry retry, Consumer<Session.Builder> settings) {
		Session.Builder builder = Session.builder()
			.mount("http://", HttpAdapter.builder().maxRetries(retry).build())
			.idempotencyKeys(true);
		settings.accept(builder);
		return builder.build();
	}

	private static TestHttpServer failingOnce() throws Exception {
		AtomicInteger count = new AtomicInteger();
		return TestHttpServer
			.start((request) -> (count.getAndIncrement() == 0) ? Reply.of(503, "busy") : Reply.ok("paid"));
	}

	private static TestHttpServer redirecting(int status) throws Exception {
		return TestHttpServer
			.start((request) -> request.target().equals("/start") ? Reply.redirect(status, "/end") : Reply.ok("paid"));
	}

}
