package io.github.requests4j.adapters;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.requests4j.http.CallContext;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.ThrottledException;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What a throttle decides about attempts, over real connections.
 */
@Timeout(60)
class ThrottleTests {

	private static TestHttpServer failing(int times, int status, String... headers) throws IOException {
		AtomicInteger count = new AtomicInteger();
		return TestHttpServer
			.start((request) -> (count.getAndIncrement() < times) ? Reply.of(status, "busy", headers) : Reply.ok("ok"));
	}

	private static HttpAdapter adapter(int retries, Throttle throttle) {
		return HttpAdapter.builder()
			.maxRetries(Retry.of(retries).toBuilder().statusForcelist(500).raiseOnStatus(false).build())
			.throttle(throttle)
			.build();
	}

	@Test
	void retriesCountLikeFirstAttempts() throws IOException {
		AtomicInteger asked = new AtomicInteger();
		try (TestHttpServer server = failing(2, 500);
				HttpAdapter adapter = adapter(3, (pending) -> asked.incrementAndGet())) {
			assertThat(Calls.send(adapter, server.url("/")).statusCode()).isEqualTo(200);
			assertThat(asked).hasValue(3);
			assertThat(server.requests()).hasSize(3);
		}
	}

	@Test
	void rejectedRequestOpensNoConnectionAndIsNotRetried() throws IOException {
		AtomicInteger asked = new AtomicInteger();
		try (TestHttpServer server = failing(0, 500); HttpAdapter adapter = adapter(3, (pending) -> {
			asked.incrementAndGet();
			throw pending.rejection("the quota is used up.", Duration.ofSeconds(7));
		})) {
			assertThatExceptionOfType(ThrottledException.class)
				.isThrownBy(() -> Calls.send(adapter, server.url("/items?key=secret")))
				.withMessage("GET " + server.url("/items") + ": the quota is used up.")
				.satisfies((ex) -> {
					assertThat(ex.retryAfter()).isEqualTo(Duration.ofSeconds(7));
					assertThat(ex.request().url()).isEqualTo(server.url("/items?key=secret"));
					assertThat(RetryState.isUnsent(ex)).isTrue();
				});
			assertThat(asked).hasValue(1);
			assertThat(server.connectionCount()).isZero();
		}
	}

	@Test
	void rejectedRetryNamesTheFailureBefore() throws IOException {
		int port;
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = free.getLocalPort();
		}
		AtomicInteger asked = new AtomicInteger();
		try (HttpAdapter adapter = adapter(3, (pending) -> {
			if (asked.incrementAndGet() == 3) {
				throw pending.rejection("the quota is used up.", null);
			}
		})) {
			assertThatExceptionOfType(ThrottledException.class)
				.isThrownBy(() -> Calls.send(adapter, "http://127.0.0.1:" + port + "/"))
				.withMessage("GET http://127.0.0.1:" + port + "/ failed after 2 attempts: the quota is used up.")
				.satisfies((ex) -> {
					assertThat(ex.retryAfter()).isNull();
					assertThat(ex.getSuppressed()).singleElement().isInstanceOf(ConnectionException.class);
				});
		}
	}

	@Test
	void listenersDoNotSeeRejectedAttempts() throws IOException {
		List<Exchange> begun = new ArrayList<>();
		ExchangeListener listener = (exchange) -> {
			begun.add(exchange);
			return new ExchangeListener.Scope() {
			};
		};
		SendOptions options = SendOptions.DEFAULTS.withContext(CallContext.NONE.withListeners(List.of(listener)));
		AtomicInteger asked = new AtomicInteger();
		try (TestHttpServer server = failing(0, 500); HttpAdapter adapter = adapter(0, (pending) -> {
			if (asked.incrementAndGet() == 2) {
				throw pending.rejection("no.", null);
			}
		})) {
			adapter.send(Calls.get(server.url("/")), options).close();
			assertThatExceptionOfType(ThrottledException.class)
				.isThrownBy(() -> adapter.send(Calls.get(server.url("/")), options));
			assertThat(begun).hasSize(1);
		}
	}

	@ParameterizedTest
	@CsvSource({ "429, 3, 3", "503, 2, 2", "503, 999999999, 21600", "429, soon,", "500, 3,", "413, 3,", "200, 3," })
	void deferralsAreReported(int status, String header, Integer seconds) throws IOException {
		AtomicReference<Duration> reported = new AtomicReference<>();
		Throttle throttle = new Throttle() {

			@Override
			public void beforeAttempt(Pending pending) {
			}

			@Override
			public void deferred(PreparedRequest request, Duration wait) {
				reported.set(wait);
			}

		};
		try (TestHttpServer server = failing(1, status, "Retry-After: " + header);
				HttpAdapter adapter = adapter(0, throttle)) {
			assertThat(Calls.send(adapter, server.url("/")).statusCode()).isEqualTo(status);
			assertThat(reported.get()).isEqualTo((seconds != null) ? Duration.ofSeconds(seconds) : null);
		}
	}

	@Test
	void failureOfTheThrottleClosesTheResponse() throws IOException {
		Throttle throttle = new Throttle() {

			@Override
			public void beforeAttempt(Pending pending) {
			}

			@Override
			public void deferred(PreparedRequest request, Duration wait) {
				throw new IllegalStateException("broken");
			}

		};
		try (TestHttpServer server = failing(1, 429, "Retry-After: 3"); HttpAdapter adapter = adapter(0, throttle)) {
			assertThatIllegalStateException().isThrownBy(() -> Calls.send(adapter, server.url("/")))
				.withMessage("broken");
			assertThat(adapter.poolStatistics().leased()).isZero();
		}
	}

	@Test
	void closingTheAdapterEndsTheWait() throws Exception {
		failsWhileWaiting((adapter, caller) -> adapter.close(),
				": the adapter was closed while the request waited to be sent."
						+ " Close the session after its last call.",
				false);
	}

	@Test
	void interruptEndsTheWaitAndKeepsTheFlag() throws Exception {
		failsWhileWaiting((adapter, caller) -> caller.interrupt(), ": interrupted while the request waited to be sent.",
				true);
	}

	/** Something that ends the wait of a caller. */
	private interface Ending {

		void end(HttpAdapter adapter, Thread caller);

	}

	private static void failsWhileWaiting(Ending ending, String message, boolean interrupted) throws Exception {
		CountDownLatch waiting = new CountDownLatch(1);
		AtomicReference<RequestException> failure = new AtomicReference<>();
		AtomicReference<Boolean> flag = new AtomicReference<>();
		try (TestHttpServer server = failing(0, 500); HttpAdapter adapter = adapter(0, (pending) -> {
			waiting.countDown();
			pending.sleep(TimeUnit.HOURS.toNanos(1));
		})) {
			Thread caller = new Thread(() -> {
				try {
					Response response = Calls.send(adapter, server.url("/"));
					response.close();
				}
				catch (RequestException ex) {
					failure.set(ex);
				}
				flag.set(Thread.currentThread().isInterrupted());
			});
			caller.start();
			assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
			ending.end(adapter, caller);
			caller.join(30_000);
			assertThat(failure.get()).isExactlyInstanceOf(ConnectionException.class)
				.hasMessage("GET " + server.url("/") + message);
			assertThat(flag).hasValue(interrupted);
			assertThat(server.connectionCount()).isZero();
		}
	}

}
