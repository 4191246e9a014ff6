package io.github.requests4j.adapters;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.Attempt;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.CallContext;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.ConnectTimeoutException;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.ReadTimeoutException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.RetryException;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.UnrewindableBodyException;
import io.github.requests4j.testserver.BlackHole;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * The retry policy over real connections.
 */
class RetryTests {

	private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

	private static HttpAdapter adapter(Retry retry) {
		return HttpAdapter.builder().maxRetries(retry).clock(InstantSource.fixed(NOW)).build();
	}

	/** Returns the status this many times, then succeeds. */
	private static TestHttpServer failing(int times, int status, String... headers) throws IOException {
		AtomicInteger count = new AtomicInteger();
		return TestHttpServer.start((request) -> (count.getAndIncrement() < times) ? Reply.of(status, "busy", headers)
				: Reply.ok("fine " + request.bodyText()));
	}

	@Test
	@DisplayName("201: by default nothing is retried")
	void nothingIsRetriedByDefault() throws IOException {
		try (TestHttpServer server = failing(1, 503, "Retry-After: 0");
				HttpAdapter adapter = HttpAdapter.builder().build()) {
			Response response = Calls.send(adapter, server.url("/"));
			assertThat(response.statusCode()).isEqualTo(503);
			assertThat(response.attempts()).isEmpty();
		}
		assertThat(Retry.of(0)).isEqualTo(Retry.none());
	}

