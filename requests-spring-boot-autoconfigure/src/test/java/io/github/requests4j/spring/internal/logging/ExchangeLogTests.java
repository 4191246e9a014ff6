package io.github.requests4j.spring.internal.logging;

import java.util.List;
import java.util.function.Consumer;

import ch.qos.logback.classic.Level;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.requests4j.Session;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.spring.LogCapture;
import io.github.requests4j.spring.MockServers;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What sessions log, and what they never do.
 */
@ExtendWith(MockServers.class)
class ExchangeLogTests {

	private static final String WIRE = "io.github.requests4j.wire";

	private final MockWebServer server = new MockWebServer();

	@Test
	void nothingIsLoggedByDefault() {
		this.server.enqueue(new MockResponse.Builder().build());
		assertThat(logged((session) -> session.get("/"))).isEmpty();
		this.server.enqueue(new MockResponse.Builder().build());
		assertThat(logged((session) -> session.get("/"), "logging.level=none")).isEmpty();
	}

	@Test
	void basicLogsOneLineForEachExchange() {
		this.server.enqueue(new MockResponse.Builder().code(302).addHeader("Location", "/next?key=canary").build());
		this.server.enqueue(new MockResponse.Builder().build());
		List<String> lines = logged((session) -> session.get("/a?key=canary"), "logging.level=basic");
		assertThat(lines).hasSize(2);
		assertThat(lines.get(0)).matches("GET http://[^ ]+/a -> 302 in \\d+ ms");
		assertThat(lines.get(1)).matches("GET http://[^ ]+/next \\(redirect\\) -> 200 in \\d+ ms");
	}

	@Test
	void attemptsAndFailuresAreLogged() {
		this.server.enqueue(new MockResponse.Builder().onRequestStart(new SocketEffect.CloseSocket()).build());
		this.server.enqueue(new MockResponse.Builder().onRequestStart(new SocketEffect.CloseSocket()).build());
		List<String> lines = logged(
				(session) -> assertThatExceptionOfType(RequestException.class)
					.isThrownBy(() -> session.get("/?a=canary")),
				"logging.level=basic", "adapter.max-retries.total=1", "adapter.max-retries.backoff-factor=1ms");
		assertThat(lines).hasSize(2);
		assertThat(lines.get(0)).contains("-> ConnectionException in ").doesNotContain("canary");
		assertThat(lines.get(1)).contains("(attempt 2) -> ").doesNotContain("canary");
	}

	@Test
	void truncatedBodyIsLogged() {
		this.server.enqueue(new MockResponse.Builder().body("x".repeat(100_000))
			.onResponseBody(new SocketEffect.CloseSocket())
			.build());
		List<String> lines = logged(
				(session) -> assertThatExceptionOfType(RequestException.class).isThrownBy(() -> session.get("/")),
				"logging.level=basic");
		assertThat(lines).hasSize(2);
		assertThat(lines.get(1)).contains("the body could not be read");
	}

	@Test
	void headersAreMasked() {
		this.server.enqueue(new MockResponse.Builder().addHeader("Set-Cookie", "sid=canary")
			.addHeader("X-Plain", "plain")
			.addHeader("X-Listed", "canary")
			.addHeader("Location", "/x?key=canary")
			.build());
		String line = logged((session) -> session.get("/", (o) -> o.header("X-Listed", "canary").header("X-Seen", "1")),
				"logging.level=headers", "logging.masked-headers=x-listed", "headers.X-Own=canary",
				"headers.Accept=text/plain", "auth.token=canary")
			.get(0);
		assertThat(line)
			.contains("\n  > Authorization: ***", "\n  > X-Own: ***", "\n  > X-Listed: ***", "\n  > X-Seen: 1",
					"\n  > Accept: text/plain")
			.containsIgnoringCase("\n  < set-cookie: ***")
			.containsIgnoringCase("\n  < x-plain: plain")
			.containsIgnoringCase("\n  < x-listed: ***")
			.containsIgnoringCase("\n  < location: /x?***")
			.doesNotContain("canary");
	}

