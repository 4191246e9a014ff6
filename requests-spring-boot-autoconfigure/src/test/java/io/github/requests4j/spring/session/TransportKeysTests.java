package io.github.requests4j.spring.session;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.Buffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.core.env.MapPropertySource;

import io.github.requests4j.Session;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.ContentDecodingException;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.ReadTimeoutException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.RetryException;
import io.github.requests4j.http.SslException;
import io.github.requests4j.spring.MockServers;
import io.github.requests4j.spring.internal.session.LiveSessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The keys of retries, pools, redirects and limits, and their effect on the wire.
 */
@ExtendWith(MockServers.class)
class TransportKeysTests {

	private final MockWebServer server = new MockWebServer();

	private final AtomicInteger attempts = new AtomicInteger();

	@ParameterizedTest
	@CsvSource({ "max-retries.total, 3", "max-retries.connect, 3" })
	@DisplayName("total and connect limit the attempts to connect")
	void connectAttemptsAreLimited(String key, int attempts) throws IOException {
		int port;
		try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			port = nobody.getLocalPort();
		}
		run((session) -> {
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> session.get("http://127.0.0.1:" + port + "/"));
			assertThat(this.attempts).hasValue(attempts);
		}, "adapter." + key + "=2");
	}

	@ParameterizedTest
	@CsvSource({ "GET, 3, max-retries.read=2", "POST, 1, max-retries.read=2",
			"POST, 3, max-retries.allowed-methods=POST", "GET, 1, max-retries.allowed-methods=POST",
			"GET, 1, max-retries.read=0" })
	@DisplayName("read and allowed-methods count the attempts to get a response")
	void readRetriesAreLimited(String method, int attempts, String property) {
		for (int i = 0; i < 4; i++) {
			this.server.enqueue(new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
		}
		run((session) -> {
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> session.request(method, "/"));
			assertThat(this.attempts).hasValue(attempts);
		}, "adapter.max-retries.total=2", "adapter." + property);
	}

	@ParameterizedTest
	@CsvSource({ "status=1, 2", "status=0, 1", "total=2, 3" })
	@DisplayName("status limits the retries by status, and raise-on-status decides how they end")
	void statusRetriesAreLimited(String property, int attempts) {
		for (int i = 0; i < 8; i++) {
			this.server.enqueue(new MockResponse.Builder().code(500).build());
		}
		String[] properties = { "adapter.max-retries.total=5", "adapter.max-retries." + property,
				"adapter.max-retries.status-forcelist=500" };
		run((session) -> {
			Response last = session.get("/");
			assertThat(last.statusCode()).isEqualTo(500);
			assertThat(last.attempts()).hasSize(attempts - 1);
			assertThat(this.attempts.getAndSet(0)).isEqualTo(attempts);
		}, properties);
		run((session) -> {
			assertThatExceptionOfType(RetryException.class).isThrownBy(() -> session.get("/"))
				.satisfies((ex) -> assertThat(ex.response().statusCode()).isEqualTo(500));
			assertThat(this.attempts).hasValue(attempts);
		}, properties[0], properties[1], properties[2], "adapter.max-retries.raise-on-status=true");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "false", "FALSE" })
	@DisplayName("max-retries of a session disables an inherited policy, for statuses and failures")
	void inheritedRetriesCanBeDisabled(String off) {
		this.server.enqueue(new MockResponse.Builder().code(500).build());
		this.server.enqueue(new MockResponse.Builder().code(503).addHeader("Retry-After", "0").build());
		this.server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
		Map<String, Object> defaults = Map.of("requests.defaults.adapter.max-retries.total", "3",
				"requests.defaults.adapter.max-retries.status-forcelist", "500",
				"requests.defaults.adapter.max-retries.raise-on-status", "true");
		runWith(defaults, (session) -> {
			assertThat(session.get("/").statusCode()).isEqualTo(500);
			assertThat(session.get("/").statusCode()).isEqualTo(503);
			assertThatExceptionOfType(ReadTimeoutException.class).isThrownBy(() -> session.get("/"));
			assertThat(this.attempts).hasValue(3);
		}, "adapter.max-retries=" + off, "read-timeout=300ms");
	}

	@Test
	@DisplayName("other limits the retries of failures other than connecting and reading, such as TLS")
	void otherRetriesAreLimited() throws IOException {
		try (MockWebServer stranger = new MockWebServer()) {
			stranger.useHttps(new HandshakeCertificates.Builder()
				.heldCertificate(new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build())
				.build()
				.sslContext()
				.getSocketFactory());
			stranger.start();
			run((session) -> {
				assertThatExceptionOfType(SslException.class)
					.isThrownBy(() -> session.get("https://127.0.0.1:" + stranger.getPort() + "/"));
				assertThat(this.attempts).hasValue(2);
			}, "adapter.max-retries.total=5", "adapter.max-retries.other=1");
		}
	}

	@Test
	@DisplayName("redirect belongs to the policy, but sessions follow redirects themselves, as in requests")
	void redirectIsIgnoredBySessions() {
		this.server.enqueue(new MockResponse.Builder().code(302).addHeader("Location", "/next").build());
		this.server.enqueue(new MockResponse.Builder().body("there").build());
		run((session) -> assertThat(session.get("/").text()).isEqualTo("there"), "adapter.max-retries.total=1",
				"adapter.max-retries.redirect=0");
	}

	@Test
	@DisplayName("backoff-factor, backoff-max and backoff-jitter set pauses that count towards the deadline")
	void backoffPausesAreBoundedByTheDeadline() {
		for (int i = 0; i < 9; i++) {
			this.server.enqueue(new MockResponse.Builder().code(500).build());
		}
		String[] properties = { "deadline=20s", "adapter.max-retries.total=2",
				"adapter.max-retries.status-forcelist=500", "adapter.max-retries.backoff-factor=30s" };
		run((session) -> {
			assertThatExceptionOfType(RequestException.class).isThrownBy(() -> session.get("/"))
				.withMessageContaining("the next attempt would start in 60s");
		}, properties);
		run((session) -> assertThat(session.get("/").attempts()).hasSize(2), properties[0], properties[1],
				properties[2], properties[3], "adapter.max-retries.backoff-max=1ms");
		run((session) -> assertThatExceptionOfType(RequestException.class).isThrownBy(() -> session.get("/"))
			.withMessageContaining("the next attempt would start in "), properties[0], properties[1], properties[2],
				"adapter.max-retries.backoff-factor=1ms", "adapter.max-retries.backoff-jitter=1000h",
				"adapter.max-retries.backoff-max=1000h");
	}

	@Test
	@DisplayName("respect-retry-after-header can be disabled")
	void retryAfterCanBeIgnored() {
		for (int i = 0; i < 2; i++) {
			this.server.enqueue(new MockResponse.Builder().code(503).addHeader("Retry-After", "0").build());
			this.server.enqueue(new MockResponse.Builder().body("back").build());
		}
		run((session) -> assertThat(session.get("/").text()).isEqualTo("back"), "adapter.max-retries.total=1");
		run((session) -> assertThat(session.get("/").statusCode()).isEqualTo(503), "adapter.max-retries.total=1",
				"adapter.max-retries.respect-retry-after-header=false");
	}

	@Test
	@DisplayName("retry-after-max limits the pause that a server requests")
	void retryAfterIsLimited() {
		this.server.enqueue(new MockResponse.Builder().code(503).addHeader("Retry-After", "3600").build());
		this.server.enqueue(new MockResponse.Builder().body("back").build());
		run((session) -> assertThat(session.get("/").text()).isEqualTo("back"), "adapter.max-retries.total=1",
				"adapter.max-retries.retry-after-max=1ms");
	}

	@ParameterizedTest
	@ValueSource(strings = { "adapter.pool-idle-timeout=1ms", "adapter.pool-time-to-live=1ms" })
	@DisplayName("pool-idle-timeout and pool-time-to-live close connections")
	void idleAndOldConnectionsAreClosed(String property) {
		for (int i = 0; i < 2; i++) {
			this.server.enqueue(new MockResponse.Builder().build());
		}
		run((session) -> {
			session.get("/");
			long since = System.nanoTime();
			await().until(() -> System.nanoTime() - since > Duration.ofMillis(2).toNanos());
			session.get("/");
			assertThat(take().getConnectionIndex()).isNotEqualTo(take().getConnectionIndex());
		}, property);
	}

	@ParameterizedTest
	@CsvSource({ "false, true", "true, false" })
	@DisplayName("redirect.strict also drops credentials when http becomes https on the same host")
	void strictRedirectsDropCredentialsForHttps(boolean strict, boolean kept) {
		this.server
			.enqueue(new MockResponse.Builder().code(302).addHeader("Location", "https://a.example/next").build());
		run((session) -> {
			Response response = session.get("/", (options) -> options.allowRedirects(false));
			PreparedRequest next = response.next();
			assertThat(next).isNotNull();
			assertThat(next.headers().containsKey("Authorization")).isEqualTo(kept);
		}, "base-url=http://a.example", "proxies.http=" + this.server.url("/"), "auth.username=u", "auth.password=p",
				"redirect.strict=" + strict);
	}

	@Test
	@DisplayName("limits.max-header-bytes limits the head of a response")
	void headBytesAreLimited() {
		this.server.enqueue(new MockResponse.Builder().addHeader("X-Long", "x".repeat(3000)).build());
		run((session) -> assertThatExceptionOfType(RequestException.class).isThrownBy(() -> session.get("/"))
			.withMessageContaining("2048"), "limits.max-header-bytes=2KB");
	}

	@Test
	@DisplayName("limits.max-line limits a streamed line")
	void streamedLinesAreLimited() {
		this.server.enqueue(new MockResponse.Builder().body("x".repeat(3000)).build());
		run((session) -> {
			Response response = session.get("/", (options) -> options.stream(true));
			assertThat(response.limits().maxEvent()).isEqualTo(3072);
			assertThatExceptionOfType(ContentDecodingException.class).isThrownBy(() -> response.lines().toList())
				.withMessageContainingAll("2048", "limits.max-line")
				.withMessageNotContaining("maxLine");
		}, "limits.max-line=2KB", "limits.max-event=3KB");
	}

	@ParameterizedTest
	@ValueSource(strings = { "limits.max-decoded=1KB", "limits.max-decode-ratio=10" })
	@DisplayName("limits.max-decoded and limits.max-decode-ratio limit decoded bodies")
	void decodedBodiesAreLimited(String property) throws IOException {
		for (int i = 0; i < 2; i++) {
			this.server.enqueue(new MockResponse.Builder().addHeader("Content-Encoding", "gzip")
				.body(gzip(new byte[4_000_000]))
				.build());
		}
		run((session) -> assertThat(session.get("/").content()).hasSize(4_000_000));
		run((session) -> assertThatExceptionOfType(ContentDecodingException.class)
			.isThrownBy(() -> session.get("/").content()), property);
	}

	@ParameterizedTest
	@CsvSource({ "20%, 69", "20, 69", "100%, 109", "1%, 60", "off, 150", "false, 150", "OFF, 150" })
	@DisplayName("retry-budget limits the retries of all transports of the session together")
	void retryBudgetLimitsAllTransportsOfTheSession(String budget, int requests) {
		for (int i = 0; i < 150; i++) {
			this.server.enqueue(new MockResponse.Builder().code(503).build());
		}
		String policy = "max-retries.status-forcelist=503";
		String elsewhere = "adapters[http://localhost/].";
		run((session) -> {
			for (int i = 0; i < 25; i++) {
				session.get("/");
				session.get(this.server.url("/").newBuilder().host("127.0.0.1").build().toString());
			}
			assertThat(this.attempts).hasValue(requests);
		}, "retry-budget=" + budget, "adapter.max-retries.total=2", "adapter." + policy, elsewhere + policy);
	}

	@Test
	@DisplayName("each session has its own retry budget")
	void eachSessionHasItsOwnRetryBudget() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(RequestsAutoConfiguration.class))
			.withPropertyValues("requests.defaults.retry-budget=5%", "requests.sessions.one.stream=false",
					"requests.sessions.two.stream=false", "requests.sessions.three.retry-budget=30%")
			.run((context) -> {
				LiveSessions live = context.getBean(LiveSessions.class);
				assertThat(live.retryBudget("one")).isSameAs(live.retryBudget("one"))
					.isNotSameAs(live.retryBudget("two"));
				assertThat(live.retryBudget("two").percent()).isEqualTo(5);
				assertThat(live.retryBudget("three").percent()).isEqualTo(30);
			});
	}

	@ParameterizedTest
	@CsvSource({ "0.2, neither a percentage", "much, neither a percentage", "0%, between 1 and 100 percent",
			"150%, between 1 and 100 percent", "-5%, neither a percentage" })
	@DisplayName("a retry-budget that is not a percentage fails the start")
	void invalidRetryBudgetIsRejected(String budget, String problem) {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, DefaultSessionAutoConfiguration.class))
			.withPropertyValues("requests.sessions.s.retry-budget=" + budget)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining(problem));
	}

	private static Buffer gzip(byte[] bytes) throws IOException {
		Buffer target = new Buffer();
		try (GZIPOutputStream out = new GZIPOutputStream(target.outputStream())) {
			out.write(bytes);
		}
		return target;
	}

	private RecordedRequest take() {
		try {
			RecordedRequest request = this.server.takeRequest(5, TimeUnit.SECONDS);
			assertThat(request).as("a request").isNotNull();
			return request;
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	/** Counts what goes over the network. */
	private ExchangeListener.Scope count(Exchange exchange) {
		this.attempts.incrementAndGet();
		return new ExchangeListener.Scope() {
		};
	}

	private void run(Consumer<Session> test, String... properties) {
		runWith(Map.of(), test, properties);
	}

	private void runWith(Map<String, Object> defaults, Consumer<Session> test, String... properties) {
		Map<String, Object> map = new LinkedHashMap<>(defaults);
		map.put("requests.sessions.s.base-url", this.server.url("/").toString());
		for (String property : properties) {
			String[] pair = property.split("=", 2);
			map.put("requests.sessions.s." + pair[0], pair[1]);
		}
		ContextConsumer<AssertableApplicationContext> body = (context) -> {
			assertThat(context).hasNotFailed();
			test.accept(context.getBean(Session.class));
		};
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, RequestsAutoConfiguration.class,
					DefaultSessionAutoConfiguration.class))
			.withBean(SessionCustomizer.class, () -> (name, builder) -> builder.listener(this::count))
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addLast(new MapPropertySource("map", map)))
			.run(body);
	}

}