	@Test
	@DisplayName("202: a refused connection is retried, for any method, and then a ConnectionException")
	void refusedConnectionIsRetriedForAnyMethod() throws IOException {
		AtomicInteger lookups = new AtomicInteger();
		int port;
		try (RawServer gone = RawServer.answering()) {
			port = gone.port();
		}
		try (HttpAdapter adapter = HttpAdapter.builder().maxRetries(2).hostResolver((host) -> {
			lookups.incrementAndGet();
			return List.of(InetAddress.getByName("127.0.0.1"));
		}).build()) {
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> adapter.send(Calls.post("http://a.example:" + port + "/", Body.of("x")),
						SendOptions.DEFAULTS))
				.withMessageStartingWith(
						"POST http://a.example:" + port + "/ failed after 3 attempts: connection refused (");
			assertThat(lookups).hasValue(3);
		}
	}

	@Test
	@DisplayName("202: a connect timeout is retried and stays a ConnectTimeoutException")
	void connectTimeoutIsRetried() throws IOException {
		List<Exchange.Kind> kinds = new ArrayList<>();
		try (BlackHole hole = BlackHole.open(); HttpAdapter adapter = adapter(Retry.of(1))) {
			SendOptions options = Calls.timeouts(Duration.ofMillis(100), null)
				.withContext(CallContext.NONE.withListeners(List.of((exchange) -> {
					kinds.add(exchange.kind());
					return new Ignoring();
				})));
			assertThatExceptionOfType(ConnectTimeoutException.class)
				.isThrownBy(() -> adapter.send(Calls.post(hole.url("http"), Body.of("x")), options))
				.withMessageContaining("/ failed after 2 attempts: connect timed out after 100ms (");
			assertThat(kinds).containsExactly(Exchange.Kind.FIRST, Exchange.Kind.RETRY);
		}
	}

	@Test
	@DisplayName("202: a dropped connection is retried for GET, not for POST")
	void droppedConnectionIsRetriedForGetOnly() throws IOException {
		AtomicInteger count = new AtomicInteger();
		try (RawServer server = RawServer.start((conversation) -> {
			conversation.readRequest();
			if (count.incrementAndGet() % 3 == 0) {
				conversation.respond(200, "third", "Connection: close");
			}
		}); HttpAdapter adapter = adapter(Retry.of(2))) {
			Response response = Calls.send(adapter, server.url("/path?secret=1"));
			assertThat(Calls.read(response)).isEqualTo("third");
			assertThat(response.attempts()).hasSize(2);
			Attempt first = response.attempts().get(0);
			assertThat(first.method()).isEqualTo("GET");
			assertThat(first.error()).isInstanceOf(ConnectionException.class);
			assertThat(first.status()).isNull();
			assertThat(first.pause()).isZero();
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> adapter.send(Calls.post(server.url("/"), Body.of("x")), SendOptions.DEFAULTS))
				.withMessageContaining("the server closed the connection without a response");
			assertThat(count).hasValue(4);
		}
	}

	@Test
	@DisplayName("202: exhausted read timeouts are a ConnectionException; that of a POST is a ReadTimeoutException")
	void exhaustedReadTimeoutsAreAConnectionError() throws IOException {
		try (RawServer server = RawServer.start((conversation) -> {
			conversation.readRequest();
			conversation.awaitClientClose();
		}); HttpAdapter adapter = adapter(Retry.of(1))) {
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> adapter.send(Calls.get(server.url("/")), Calls.readTimeout(60)))
				.withMessageStartingWith("GET " + server.url("/")
						+ " failed after 2 attempts: read timed out after 60ms while waiting for the response (")
				.withCauseInstanceOf(ReadTimeoutException.class)
				.satisfies((ex) -> assertThat(ex).isExactlyInstanceOf(ConnectionException.class));
			assertThat(server.requests()).hasSize(2);
			assertThatExceptionOfType(ReadTimeoutException.class)
				.isThrownBy(() -> adapter.send(Calls.post(server.url("/"), Body.of("x")), Calls.readTimeout(60)));
			assertThat(server.requests()).hasSize(3);
		}
	}

	@ParameterizedTest
	@CsvSource({ "413, true", "429, true", "503, true", "500, false", "502, false", "404, false" })
	@DisplayName("202: statuses are not retried, except 413, 429 and 503 with a Retry-After")
	void statusIsRetriedOnlyWithRetryAfter(int status, boolean retried) throws IOException {
		try (TestHttpServer server = failing(1, status, "Retry-After: 0");
				TestHttpServer without = failing(1, status);
				HttpAdapter adapter = adapter(Retry.of(3))) {
			assertThat(Calls.send(adapter, server.url("/")).statusCode()).isEqualTo(retried ? 200 : status);
			assertThat(Calls.send(adapter, without.url("/")).statusCode()).isEqualTo(status);
			try (HttpAdapter deaf = adapter(Retry.builder().total(3).respectRetryAfterHeader(false).build());
					TestHttpServer again = failing(1, status, "Retry-After: 0")) {
				assertThat(Calls.send(deaf, again.url("/")).statusCode()).isEqualTo(status);
			}
		}
	}

	@Test
	@DisplayName("202: the response is returned if its Retry-After retries are exhausted")
	void lastResponseIsReturnedIfRetriesAreExhausted() throws IOException {
		try (TestHttpServer server = failing(9, 503, "Retry-After: 0"); HttpAdapter adapter = adapter(Retry.of(2))) {
			Response response = Calls.send(adapter, server.url("/"));
			assertThat(response.statusCode()).isEqualTo(503);
			assertThat(response.attempts()).extracting(Attempt::status).containsExactly(503, 503);
			assertThat(server.requests()).hasSize(3);
			assertThat(server.connectionCount()).isEqualTo(1);
		}
	}

	@Test
	@DisplayName("203: a listed status is retried and then a RetryException with the last response")
	void listedStatusIsRetriedAndThenThrows() throws IOException {
		Retry retry = Retry.builder().total(2).statusForcelist(500, 502).build();
		try (TestHttpServer server = failing(2, 502);
				TestHttpServer down = failing(9, 500);
				HttpAdapter adapter = adapter(retry);
				HttpAdapter calm = adapter(retry.toBuilder().raiseOnStatus(false).build())) {
			assertThat(Calls.text(adapter, server.url("/"))).isEqualTo("fine ");
			assertThatExceptionOfType(RetryException.class).isThrownBy(() -> Calls.send(adapter, down.url("/")))
				.withMessage("GET " + down.url("/") + " failed after 3 attempts: the last response has status 500."
						+ " See the body of response(). To return that response instead of raising this exception, set"
						+ " raiseOnStatus(false).")
				.satisfies((ex) -> {
					assertThat(ex.response().statusCode()).isEqualTo(500);
					assertThat(ex.response().text()).isEqualTo("busy");
					assertThat(ex.request()).isNotNull();
				});
			assertThat(down.requests()).hasSize(3);
			assertThat(down.connectionCount()).isEqualTo(1);
			Response last = Calls.send(calm, down.url("/"));
			assertThat(last.statusCode()).isEqualTo(500);
			assertThatExceptionOfType(HttpException.class).isThrownBy(last::raiseForStatus)
				.withMessageContaining(down.url("/") + " (GET, 3 attempts). ");
			assertThat(adapter.poolStatistics().leased()).isZero();
		}
	}

	@Test
	@DisplayName("203: a POST is not retried by status unless it is allowed")
	void postIsRetriedByStatusOnlyIfAllowed() throws IOException {
		Retry retry = Retry.builder().total(2).statusForcelist(500).build();
		try (TestHttpServer server = failing(1, 500);
				TestHttpServer other = failing(1, 500);
				HttpAdapter adapter = adapter(retry);
				HttpAdapter bold = adapter(retry.toBuilder().allowedMethods(Set.of("post")).build())) {
			assertThat(adapter.send(Calls.post(server.url("/"), Body.of("x")), SendOptions.DEFAULTS).statusCode())
				.isEqualTo(500);
			assertThat(Calls.text(bold, Calls.post(other.url("/"), Body.of("x")))).isEqualTo("fine x");
			assertThat(other.requests()).hasSize(2);
		}
	}

	@Test
	@DisplayName("203: redirects are never followed by the transport")
	void redirectsAreNotFollowed() throws IOException {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.redirect(302, "/other"));
				HttpAdapter adapter = adapter(Retry.of(3))) {
			assertThat(Calls.send(adapter, server.url("/")).statusCode()).isEqualTo(302);
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Test
	@DisplayName("149, fault: Body not rewindable: one that cannot be sent again is an UnrewindableBodyException")
	void unrewindableBodyIsNotRetried() throws IOException {
		Retry retry = Retry.builder().total(2).statusForcelist(500).build();
		try (TestHttpServer server = failing(1, 500); HttpAdapter adapter = adapter(retry)) {
			assertThatExceptionOfType(UnrewindableBodyException.class).isThrownBy(() -> adapter
				.send(Calls.request("PUT", server.url("/"), Body.of(List.of("once").iterator())), SendOptions.DEFAULTS))
				.satisfies((ex) -> assertThat(ex.request()).isNotNull());
			assertThat(adapter.poolStatistics().leased()).isZero();
		}
	}

	@ParameterizedTest
	@CsvSource({ "120, PT2M", "0, PT0S", "' 7 ', PT7S", "1000000000, PT6H", "99999999999999999999999, PT6H",
			"'Fri, 02 Jan 2026 03:05:05 GMT', PT1M", "'Friday, 02-Jan-26 03:05:05 GMT', PT1M",
			"'Fri Jan  2 03:05:05 2026', PT1M", "'Thu, 02 Jan 2025 03:05:05 GMT', PT0S",
			"'Fri, 02 Jan 2099 03:05:05 GMT', PT6H", "2.0, PT2S", "1.5, PT2S", "2., PT2S",
			"'Fri, 02 Jan 2026 03:05:05 +0000', PT1M", "'Fri, 02 Jan 2026 03:05:05 -0000', PT1M" })
	@DisplayName("fault: 503 with Retry-After: seconds, date, past, junk, 10^9: seconds or a date, from zero to six hours")
	void retryAfterIsParsed(String value, Duration expected) {
		assertThat(RetryAfter.parse(value, NOW, Retry.DEFAULT_RETRY_AFTER_MAX)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "soon", "-1", "1.5.2", "", "12 apples", "1,5", "a\u0085b" })
	@DisplayName("fault: 503 with Retry-After: seconds, date, past, junk, 10^9: other values are ignored")
	void invalidRetryAfterIsIgnored(String value) throws IOException {
		assertThat(RetryAfter.parse(value, NOW, Retry.DEFAULT_RETRY_AFTER_MAX)).isNull();
		try (TestHttpServer server = failing(2, 503, "Retry-After: " + value);
				HttpAdapter adapter = adapter(Retry.builder().total(2).backoffFactor(Duration.ofMillis(1)).build())) {
			Response response = Calls.send(adapter, server.url("/"));
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.content()).isNotEmpty();
			assertThat(response.attempts()).extracting(Attempt::pause)
				.containsExactly(Duration.ZERO, Duration.ofMillis(2));
			assertThat(adapter.poolStatistics().leased()).isZero();
		}
		try (TestHttpServer server = failing(1, 503, "Retry-After: " + value);
				HttpAdapter adapter = adapter(Retry.none())) {
			assertThat(Calls.send(adapter, server.url("/")).statusCode()).isEqualTo(503);
		}
	}

	@Test
	void longestOfSeveralRetryAfterHeadersWins() {
		CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();
		headers.add("Retry-After", "2");
		headers.add("Retry-After", "soon");
		headers.add("Retry-After", "7");
		Response response = Response.builder(503).headers(headers).build();
		assertThat(RetryAfter.of(response, NOW, Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(7));
		assertThat(RetryAfter.of(response, NOW, Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(3));
		assertThat(RetryAfter.of(Response.builder(503).build(), NOW, Duration.ofHours(1))).isNull();
	}

	@Test
	void maximumRetryAfterIsConfigurable() throws IOException {
		Retry retry = Retry.builder().total(1).retryAfterMax(Duration.ofMillis(1)).build();
		assertThat(retry.toBuilder().build()).isEqualTo(retry).isNotEqualTo(Retry.of(1));
		assertThatIllegalArgumentException().isThrownBy(() -> Retry.builder().retryAfterMax(Duration.ofSeconds(-1)))
			.withMessageContaining("retryAfterMax");
		try (TestHttpServer server = failing(1, 503, "Retry-After: 3600"); HttpAdapter adapter = adapter(retry)) {
			assertThat(Calls.send(adapter, server.url("/")).attempts()).extracting(Attempt::pause)
				.containsExactly(Duration.ofMillis(1));
		}
	}

	@Test
	@DisplayName("202: without a total, a status that is not listed is returned")
	void retryAfterIsNotRetriedWithoutATotal() throws IOException {
		try (TestHttpServer server = failing(1, 503, "Retry-After: 0");
				HttpAdapter adapter = adapter(Retry.builder().total(null).connect(3).build())) {
			assertThat(Calls.send(adapter, server.url("/")).statusCode()).isEqualTo(503);
		}
	}

	@Test
	@DisplayName("202: with no allowed methods, no request is sent twice")
	void emptyAllowedMethodsRetryNothingThatWasSent() throws IOException {
		try (TestHttpServer server = failing(1, 503, "Retry-After: 0");
				HttpAdapter adapter = adapter(Retry.builder().total(3).allowedMethods(List.of()).build())) {
			assertThat(Calls.send(adapter, server.url("/")).statusCode()).isEqualTo(503);
		}
	}

	@Test
	void extremePausesAreBounded() {
		Duration forever = Duration.ofSeconds(Long.MAX_VALUE);
		Retry retry = Retry.builder()
			.total(9)
			.backoffFactor(forever)
			.backoffMax(forever)
			.backoffJitter(forever)
			.retryAfterMax(forever)
			.statusForcelist(500)
			.build();
		SendOptions options = SendOptions.DEFAULTS.withDeadline(Deadline.after(forever));
		RetryState state = RetryState.of(retry, Calls.request("GET", "http://a.example/", null), options);
		Response failed = Response.builder(500).build();
		assertThat(state.afterResponse(failed)).isZero();
		Duration pause = state.afterResponse(failed);
		assertThat(pause).isGreaterThan(Duration.ofDays(100_000));
		assertThatExceptionOfType(RequestTimeoutException.class).isThrownBy(() -> state.pause(pause, null, failed));
		Response asking = Response.builder(503).build();
		asking.headers().put("Retry-After", "99999999999999999999");
		assertThat(state.afterResponse(asking)).isEqualTo(forever);
	}

	@Test
	@DisplayName("fault: the pauses are zero, twice the factor, four times the factor, up to the maximum")
	void pausesGrowExponentially() throws IOException {
		Retry retry = Retry.builder()
			.total(5)
			.statusForcelist(500)
			.backoffFactor(Duration.ofMillis(1))
			.backoffMax(Duration.ofMillis(6))
			.build();
		try (TestHttpServer server = failing(5, 500); HttpAdapter adapter = adapter(retry)) {
			assertThat(Calls.send(adapter, server.url("/")).attempts())
				.extracting((attempt) -> attempt.pause().toMillis())
				.containsExactly(0L, 2L, 4L, 6L, 6L);
		}
	}

	@Test
	@DisplayName("fault: jitter adds a random, bounded pause")
	void jitterIsBounded() throws IOException {
		Retry retry = Retry.builder().total(2).statusForcelist(500).backoffJitter(Duration.ofMillis(2)).build();
		try (TestHttpServer server = failing(2, 500); HttpAdapter adapter = adapter(retry)) {
			List<Attempt> attempts = Calls.send(adapter, server.url("/")).attempts();
			assertThat(attempts.get(0).pause()).isZero();
			assertThat(attempts.get(1).pause()).isBetween(Duration.ZERO, Duration.ofMillis(2));
		}
	}

	@Test
	@DisplayName("fault: a deadline bounds the pauses")
	void deadlineBoundsPauses() throws IOException {
		try (TestHttpServer server = failing(9, 503, "Retry-After: 1000000000");
				HttpAdapter adapter = adapter(Retry.of(3))) {
			SendOptions options = SendOptions.DEFAULTS.withDeadline(Deadline.after(Duration.ofSeconds(20)));
			assertThatExceptionOfType(RequestTimeoutException.class)
				.isThrownBy(() -> adapter.send(Calls.get(server.url("/")), options))
				.withMessageContaining("would start in 21600s")
				.satisfies((ex) -> assertThat(ex.response().statusCode()).isEqualTo(503));
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Test
	@DisplayName("fault: Thread interrupted in lease, connect, read, back-off: an interrupt, or closing the adapter, ends the back-off")
	void interruptOrCloseEndsThePause() throws Exception {
		for (String way : List.of("interrupt", "close")) {
			try (TestHttpServer server = failing(9, 503, "Retry-After: 100");
					HttpAdapter adapter = adapter(Retry.of(3))) {
				List<RequestException> errors = new ArrayList<>();
				Thread thread = new Thread(() -> {
					try {
						Calls.send(adapter, server.url("/"));
					}
					catch (RequestException ex) {
						assertThat(Thread.currentThread().isInterrupted()).isEqualTo(way.equals("interrupt"));
						errors.add(ex);
					}
				});
				thread.start();
				await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
				if (way.equals("interrupt")) {
					thread.interrupt();
				}
				else {
					adapter.close();
				}
				thread.join(5000);
				assertThat(thread.isAlive()).isFalse();
				assertThat(errors).singleElement().isInstanceOf(ConnectionException.class);
			}
		}
	}

	@Test
	@DisplayName("each counter is a separate limit")
	void eachCounterIsALimitOfItsOwn() throws IOException {
		Retry retry = Retry.builder().total(9).status(1).read(0).connect(0).statusForcelist(500).build();
		try (TestHttpServer down = failing(9, 500);
				RawServer dropping = RawServer.start((conversation) -> conversation.readRequest());
				HttpAdapter adapter = adapter(retry);
				HttpAdapter unbounded = adapter(retry.toBuilder().total(null).build())) {
			assertThatExceptionOfType(RetryException.class).isThrownBy(() -> Calls.send(adapter, down.url("/")));
			assertThat(down.requests()).hasSize(2);
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> Calls.send(adapter, dropping.url("/")));
			assertThat(dropping.requests()).hasSize(1);
			assertThatExceptionOfType(RetryException.class).isThrownBy(() -> Calls.send(unbounded, down.url("/")));
			assertThat(down.requests()).hasSize(4);
		}
	}

	@Test
	void withoutTotalAStatusWithRetryAfterIsReturned() throws IOException {
		for (int status : new int[] { 413, 429, 503 }) {
			try (TestHttpServer server = failing(9, status, "Retry-After: 0");
					HttpAdapter adapter = adapter(Retry.builder().total(null).connect(3).status(3).build())) {
				Response response = Calls.send(adapter, server.url("/"));
				assertThat(response.statusCode()).isEqualTo(status);
				assertThat(server.requests()).hasSize(1);
			}
		}
	}

	@Test
	void withoutTotalOnlyKindsWithACounterAreRetried() throws IOException {
		Retry connecting = Retry.builder().total(null).connect(3).statusForcelist(503).build();
		int gone;
		try (RawServer closed = RawServer.answering()) {
			gone = closed.port();
		}
		AtomicInteger lookups = new AtomicInteger();
		try (TestHttpServer busy = failing(9, 503, "Retry-After: 0");
				RawServer dropping = RawServer.start((conversation) -> conversation.readRequest());
				RawServer plain = RawServer.start((conversation) -> conversation.send("no TLS here\r\n"));
				HttpAdapter adapter = adapter(connecting);
				HttpAdapter statuses = HttpAdapter.builder()
					.maxRetries(Retry.builder().total(null).status(3).build())
					.hostResolver((host) -> {
						lookups.incrementAndGet();
						return List.of(InetAddress.getByName("127.0.0.1"));
					})
					.build()) {
			assertThatExceptionOfType(RetryException.class).isThrownBy(() -> Calls.send(adapter, busy.url("/")))
				.satisfies((ex) -> assertThat(ex.response().statusCode()).isEqualTo(503));
			assertThat(busy.requests()).hasSize(1);
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> Calls.send(adapter, dropping.url("/")));
			assertThat(dropping.requests()).hasSize(1);
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> Calls.send(adapter, plain.url("/").replace("http:", "https:")));
			assertThat(plain.connectionCount()).as("TLS errors have a separate counter").isOne();
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> Calls.send(statuses, "http://a.example:" + gone + "/"));
			assertThat(lookups).hasValue(1);
		}
	}

	@Test
	@DisplayName("a policy is a value, and rejects negative numbers")
	void policyIsAValue() {
		Retry retry = Retry.builder()
			.total(3)
			.connect(1)
			.read(2)
			.redirect(4)
			.status(5)
			.other(6)
			.statusForcelist(List.of(500))
			.allowedMethods(null)
			.build();
		assertThat(retry.toBuilder().build()).isEqualTo(retry).hasSameHashCodeAs(retry);
		assertThat(retry).isNotEqualTo(retry.toBuilder().other(7).build());
		assertThat(
				List.of(retry.total(), retry.connect(), retry.read(), retry.redirect(), retry.status(), retry.other()))
			.containsExactly(3, 1, 2, 4, 5, 6);
		assertThat(retry.allowedMethods()).isNull();
		assertThat(Retry.none().toBuilder().build()).isEqualTo(Retry.none());
		assertThat(Retry.builder().build().backoffMax()).isEqualTo(Duration.ofSeconds(120));
		assertThatIllegalArgumentException().isThrownBy(() -> Retry.of(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> Retry.builder().backoffFactor(Duration.ofSeconds(-1)));
	}

	private static final class Ignoring implements ExchangeListener.Scope {

	}

}
