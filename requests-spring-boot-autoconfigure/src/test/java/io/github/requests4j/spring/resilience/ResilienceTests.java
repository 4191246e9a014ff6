package io.github.requests4j.spring.resilience;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.springboot.bulkhead.autoconfigure.BulkheadAutoConfiguration;
import io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.github.resilience4j.springboot.ratelimiter.autoconfigure.RateLimiterAutoConfiguration;
import io.github.resilience4j.springboot.retry.autoconfigure.RetryAutoConfiguration;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.Retry;
import io.github.requests4j.adapters.RetryBudget;
import io.github.requests4j.http.Attempt;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.ReadTimeoutException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.RetryException;
import io.github.requests4j.spring.CountingServer;
import io.github.requests4j.spring.CountingServer.Answer;
import io.github.requests4j.spring.internal.session.LiveSessions;
import io.github.requests4j.spring.session.DefaultSessionAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;
import io.github.requests4j.spring.session.SessionCustomizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Instances of Resilience4j around the calls of a session, counted at the server.
 */
@Timeout(60)
class ResilienceTests {

	@AutoClose
	private final CountingServer server = CountingServer.answering(200);

	@Test
	void openCircuitBreakerOpensNoSocketAndClosesAgain() {
		this.server.handle((request) -> Answer.of(500));
		breaker().run((context) -> {
			Session session = context.getBean(Session.class);
			CircuitBreaker breaker = context.getBean(CircuitBreakerRegistry.class).circuitBreaker("pay");
			for (int i = 0; i < 4; i++) {
				assertThat(session.get("/").statusCode()).isEqualTo(500);
			}
			assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
			for (int i = 0; i < 10; i++) {
				assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> session.get("/secret?token=1"))
					.withMessageContaining("'pay', which is OPEN")
					.withMessageContaining("GET " + this.server.url() + "/secret: rejected by ")
					.withMessageNotContaining("token")
					.withCauseInstanceOf(CallNotPermittedException.class)
					.satisfies((ex) -> assertThat(ex.request()).isNotNull());
			}
			assertThat(this.server.accepted()).isEqualTo(4);
			breaker.transitionToHalfOpenState();
			session.get("/");
			session.get("/");
			assertThat(this.server.accepted()).isEqualTo(6);
			assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
			this.server.handle((request) -> Answer.of(200));
			breaker.transitionToHalfOpenState();
			session.get("/");
			session.get("/");
			assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
			assertThat(this.server.accepted()).isEqualTo(8);
		});
	}

	@Test
	void halfOpenCircuitBreakerPermitsTheConfiguredCalls() {
		CountDownLatch arrived = new CountDownLatch(2);
		CountDownLatch go = new CountDownLatch(1);
		this.server.handle((request) -> {
			arrived.countDown();
			go.await(20, TimeUnit.SECONDS);
			return Answer.of(200);
		});
		breaker().run((context) -> {
			Session session = context.getBean(Session.class);
			CircuitBreaker breaker = context.getBean(CircuitBreakerRegistry.class).circuitBreaker("pay");
			breaker.transitionToOpenState();
			breaker.transitionToHalfOpenState();
			ExecutorService threads = Executors.newCachedThreadPool();
			try {
				List<Future<Response>> probes = new ArrayList<>();
				probes.add(threads.submit(() -> session.get("/")));
				probes.add(threads.submit(() -> session.get("/")));
				assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
				assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> session.get("/"))
					.withMessageContaining("HALF_OPEN");
				go.countDown();
				for (Future<Response> probe : probes) {
					assertThat(probe.get().statusCode()).isEqualTo(200);
				}
				assertThat(this.server.accepted()).isEqualTo(2);
				assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
			}
			finally {
				threads.shutdownNow();
			}
		});
	}

	@Test
	void logicalCallIsRecordedOnce() {
		this.server.handle((request) -> {
			if (request.target().equals("/start")) {
				return Answer.of(302).with("Location", "/private");
			}
			return request.headers().containsKey("Authorization") ? Answer.of(200)
					: Answer.of(401).with("WWW-Authenticate", "Digest realm=\"r\", nonce=\"n\", qop=\"auth\"");
		});
		breaker("auth.type=digest", "auth.username=u", "auth.password=p").run((context) -> {
			assertThat(context.getBean(Session.class).get("/start").statusCode()).isEqualTo(200);
			assertThat(this.server.accepted()).isEqualTo(3);
			CircuitBreaker.Metrics metrics = metrics(context.getBean(CircuitBreakerRegistry.class));
			assertThat(metrics.getNumberOfBufferedCalls()).isEqualTo(1);
			assertThat(metrics.getNumberOfSuccessfulCalls()).isEqualTo(1);
		});
	}

	@Test
	void retriesOfTheAdapterAreRecordedOnce() {
		AtomicInteger calls = new AtomicInteger();
		this.server.handle((request) -> Answer.of((calls.incrementAndGet() < 3) ? 503 : 200));
		breaker("adapter.max-retries.total=3", "adapter.max-retries.status-forcelist=503").run((context) -> {
			assertThat(context.getBean(Session.class).get("/").statusCode()).isEqualTo(200);
			assertThat(this.server.accepted()).isEqualTo(3);
			assertThat(metrics(context.getBean(CircuitBreakerRegistry.class)).getNumberOfSuccessfulCalls())
				.isEqualTo(1);
		});
	}

	@Test
	void serverErrorsAndFailuresCountButClientErrorsDoNot() {
		List<Answer> answers = new ArrayList<>(List.of(Answer.of(500), Answer.of(404), Answer.NONE));
		this.server.handle((request) -> answers.remove(0));
		breaker().run((context) -> {
			Session session = context.getBean(Session.class);
			session.get("/");
			session.get("/");
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> session.get("/"));
			CircuitBreaker.Metrics metrics = metrics(context.getBean(CircuitBreakerRegistry.class));
			assertThat(metrics.getNumberOfFailedCalls()).isEqualTo(2);
			assertThat(metrics.getNumberOfSuccessfulCalls()).isEqualTo(1);
		});
	}

	@Test
	void customResultPredicateReplacesTheStatusRule() {
		this.server.handle((request) -> Answer.of(request.target().equals("/teapot") ? 418 : 500));
		breaker()
			.withPropertyValues(
					"resilience4j.circuitbreaker.instances.pay.record-result-predicate=" + Teapots.class.getName())
			.run((context) -> {
				Session session = context.getBean(Session.class);
				session.get("/");
				session.get("/teapot");
				CircuitBreaker.Metrics metrics = metrics(context.getBean(CircuitBreakerRegistry.class));
				assertThat(metrics.getNumberOfSuccessfulCalls()).isEqualTo(1);
				assertThat(metrics.getNumberOfFailedCalls()).isEqualTo(1);
			});
	}

	@Test
	void listsOfExceptionsApplyToStatusesToo() {
		this.server.handle((request) -> Answer.of(500));
		breaker()
			.withPropertyValues("resilience4j.circuitbreaker.instances.pay.ignore-exceptions="
					+ "io.github.requests4j.http.HttpException")
			.run((context) -> {
				assertThat(context.getBean(Session.class).get("/").statusCode()).isEqualTo(500);
				assertThat(metrics(context.getBean(CircuitBreakerRegistry.class)).getNumberOfBufferedCalls()).isZero();
			});
	}

	@Test
	void misuseIsNotRecordedAndReleasesItsPermission() {
		breaker().withBean(SessionCustomizer.class, () -> (name, session) -> session.hook((response, options) -> {
			throw new IllegalStateException("a mistake of the application");
		})).run((context) -> {
			Session session = context.getBean(Session.class);
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> session.get("/"));
			assertThat(metrics(context.getBean(CircuitBreakerRegistry.class)).getNumberOfBufferedCalls()).isZero();
		});
	}

	@Test
	void streamedCallIsRecordedWhenItsHeadersArrive() {
		breaker("resilience.bulkhead=pay")
			.withPropertyValues("resilience4j.bulkhead.instances.pay.max-concurrent-calls=1")
			.run((context) -> {
				Session session = context.getBean(Session.class);
				try (Response response = session.get("/", (options) -> options.stream(true))) {
					assertThat(metrics(context.getBean(CircuitBreakerRegistry.class)).getNumberOfSuccessfulCalls())
						.isEqualTo(1);
					assertThat(context.getBean(BulkheadRegistry.class)
						.bulkhead("pay")
						.getMetrics()
						.getAvailableConcurrentCalls()).isEqualTo(1);
					assertThat(response.text()).isEqualTo("status 200");
				}
			});
	}

	@Test
	void eachRetryAttemptIsRecordedByTheCircuitBreaker() {
		AtomicInteger calls = new AtomicInteger();
		this.server.handle((request) -> Answer.of((calls.incrementAndGet() < 3) ? 500 : 200));
		breaker("resilience.retry=pay")
			.withPropertyValues("resilience4j.retry.instances.pay.max-attempts=3",
					"resilience4j.retry.instances.pay.wait-duration=1ms")
			.run((context) -> {
				assertThat(context.getBean(Session.class).get("/").statusCode()).isEqualTo(200);
				assertThat(this.server.accepted()).isEqualTo(3);
				CircuitBreaker.Metrics breaker = metrics(context.getBean(CircuitBreakerRegistry.class));
				assertThat(breaker.getNumberOfFailedCalls()).isEqualTo(2);
				assertThat(breaker.getNumberOfSuccessfulCalls()).isEqualTo(1);
				assertThat(context.getBean(RetryRegistry.class)
					.retry("pay")
					.getMetrics()
					.getNumberOfSuccessfulCallsWithRetryAttempt()).isEqualTo(1);
			});
	}

	@Test
	void lastResponseOrErrorIsReturnedIfAttemptsAreExhausted() {
		List<Answer> answers = new ArrayList<>(
				List.of(Answer.of(500), Answer.of(502), Answer.NONE, Answer.NONE, Answer.of(418), Answer.of(418)));
		this.server.handle((request) -> answers.remove(0));
		retry("resilience4j.retry.instances.pay.max-attempts=2").run((context) -> {
			Session session = context.getBean(Session.class);
			Response last = session.get("/");
			assertThat(last.text()).isEqualTo("status 502");
			assertThat(last.attempts()).extracting(Attempt::status).containsExactly(500);
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> session.get("/"));
			assertThat(this.server.accepted()).isEqualTo(4);
			assertThat(context.getBean(RetryRegistry.class)
				.retry("pay")
				.getMetrics()
				.getNumberOfFailedCallsWithRetryAttempt()).isEqualTo(2);
		});
		retry("resilience4j.retry.instances.pay.max-attempts=2",
				"resilience4j.retry.instances.pay.result-predicate=" + Teapots.class.getName(),
				"resilience4j.retry.instances.pay.fail-after-max-attempts=true")
			.run((context) -> assertThatExceptionOfType(RetryException.class)
				.isThrownBy(() -> context.getBean(Session.class).get("/"))
				.withMessageContaining("GET " + this.server.url() + "/: the status is still 418 after 2 attempts")
				.satisfies((ex) -> assertThat(String.valueOf(ex.response().text())).isEqualTo("status 418")));
		assertThat(this.server.accepted()).isEqualTo(6);
	}

	@Test
	void possiblyReceivedRequestIsRepeatedOnlyIfSafe() {
		this.server.handle((request) -> Answer.NONE);
		retry("resilience4j.retry.instances.pay.max-attempts=3").run((context) -> {
			Session session = context.getBean(Session.class);
			assertThatExceptionOfType(RequestException.class)
				.isThrownBy(() -> session.post("/", (options) -> options.data("pay")));
			assertThat(this.server.accepted()).isEqualTo(1);
			assertThatExceptionOfType(RequestException.class)
				.isThrownBy(() -> session.post("/", (options) -> options.data("pay").header("Idempotency-Key", "1")));
			assertThat(this.server.requests()).hasSize(4)
				.allSatisfy((request) -> assertThat(request.body()).isEqualTo("pay"));
			Iterable<String> once = List.of("once");
			assertThatExceptionOfType(RequestException.class)
				.isThrownBy(() -> session.put("/", (options) -> options.data(Body.of(once.iterator()))));
			assertThat(this.server.accepted()).isEqualTo(5);
		});
	}

	@Test
	void retryAttemptsShareOneIdempotencyKey() {
		this.server.handle((request) -> Answer.NONE);
		retry("resilience4j.retry.instances.pay.max-attempts=3", "requests.sessions.s.idempotency-key=auto")
			.run((context) -> {
				assertThatExceptionOfType(RequestException.class)
					.isThrownBy(() -> context.getBean(Session.class).post("/", (options) -> options.data("pay")));
				assertThat(this.server.requests()).hasSize(3)
					.extracting((request) -> request.headers().get("Idempotency-Key"))
					.doesNotContainNull()
					.containsOnly(this.server.requests().get(0).headers().get("Idempotency-Key"));
			});
	}

	@Test
	void postIsRepeatedIfNothingWasSent() throws Exception {
		CountingServer gone = CountingServer.answering(200);
		gone.close();
		retry("resilience4j.retry.instances.pay.max-attempts=3").run((context) -> {
			Session session = context.getBean(Session.class);
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> session.post(gone.url() + "/", (options) -> options.data("pay")));
			assertThat(context.getBean(RetryRegistry.class)
				.retry("pay")
				.getMetrics()
				.getNumberOfFailedCallsWithRetryAttempt()).isEqualTo(1);
		});
	}

	@Test
	void retryAfterExtendsThePause() {
		AtomicReference<Instant> date = new AtomicReference<>();
		List<Supplier<Answer>> answers = new ArrayList<>(
				List.of(() -> Answer.of(429).with("Retry-After", "1"), () -> Answer.of(200),
						() -> Answer.of(503).with("Retry-After", inTwoSeconds(date)), () -> Answer.of(200)));
		this.server.handle((request) -> answers.remove(0).get());
		retry().run((context) -> {
			Session session = context.getBean(Session.class);
			assertThat(session.get("/").statusCode()).isEqualTo(200);
			assertThat(session.get("/").statusCode()).isEqualTo(200);
			List<Long> times = this.server.requests().stream().map(CountingServer.Received::atMillis).toList();
			assertThat(times.get(1) - times.get(0)).isGreaterThanOrEqualTo(990);
			assertThat(times.get(3)).isGreaterThanOrEqualTo(date.get().toEpochMilli() - 10);
		});
	}

	private static String inTwoSeconds(AtomicReference<Instant> date) {
		date.set(Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.SECONDS));
		return DateTimeFormatter.RFC_1123_DATE_TIME.format(date.get().atOffset(ZoneOffset.UTC));
	}

	@Test
	void retryAfterBeyondTheDeadlineEndsTheRetries() {
		this.server.handle((request) -> Answer.of(503).with("Retry-After", "3600"));
		retry("requests.sessions.s.deadline=30s").run((context) -> {
			RequestTimeoutException ex = catchThrowableOfType(RequestTimeoutException.class,
					() -> context.getBean(Session.class).get("/"));
			assertThat(ex).hasMessageContaining("after the deadline of 30s")
				.hasMessageContaining("the next attempt would start in 3600s");
			assertThat(ex.response().statusCode()).isEqualTo(503);
			assertThat(this.server.accepted()).isEqualTo(1);
		});
	}

	@Test
	void retryOfAnOpenCircuitBreakerFollowsItsInstance() {
		breaker("resilience.retry=pay")
			.withPropertyValues("resilience4j.retry.instances.pay.max-attempts=3",
					"resilience4j.retry.instances.pay.wait-duration=1ms",
					"resilience4j.retry.instances.pay.ignore-exceptions=" + CallNotPermittedException.class.getName())
			.run((context) -> {
				context.getBean(CircuitBreakerRegistry.class).circuitBreaker("pay").transitionToOpenState();
				assertThatExceptionOfType(ConnectionException.class)
					.isThrownBy(() -> context.getBean(Session.class).get("/"));
				assertThat(context.getBean(RetryRegistry.class)
					.retry("pay")
					.getMetrics()
					.getNumberOfFailedCallsWithoutRetryAttempt()).isEqualTo(1);
				assertThat(this.server.accepted()).isZero();
			});
	}

	@Test
	void rateLimitIsEnforcedFor64Threads() throws Exception {
		runner("resilience.rate-limiter=pay", "resilience.circuit-breaker=pay")
			.withPropertyValues("resilience4j.ratelimiter.instances.pay.limit-for-period=10",
					"resilience4j.ratelimiter.instances.pay.limit-refresh-period=10m",
					"resilience4j.ratelimiter.instances.pay.timeout-duration=0",
					"resilience4j.circuitbreaker.instances.pay.sliding-window-size=200")
			.run((context) -> {
				Session session = context.getBean(Session.class);
				List<Object> results = together(64, () -> session.get("/").statusCode());
				assertThat(results).filteredOn((result) -> result.equals(200)).hasSize(10);
				assertThat(results).filteredOn((result) -> !result.equals(200))
					.allSatisfy((result) -> assertThat(result).isInstanceOf(ConnectionException.class)
						.asInstanceOf(InstanceOfAssertFactories.THROWABLE)
						.hasCauseInstanceOf(RequestNotPermitted.class));
				assertThat(this.server.accepted()).isEqualTo(10);
				CircuitBreaker.Metrics breaker = metrics(context.getBean(CircuitBreakerRegistry.class));
				assertThat(breaker.getNumberOfBufferedCalls()).isEqualTo(10);
			});
	}

	@Test
	void bulkheadIsEnforcedFor64Threads() throws Exception {
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		this.server.handle((request) -> {
			most.accumulateAndGet(inside.incrementAndGet(), Math::max);
			Thread.yield();
			inside.decrementAndGet();
			return Answer.of(200);
		});
		runner("resilience.bulkhead=pay")
			.withPropertyValues("resilience4j.bulkhead.instances.pay.max-concurrent-calls=5",
					"resilience4j.bulkhead.instances.pay.max-wait-duration=30s")
			.run((context) -> {
				Session session = context.getBean(Session.class);
				assertThat(together(64, () -> session.get("/").statusCode())).hasSize(64)
					.allSatisfy((result) -> assertThat(result).isEqualTo(200));
				assertThat(most.get()).isBetween(1, 5);
				assertThat(this.server.accepted()).isEqualTo(64);
			});
	}

	@Test
	void fullBulkheadRejectsCalls() throws Exception {
		CountDownLatch inside = new CountDownLatch(2);
		CountDownLatch go = new CountDownLatch(1);
		this.server.handle((request) -> {
			inside.countDown();
			go.await(20, TimeUnit.SECONDS);
			return Answer.of(200);
		});
		runner("resilience.bulkhead=pay", "read-timeout=30s")
			.withPropertyValues("resilience4j.bulkhead.instances.pay.max-concurrent-calls=2")
			.run((context) -> {
				Session session = context.getBean(Session.class);
				ExecutorService threads = Executors.newCachedThreadPool();
				try {
					List<Future<Response>> calls = List.of(threads.submit(() -> session.get("/")),
							threads.submit(() -> session.get("/")));
					assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
					List<Object> refused = together(64, () -> session.get("/"));
					assertThat(refused)
						.allSatisfy((result) -> assertThat(result).isInstanceOf(ConnectionException.class)
							.asInstanceOf(InstanceOfAssertFactories.THROWABLE)
							.hasCauseInstanceOf(BulkheadFullException.class));
					go.countDown();
					for (Future<Response> call : calls) {
						assertThat(call.get().statusCode()).isEqualTo(200);
					}
					assertThat(this.server.accepted()).isEqualTo(2);
				}
				finally {
					go.countDown();
					threads.shutdownNow();
				}
			});
	}

	@Test
	void waitsOfInstancesDoNotExceedTheDeadline() throws Exception {
		CountDownLatch inside = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		this.server.handle((request) -> {
			inside.countDown();
			go.await(20, TimeUnit.SECONDS);
			return Answer.of(200);
		});
		runner("resilience.bulkhead=pay", "resilience.rate-limiter=pay", "read-timeout=30s")
			.withPropertyValues("resilience4j.bulkhead.instances.pay.max-concurrent-calls=1",
					"resilience4j.bulkhead.instances.pay.max-wait-duration=1h",
					"resilience4j.ratelimiter.instances.pay.limit-for-period=2",
					"resilience4j.ratelimiter.instances.pay.limit-refresh-period=1h",
					"resilience4j.ratelimiter.instances.pay.timeout-duration=2h")
			.run((context) -> {
				Session session = context.getBean(Session.class);
				ExecutorService threads = Executors.newCachedThreadPool();
				try {
					Future<Response> first = threads.submit(() -> session.get("/"));
					assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
					assertThatExceptionOfType(ConnectionException.class)
						.isThrownBy(() -> session.get("/", (options) -> options.deadline(Duration.ofMillis(200))))
						.withCauseInstanceOf(BulkheadFullException.class);
					assertThat(Thread.currentThread().isInterrupted()).isFalse();
					assertThatExceptionOfType(ConnectionException.class)
						.isThrownBy(() -> session.get("/", (options) -> options.deadline(Duration.ofMillis(200))))
						.withCauseInstanceOf(RequestNotPermitted.class);
					go.countDown();
					assertThat(first.get().statusCode()).isEqualTo(200);
					assertThat(this.server.accepted()).isEqualTo(1);
				}
				finally {
					go.countDown();
					threads.shutdownNow();
				}
			});
	}

	@Test
	void timeoutCountsAsAFailure() {
		CountDownLatch never = new CountDownLatch(1);
		this.server.handle((request) -> {
			never.await(20, TimeUnit.SECONDS);
			return Answer.of(200);
		});
		breaker("read-timeout=100ms").run((context) -> {
			assertThatExceptionOfType(ReadTimeoutException.class)
				.isThrownBy(() -> context.getBean(Session.class).get("/"));
			assertThat(metrics(context.getBean(CircuitBreakerRegistry.class)).getNumberOfFailedCalls()).isEqualTo(1);
			never.countDown();
		});
	}

	@Test
	void retryAttemptsAreReportedToListenersAsRetries() {
		List<String> kinds = new ArrayList<>();
		AtomicInteger calls = new AtomicInteger();
		this.server.handle((request) -> Answer.of((calls.incrementAndGet() < 3) ? 500 : 200));
		ExchangeListener listener = (exchange) -> {
			kinds.add(exchange.kind().name());
			return new ExchangeListener.Scope() {
			};
		};
		retry("resilience4j.retry.instances.pay.max-attempts=3")
			.withBean(SessionCustomizer.class, () -> (name, session) -> session.listener(listener))
			.run((context) -> {
				context.getBean(Session.class).get("/");
				assertThat(kinds).containsExactly("FIRST", "RETRY", "RETRY");
				assertThat(context.getBean(Session.class).interceptors()).last().isInstanceOf(RetryStep.class);
			});
	}

	private static CircuitBreaker.Metrics metrics(CircuitBreakerRegistry registry) {
		return registry.find("pay").orElseThrow().getMetrics();
	}

	private static List<Object> together(int count, Callable<Object> call) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(count);
		CyclicBarrier start = new CyclicBarrier(count);
		try {
			List<Future<Object>> calls = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				calls.add(threads.submit(() -> {
					start.await(20, TimeUnit.SECONDS);
					try {
						return call.call();
					}
					catch (RequestException ex) {
						return ex;
					}
				}));
			}
			List<Object> results = new ArrayList<>();
			for (Future<Object> each : calls) {
				results.add(each.get(40, TimeUnit.SECONDS));
			}
			return results;
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void attemptsOfANamedRetryStayWithinTheBudget() {
		this.server.handle((request) -> Answer.of(503));
		int calls = 50;
		retry().run((context) -> {
			Session session = context.getBean(Session.class);
			for (int i = 0; i < calls; i++) {
				assertThat(session.get("/").statusCode()).isEqualTo(503);
			}
			assertThat(this.server.accepted()).isEqualTo(calls + calls / 5 + RetryBudget.FLOOR - 1);
			Response last = session.get("/");
			assertThat(last.isRetrySuppressed()).isTrue();
			assertThatExceptionOfType(RequestException.class).isThrownBy(last::raiseForStatus)
				.withMessageContaining("the retry budget is used up");
			this.server.close();
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> session.get("/"))
				.withMessageContaining("connection refused")
				.withMessageContaining("the retry budget is used up");
		});
	}

	@Test
	void adaptersAndNamedRetriesShareOneBudget() {
		this.server.handle((request) -> Answer.of(503));
		retry().run((context) -> {
			RetryBudget budget = context.getBean(LiveSessions.class).retryBudget("s");
			HttpAdapter adapter = HttpAdapter.builder()
				.maxRetries(Retry.builder().total(1).statusForcelist(503).raiseOnStatus(false).budget(budget).build())
				.build();
			Session session = context.getBean(Session.class);
			try (Session other = Session.builder().mount("http://", adapter).build()) {
				for (int i = 0; i < 20; i++) {
					session.get("/");
					other.get(this.server.url() + "/");
				}
				assertThat(this.server.accepted()).isEqualTo(40 + 8 + RetryBudget.FLOOR - 1);
			}
		});
	}

	@Test
	void failAfterMaxAttemptsAppliesToAnEmptyBudgetToo() {
		this.server.handle((request) -> Answer.of(418));
		retry("resilience4j.retry.instances.pay.result-predicate=" + Teapots.class.getName(),
				"resilience4j.retry.instances.pay.fail-after-max-attempts=true")
			.run((context) -> {
				Session session = context.getBean(Session.class);
				List<String> messages = new ArrayList<>();
				for (int i = 0; i < 20; i++) {
					assertThatExceptionOfType(RetryException.class).isThrownBy(() -> session.get("/"))
						.withMessageContaining("the status is still 418")
						.satisfies((ex) -> assertThat(ex.response().statusCode()).isEqualTo(418))
						.satisfies((ex) -> messages.add(ex.getMessage()));
				}
				assertThat(messages).anyMatch(
						(message) -> message.endsWith("after 3 attempts, and the retry 'pay' has no attempts left."))
					.anyMatch((message) -> message.contains("after 1 attempt. No further attempt was made"))
					.anyMatch((message) -> message.endsWith("the retry budget is used up."));
			});
	}

	@Test
	void callsRejectedByACircuitBreakerDoNotUseTheBudget() {
		this.server.handle((request) -> Answer.of(500));
		breaker()
			.withPropertyValues("requests.sessions.s.resilience.retry=pay",
					"resilience4j.retry.instances.pay.wait-duration=1ms")
			.run((context) -> {
				context.getBean(CircuitBreakerRegistry.class).circuitBreaker("pay").transitionToOpenState();
				Session session = context.getBean(Session.class);
				for (int i = 0; i < 20; i++) {
					assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> session.get("/"));
				}
				RetryBudget budget = context.getBean(LiveSessions.class).retryBudget("s");
				assertThat(budget.available()).isEqualTo(RetryBudget.FLOOR);
				assertThat(budget.suppressed()).isZero();
			});
	}

	private ApplicationContextRunner breaker(String... properties) {
		return runner(properties).withPropertyValues("requests.sessions.s.resilience.circuit-breaker=pay",
				"resilience4j.circuitbreaker.instances.pay.sliding-window-size=4",
				"resilience4j.circuitbreaker.instances.pay.minimum-number-of-calls=4",
				"resilience4j.circuitbreaker.instances.pay.permitted-number-of-calls-in-half-open-state=2",
				"resilience4j.circuitbreaker.instances.pay.wait-duration-in-open-state=1h");
	}

	private ApplicationContextRunner retry(String... properties) {
		return runner("resilience.retry=pay").withPropertyValues("resilience4j.retry.instances.pay.wait-duration=1ms")
			.withPropertyValues(properties);
	}

	private ApplicationContextRunner runner(String... properties) {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(CircuitBreakerAutoConfiguration.class,
					RetryAutoConfiguration.class, RateLimiterAutoConfiguration.class, BulkheadAutoConfiguration.class,
					RequestsAutoConfiguration.class, DefaultSessionAutoConfiguration.class,
					RequestsResilienceAutoConfiguration.class))
			.withPropertyValues("requests.sessions.s.base-url=" + this.server.url());
		for (String property : properties) {
			runner = runner.withPropertyValues("requests.sessions.s." + property);
		}
		return runner;
	}

	/** Counts status 418 as a failure. */
	public static final class Teapots implements Predicate<Object> {

		@Override
		public boolean test(Object result) {
			return result instanceof Response response && response.statusCode() == 418;
		}

	}

}
