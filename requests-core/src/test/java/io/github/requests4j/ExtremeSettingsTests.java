package io.github.requests4j;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.adapters.EgressRules;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.Retry;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.ContentDecodingException;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.Hooks;
import io.github.requests4j.http.HostResolver;
import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.Limits;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Extreme settings, and misbehaving code of the caller: nothing overflows, hangs or leaks
 * a connection.
 */
class ExtremeSettingsTests {

	private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

	@Test
	@DisplayName("the longest possible duration is accepted everywhere")
	void longestDurationIsAcceptedEverywhere() throws IOException {
		Retry retry = Retry.builder()
			.total(1)
			.backoffFactor(FOREVER)
			.backoffMax(FOREVER)
			.retryAfterMax(FOREVER)
			.build();
		HttpAdapter adapter = Loopback.adapter()
			.poolBlock(true)
			.poolMaxsize(1)
			.poolTimeout(FOREVER)
			.poolIdleTimeout(FOREVER)
			.poolTimeToLive(FOREVER)
			.maxRetries(retry)
			.build();
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok("fine"));
				Session session = Loopback.session(adapter).timeout(FOREVER).deadline(FOREVER).build()) {
			for (int i = 0; i < 2; i++) {
				Response response = session.post(server.url("/"),
						(request) -> request.data("x".repeat(100_000))
							.header("Expect", "100-continue")
							.timeout(FOREVER)
							.deadline(FOREVER));
				assertThat(response.text()).isEqualTo("fine");
			}
			assertThat(server.connectionCount()).isOne();
		}
		assertThat(Deadline.after(FOREVER).hasPassed()).isFalse();
		assertThat(Deadline.nanos(FOREVER.negated())).isNegative();
		assertThat(Deadline.nanos(Duration.ofNanos(5))).isEqualTo(5);
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT-1S", "PT-2562047788015215H" })
	@DisplayName("205: zero and negative limits are rejected when they are set")
	void limitsMustBePositive(Duration limit) {
		assertThatIllegalArgumentException().isThrownBy(() -> Timeouts.of(limit));
		assertThatIllegalArgumentException().isThrownBy(() -> Deadline.after(limit));
		assertThatIllegalArgumentException().isThrownBy(() -> Session.builder().timeout(limit).build());
		assertThatIllegalArgumentException().isThrownBy(() -> Session.builder().deadline(limit).build());
		assertThatIllegalArgumentException().isThrownBy(() -> HttpAdapter.builder().poolTimeout(limit).build());
		assertThatIllegalArgumentException().isThrownBy(() -> HttpAdapter.builder().poolIdleTimeout(limit).build());
		assertThatIllegalArgumentException().isThrownBy(() -> HttpAdapter.builder().poolTimeToLive(limit).build());
		if (limit.isNegative()) {
			assertThatIllegalArgumentException().isThrownBy(() -> Retry.builder().backoffFactor(limit));
			assertThatIllegalArgumentException().isThrownBy(() -> Retry.builder().backoffMax(limit));
			assertThatIllegalArgumentException().isThrownBy(() -> Retry.builder().backoffJitter(limit));
			assertThatIllegalArgumentException().isThrownBy(() -> Retry.builder().retryAfterMax(limit));
		}
		try (Session session = Session.builder().build()) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> session.get("http://a.example/", (request) -> request.timeout(limit)));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> session.get("http://a.example/", (request) -> request.deadline(limit)));
		}
	}

	static List<HostResolver> badResolvers() {
		return List.of((host) -> null, (host) -> List.of(), (host) -> Arrays.asList((InetAddress) null), (host) -> {
			throw new IllegalStateException("resolver");
		});
	}

	@ParameterizedTest
	@MethodSource("badResolvers")
	@DisplayName("a resolver that finds nothing is a connection error, with and without a limit and rules")
	void resolverThatFindsNothingIsAConnectionError(HostResolver resolver) {
		for (EgressRules rules : Arrays.asList(null, EgressRules.builder().deny("10.0.0.0/8").build())) {
			HttpAdapter.Builder builder = HttpAdapter.builder().hostResolver(resolver);
			HttpAdapter adapter = ((rules != null) ? builder.egress(rules) : builder).build();
			try (Session session = Loopback.session(adapter).build()) {
				assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> session.get("http://a.example/"));
				assertThatExceptionOfType(ConnectionException.class).isThrownBy(
						() -> session.get("http://a.example/", (request) -> request.timeout(Duration.ofSeconds(9))));
				assertThat(adapter.poolStatistics().leased()).isZero();
			}
		}
	}

	@Test
	@DisplayName("a host behind a proxy that cannot be resolved does not bypass the egress rules")
	void unknownHostDoesNotBypassTheEgressRules() {
		HttpAdapter adapter = HttpAdapter.builder()
			.hostResolver((host) -> List.of())
			.egress(EgressRules.builder().deny("10.0.0.0/8").build())
			.build();
		try (Session session = Loopback.session(adapter).proxy("http", "http://127.0.0.1:1").build()) {
			assertThatExceptionOfType(RequestException.class).isThrownBy(() -> session.get("http://a.example/"))
				.withMessageContaining("cannot be checked");
		}
	}

	/** Records what happens, and fails where it is configured to. */
	private record Watcher(String name, String failing, List<String> log) implements ExchangeListener {

		@Override
		public Scope begin(Exchange exchange) {
			step("begin");
			return new Scope() {
				@Override
				public void responded(Response response, Duration elapsed) {
					step("responded");
				}

				@Override
				public void failed(RequestException error, Duration elapsed) {
					step("failed");
				}
			};
		}

		private void step(String step) {
			this.log.add(this.name + " " + step);
			if (this.failing.equals(step)) {
				throw new AssertionError(this.name);
			}
		}

	}

	private static List<String> watched(String url, String... failing) {
		List<String> log = new CopyOnWriteArrayList<>();
		Hooks hooks = Hooks.NONE;
		for (int i = 0; i < failing.length; i++) {
			hooks = hooks.with(new Watcher("" + (char) ('a' + i), failing[i], log));
		}
		HttpAdapter adapter = Loopback.adapter().build();
		try (Session session = Loopback.session(adapter).hooks(hooks).build()) {
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> session.get(url));
			assertThat(adapter.poolStatistics().leased()).isZero();
		}
		return log;
	}

	@Test
	@DisplayName("an error of a listener leaves no scope of another open")
	void failingListenerLeavesNoScopeOpen() throws IOException {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok("fine"))) {
			String url = server.url("/");
			assertThat(watched(url, "", "begin", "")).containsExactly("a begin", "b begin", "a failed");
			assertThat(watched(url, "responded", "", "responded")).containsExactly("a begin", "b begin", "c begin",
					"a responded", "b responded", "c responded");
		}
		assertThat(watched("http://127.0.0.1:1/", "failed", "")).containsExactly("a begin", "b begin", "a failed",
				"b failed");
	}

	/** How an interceptor or a hook replaces a response, which it may drop. */
	private enum Dropping {

		/** Returns another response. */
		REPLACE((response) -> Response.builder(200)
			.request(response.request())
			.raw(new ByteArrayInputStream("own".getBytes(StandardCharsets.US_ASCII)))
			.build(), "own"),

		/** Returns another response that has no body. */
		EMPTY((response) -> Response.builder(200).request(response.request()).build(), ""),

		/** Returns a copy that reads from the response. */
		COPY((response) -> response.toBuilder().reason("Fine").build(), "x".repeat(1000)),

		/** Returns a response whose body comes from the other one. */
		WRAP((response) -> Response.builder(200).request(response.request()).raw(response.bodyStream()).build(),
				"x".repeat(1000)),

		/** Returns the response. */
		KEEP((response) -> response, "x".repeat(1000)),

		/** Throws. */
		THROW((response) -> {
			throw new IllegalStateException("dropped");
		}, null);

		private final Function<Response, Response> change;

		private final @Nullable String body;

		Dropping(Function<Response, Response> change, @Nullable String body) {
			this.change = change;
			this.body = body;
		}

	}

	private static void dropping(Dropping dropping, boolean hook, boolean stream) throws IOException {
		HttpAdapter adapter = Loopback.adapter().build();
		Session.Builder builder = Loopback.session(adapter).stream(stream);
		if (hook) {
			builder.hook((response, options) -> dropping.change.apply(response));
		}
		else {
			builder.interceptor((request, options, chain) -> dropping.change.apply(chain.proceed(request, options)));
		}
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok("x".repeat(1000)));
				Session session = builder.build()) {
			if (dropping.body == null) {
				assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> session.get(server.url("/")));
			}
			else {
				try (Response response = session.get(server.url("/"))) {
					assertThat(response.text()).isEqualTo(dropping.body);
				}
			}
			assertThat(adapter.poolStatistics().leased()).as("%s, hook %s, stream %s", dropping, hook, stream).isZero();
		}
	}

	@Test
	@DisplayName("a response that a hook or an interceptor drops releases its connection")
	void droppedResponseReleasesItsConnection() throws IOException {
		for (Dropping dropping : Dropping.values()) {
			for (boolean stream : new boolean[] { true, false }) {
				dropping(dropping, true, stream);
				dropping(dropping, false, stream);
			}
		}
	}

	@Test
	@DisplayName("an interceptor that calls several times keeps only the connection of the response it returns")
	void repeatingInterceptorKeepsOneConnection() throws IOException {
		HttpAdapter adapter = Loopback.adapter().build();
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok("x".repeat(1000)));
				Session session = Loopback.session(adapter).stream(true).interceptor((request, options, chain) -> {
					Response first = chain.proceed(request.copy(), options);
					chain.proceed(request.copy(), options);
					return first;
				}).build()) {
			try (Response response = session.get(server.url("/"))) {
				assertThat(response.text()).hasSize(1000);
			}
			assertThat(adapter.poolStatistics().leased()).isZero();
			assertThat(server.requests()).hasSize(2);
		}
	}

	@Test
	@DisplayName("the body of an error that an interceptor throws can still be read")
	void bodyOfAnErrorFromAnInterceptorIsReadable() throws IOException {
		HttpAdapter adapter = Loopback.adapter().build();
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.of(418, "why"));
				Session session = Loopback.session(adapter)
					.stream(true)
					.interceptor((request, options, chain) -> chain.proceed(request, options).raiseForStatus())
					.build()) {
			assertThatExceptionOfType(HttpException.class).isThrownBy(() -> session.get(server.url("/")))
				.satisfies((ex) -> assertThat(ex.response().text()).isEqualTo("why"));
			assertThat(adapter.poolStatistics().leased()).isZero();
		}
	}

	@Test
	@DisplayName("streamed lines are limited; lines in memory are not")
	void streamedLinesAreLimited() throws IOException {
		HttpAdapter adapter = Loopback.adapter().limits(Limits.DEFAULTS.withLines(2000, -1)).build();
		List<Function<Response, Object>> readers = List.of((response) -> all(response.iterLines()),
				(response) -> all(response.iterLines(700, ";".getBytes(StandardCharsets.US_ASCII))),
				(response) -> all(response.iterTextLines()), (response) -> all(response.iterTextLines(700, ";")),
				(response) -> response.lines().toList());
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply
			.ok("short\n" + "x".repeat(Integer.parseInt(request.target().substring(1))) + "\nshort\n"));
				Session session = Loopback.session(adapter).build()) {
			for (Function<Response, Object> reader : readers) {
				assertThat(reader.apply(session.get(server.url("/1980"), (request) -> request.stream(true))))
					.isNotNull();
				assertThat(reader.apply(session.get(server.url("/100000")))).isNotNull();
				Response endless = session.get(server.url("/100000"), (request) -> request.stream(true));
				assertThatExceptionOfType(ContentDecodingException.class).isThrownBy(() -> reader.apply(endless))
					.withMessageContaining("longer than maxLine (2000)")
					.withMessageContaining("maxLine")
					.satisfies((ex) -> assertThat(ex.response()).isSameAs(endless));
				assertThat(adapter.poolStatistics().leased()).isZero();
			}
			assertThat(session.get(server.url("/1")).limits().maxLine()).isEqualTo(2000);
		}
	}

	private static <T> List<T> all(java.util.Iterator<T> items) {
		List<T> all = new ArrayList<>();
		items.forEachRemaining(all::add);
		return all;
	}

	@Test
	@DisplayName("58: a range is requested without codings unless the caller has set them")
	void rangesAreRequestedWithoutCodings() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo(); Session session = Loopback.session().build()) {
			session.get(server.url("/"), (request) -> request.header("range", "bytes=5-"));
			assertThat(server.lastRequest().header("Accept-Encoding")).isEqualTo("identity");
			session.get(server.url("/"),
					(request) -> request.header("Range", "bytes=5-").header("Accept-Encoding", "br"));
			assertThat(server.lastRequest().header("Accept-Encoding")).isEqualTo("br");
			session.get(server.url("/"), (request) -> request.header("Range", null));
			assertThat(server.lastRequest().header("Accept-Encoding")).startsWith("gzip");
			session.get(server.url("/"),
					(request) -> request.header("Range", "bytes=5-").header("Accept-Encoding", null));
			assertThat(server.lastRequest().header("Accept-Encoding")).isNull();
		}
	}

	@Test
	@DisplayName("the stream of a replaced response is closed with the replacement")
	void replacedStreamIsClosedWithTheReplacement() {
		List<String> closed = new ArrayList<>();
		Response first = Response.builder(200).raw(closing(closed, "first")).build();
		Response second = Response.builder(200).raw(closing(closed, "second")).build();
		second.alsoClose(first);
		second.alsoClose(second);
		assertThat(closed).isEmpty();
		second.close();
		assertThat(closed).containsExactly("second", "first");
		Response late = Response.builder(200).raw(closing(closed, "late")).build();
		second.alsoClose(late);
		assertThat(closed).endsWith("late");
	}

	private static InputStream closing(List<String> log, String name) {
		return new ByteArrayInputStream(new byte[9]) {
			@Override
			public void close() {
				log.add(name);
			}
		};
	}

}