	@Test
	void listedHeadersAreShown() {
		this.server.enqueue(
				new MockResponse.Builder().addHeader("X-Cache-Key", "k").addHeader("X-Team-Key", "canary").build());
		String line = logged((session) -> session.get("/"), "logging.level=headers",
				"logging.shown-headers=x-team,x-sort-session,authorization", "headers.X-Team=tea",
				"headers.X-Sort-Session=s", "headers.X-Other=canary", "auth.token=canary")
			.get(0);
		assertThat(line)
			.contains("\n  > X-Team: tea", "\n  > X-Sort-Session: s", "\n  > X-Other: ***", "\n  > Authorization: ***")
			.containsIgnoringCase("\n  < x-cache-key: k")
			.containsIgnoringCase("\n  < x-team-key: ***")
			.doesNotContain("canary");
	}

	@Test
	void transportMasksTheSameHeaders() {
		this.server.enqueue(new MockResponse.Builder().addHeader("X-Listed", "canary").build());
		try (LogCapture log = new LogCapture(WIRE, Level.TRACE)) {
			call((session) -> session.get("/"), "logging.masked-headers=X-Listed", "headers.X-Own=canary");
			assertThat(log.messages()).anyMatch((line) -> line.equalsIgnoreCase("send: X-Own: ***"))
				.anyMatch((line) -> line.equalsIgnoreCase("header: X-Listed: ***"))
				.noneMatch((line) -> line.contains("canary"));
		}
	}

	@Test
	void startOfBodiesIsLoggedWithoutSecrets() {
		this.server.enqueue(new MockResponse.Builder().addHeader("Content-Type", "application/json")
			.body("{\"name\": \"tea\", \"access_token\": {\"a\": \"canary\"}, \"n\": [1, \"" + "y".repeat(10_000)
					+ "\"]}")
			.build());
		List<String> lines = logged(
				(session) -> session.post("/", (o) -> o.data(java.util.Map.of("password", "canary", "user", "me"))),
				"logging.level=body");
		assertThat(lines).hasSize(2);
		assertThat(lines.get(0)).contains("password=***", "user=me").doesNotContain("canary");
		assertThat(lines.get(1)).contains("{\"name\":\"tea\",\"access_token\":\"***\",\"n\":[1")
			.endsWith("...")
			.hasSizeLessThan(5_000)
			.doesNotContain("canary");
	}

	@Test
	void streamedAndBinaryBodiesAreNotLogged() {
		this.server.enqueue(new MockResponse.Builder().addHeader("Content-Type", "text/plain").body("later").build());
		this.server.enqueue(new MockResponse.Builder().addHeader("Content-Type", "image/png").body("bytes").build());
		List<String> lines = logged((session) -> {
			try (Response response = session.get("/", (o) -> o.stream(true))) {
				assertThat(response.text()).isEqualTo("later");
			}
			session.get("/");
		}, "logging.level=body");
		assertThat(lines.get(1)).contains("(streamed)");
		assertThat(lines.get(3)).contains("(5 bytes of image/png)");
	}

	@Test
	void lineBreaksAreEscaped() {
		this.server.enqueue(new MockResponse.Builder().addHeader("Content-Type", "text/plain")
			.body("one\r\ntwo\u001b[31m")
			.build());
		assertThat(logged((session) -> session.get("/"), "logging.level=body").get(1))
			.endsWith("\n  < one\\ntwo\\x1b[31m");
	}

	private List<String> logged(Consumer<Session> test, String... properties) {
		try (LogCapture log = new LogCapture(WIRE, Level.INFO)) {
			call(test, properties);
			return log.messages();
		}
	}

	private void call(Consumer<Session> test, String... properties) {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(RequestsAutoConfiguration.class))
			.withPropertyValues("requests.sessions.s.base-url=" + this.server.url("/"));
		for (String property : properties) {
			runner = runner.withPropertyValues("requests.sessions.s." + property);
		}
		runner.run((context) -> test.accept(context.getBean(Session.class)));
	}

}
