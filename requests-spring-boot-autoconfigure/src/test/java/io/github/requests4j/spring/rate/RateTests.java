package io.github.requests4j.spring.rate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.springboot.bulkhead.autoconfigure.BulkheadAutoConfiguration;
import io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.github.resilience4j.springboot.ratelimiter.autoconfigure.RateLimiterAutoConfiguration;
import io.github.resilience4j.springboot.retry.autoconfigure.RetryAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.core.env.MapPropertySource;

import io.github.requests4j.Session;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.ThrottledException;
import io.github.requests4j.spring.CountingServer;
import io.github.requests4j.spring.CountingServer.Answer;
import io.github.requests4j.spring.internal.session.SessionThrottles;
import io.github.requests4j.spring.internal.session.ThrottleStatistics;
import io.github.requests4j.spring.observation.RequestsObservationAutoConfiguration;
import io.github.requests4j.spring.resilience.RequestsResilienceAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Rate limits of sessions, counted at the server.
 */
@Timeout(120)
class RateTests {

	@AutoClose
	private final CountingServer server = CountingServer.answering(200);

	@Test
	void burstIsSentImmediatelyAndTheNextRequestIsRejectedWithoutASocket() {
		run((context, session) -> {
			for (int i = 0; i < 3; i++) {
				session.get("/");
			}
			assertThatExceptionOfType(ThrottledException.class).isThrownBy(() -> session.get("/items?token=1"))
				.withMessage("GET " + this.server.url() + "/items: the rate limit of session 'shop' (6/h) is reached,"
						+ " and there is no permit within 500ms. Make fewer calls, or raise rate.wait.")
				.satisfies((ex) -> {
					assertThat(ex.retryAfter()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
					assertThat(ex.request()).isNotNull();
				});
			assertThat(this.server.accepted()).isEqualTo(3);
			assertThat(meter(context, "limit")).isEqualTo(1);
			assertThat(meter(context, "retry-after")).isZero();
		}, "rate.limit=6/h", "rate.burst=3");
	}

	@ParameterizedTest
	@CsvSource({ "6/h,1", "10/h,1", "25/m,2", "100/s,10", "5 / s,1" })
	void burstIsATenthOfTheLimitByDefault(String limit, int burst) {
		assertThat(RateLimit.parse(limit, null).burst()).isEqualTo(burst);
		assertThat(RateLimit.parse(limit, 7).burst()).isEqualTo(7);
	}

	@Test
	void requestsWaitForPermitsInTheOrderOfTheirCalls() {
		run((context, session) -> {
			long start = System.nanoTime();
			for (int i = 0; i < 11; i++) {
				session.get("/");
			}
			// Ten of them waited for 20 ms each.
			assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(190));
			ThrottleStatistics statistics = context.getBean(SessionThrottles.class).statistics("shop");
			assertThat(statistics.waits()).isPositive();
			assertThat(context.getBean(MeterRegistry.class)
				.get("requests.rate.waits")
				.tag("session", "shop")
				.functionTimer()
				.count()).isEqualTo(statistics.waits());
		}, "rate.limit=50/s", "rate.burst=1", "rate.wait=30s");
	}

	@Test
	void retriesAndRedirectsCountLikeFirstRequests() {
		this.server.handle((request) -> switch (request.target()) {
			case "/moved" -> Answer.of(302).with("Location", "/");
			case "/broken" -> Answer.of(502);
			default -> Answer.of(200);
		});
		run((context, session) -> {
			assertThat(session.get("/moved").statusCode()).isEqualTo(200);
			assertThat(session.get("/broken").attempts()).hasSize(2);
			assertThatExceptionOfType(ThrottledException.class).isThrownBy(() -> session.get("/"));
			assertThat(this.server.accepted()).isEqualTo(5);
		}, "rate.limit=5/h", "rate.burst=5", "adapter.max-retries.total=2", "adapter.max-retries.status-forcelist=502");
	}

	@Test
	void transportsOfOneSessionShareItsLimit() {
		run((context, session) -> {
			session.get("/");
			session.get("/files/");
			assertThatExceptionOfType(ThrottledException.class).isThrownBy(() -> session.get("/files/"));
			assertThatExceptionOfType(ThrottledException.class).isThrownBy(() -> session.get("/"));
			assertThat(this.server.accepted()).isEqualTo(2);
		}, "rate.limit=2/h", "rate.burst=2", "adapters[" + this.server.url() + "/files/].pool-maxsize=1");
	}

	@Test
	void waitDoesNotExceedTheDeadline() {
		run((context, session) -> {
			session.get("/");
			assertThatExceptionOfType(ThrottledException.class)
				.isThrownBy(() -> session.get("/", (request) -> request.deadline(Duration.ofSeconds(2))))
				.withMessageContaining("when the deadline of the call passes")
				.withMessageEndingWith("Make fewer calls, or raise the deadline.");
		}, "rate.limit=6/m", "rate.burst=1", "rate.wait=1m");
	}

	@Test
	void rejectedRequestsTakeNoPermit() {
		run((context, session) -> {
			session.get("/");
			for (int i = 0; i < 100; i++) {
				assertThatExceptionOfType(ThrottledException.class)
					.isThrownBy(() -> session.get("/", (request) -> request.deadline(Duration.ofSeconds(5))))
					.satisfies((ex) -> assertThat(ex.retryAfter()).isLessThanOrEqualTo(Duration.ofMinutes(1)));
			}
		}, "rate.limit=60/h", "rate.burst=1", "rate.wait=1h");
	}

	@Test
	void interruptEndsTheWaitAndReturnsThePermit() {
		run((context, session) -> {
			session.get("/");
			AtomicReference<RequestException> failure = new AtomicReference<>();
			Thread caller = new Thread(() -> {
				try {
					session.get("/");
				}
				catch (RequestException ex) {
					failure.set(ex);
				}
			});
			caller.start();
			caller.interrupt();
			caller.join(30_000);
			assertThat(failure.get()).isExactlyInstanceOf(ConnectionException.class)
				.hasMessageContaining("interrupted");
			assertThatExceptionOfType(ThrottledException.class)
				.isThrownBy(() -> session.get("/", (request) -> request.deadline(Duration.ofSeconds(1))))
				.satisfies((ex) -> assertThat(ex.retryAfter()).isLessThanOrEqualTo(Duration.ofMinutes(1)));
		}, "rate.limit=60/h", "rate.burst=1", "rate.wait=1h");
	}

	@Test
	void closingTheSessionEndsTheWait() {
		run((context, session) -> {
			session.get("/");
			ExecutorService threads = Executors.newSingleThreadExecutor();
			try {
				Future<Response> waiting = threads.submit(() -> session.get("/"));
				session.close();
				assertThat(waiting).failsWithin(Duration.ofSeconds(30))
					.withThrowableThat()
					.withMessageContaining("closed");
			}
			finally {
				threads.shutdownNow();
			}
		}, "rate.limit=60/h", "rate.burst=1", "rate.wait=1h");
	}

	@Test
	void manyThreadsStayWithinTheLimit() {
		run((context, session) -> {
			ExecutorService threads = Executors.newFixedThreadPool(16);
			long start = System.nanoTime();
			try {
				List<Future<Response>> all = new ArrayList<>();
				for (int i = 0; i < 120; i++) {
					all.add(threads.submit(() -> session.get("/")));
				}
				for (Future<Response> one : all) {
					assertThat(one.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
				}
			}
			finally {
				threads.shutdownNow();
			}
			assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(990));
			assertThat(this.server.accepted()).isEqualTo(120);
		}, "rate.limit=100/s", "rate.burst=20", "rate.wait=30s");
	}

	@Test
	void retryAfterDelaysOtherCallsToTheOrigin() {
		this.server.handle((request) -> request.target().equals("/busy") ? Answer.of(429).with("Retry-After", "30")
				: Answer.of(200));
		try (CountingServer other = CountingServer.answering(200)) {
			run((context, session) -> {
				assertThat(session.get("/busy").statusCode()).isEqualTo(429);
				assertThatExceptionOfType(ThrottledException.class).isThrownBy(() -> session.get("/"))
					.withMessageMatching("GET .*: the server asked for a pause with Retry-After, which ends in"
							+ " (30s|29\\d\\d\\dms), but a request waits only 500ms\\."
							+ " Make fewer calls, or raise rate\\.wait\\.")
					.satisfies((ex) -> assertThat(ex.retryAfter()).isBetween(Duration.ofSeconds(20),
							Duration.ofSeconds(30)));
				assertThat(session.get(other.url() + "/").statusCode()).isEqualTo(200);
				assertThat(this.server.accepted()).isEqualTo(1);
				assertThat(meter(context, "retry-after")).isEqualTo(1);
				assertThat(meter(context, "limit")).isZero();
			}, "rate=1000/s");
		}
	}

	@Test
	void requestWaitsUntilThePauseIsOver() {
		this.server.handle((request) -> request.target().equals("/busy") ? Answer.of(503).with("Retry-After", "3")
				: Answer.of(200));
		run((context, session) -> {
			session.get("/busy");
			assertThat(session.get("/").statusCode()).isEqualTo(200);
			assertThat(context.getBean(SessionThrottles.class).statistics("shop").waits()).isEqualTo(1);
		}, "rate.wait=30s");
	}

	@ParameterizedTest
	@ValueSource(strings = { "rate.retry-after-max=0s", "rate=off", "stream=false" })
	void retryAfterCanBeLeftToEachCall(String property) {
		this.server.handle((request) -> Answer.of(429).with("Retry-After", "30"));
		run((context, session) -> {
			session.get("/");
			assertThat(session.get("/").statusCode()).isEqualTo(429);
		}, property);
	}

	@Test
	void retryAfterIsBounded() {
		this.server.handle((request) -> request.target().equals("/busy") ? Answer.of(429).with("Retry-After", "86400")
				: Answer.of(200));
		run((context, session) -> {
			session.get("/busy");
			assertThatExceptionOfType(ThrottledException.class).isThrownBy(() -> session.get("/"))
				.satisfies((ex) -> assertThat(ex.retryAfter()).isLessThanOrEqualTo(Duration.ofMinutes(5)));
		}, "rate=1000/s");
	}

	@Test
	void retryOfTheTransportWaitsForRetryAfter() {
		this.server.handle(
				(request) -> (this.server.accepted() == 1) ? Answer.of(429).with("Retry-After", "1") : Answer.of(200));
		run((context, session) -> {
			Response response = session.get("/");
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.attempts()).hasSize(1);
		}, "rate=1000/s", "adapter.max-retries=2");
	}

	@Test
	void circuitBreakerDoesNotRecordRejectedCalls() {
		runner("rate.limit=1/h", "rate.burst=1", "resilience.circuit-breaker=shop")
			.withConfiguration(AutoConfigurations.of(RetryAutoConfiguration.class,
					CircuitBreakerAutoConfiguration.class, RateLimiterAutoConfiguration.class,
					BulkheadAutoConfiguration.class, RequestsResilienceAutoConfiguration.class))
			.withPropertyValues("resilience4j.circuitbreaker.instances.shop.sliding-window-size=4")
			.run((context) -> {
				Session session = context.getBean(Session.class);
				session.get("/");
				for (int i = 0; i < 10; i++) {
					assertThatExceptionOfType(ThrottledException.class).isThrownBy(() -> session.get("/"));
				}
				CircuitBreaker breaker = context.getBean(CircuitBreakerRegistry.class).circuitBreaker("shop");
				assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isZero();
				assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
			});
	}

	@Test
	void requestThatTheLimitRejectsIsNotTriedAtOtherBaseUrls() {
		try (CountingServer other = CountingServer.answering(200)) {
			runner("rate.limit=6/h", "rate.burst=1", "base-url[0]=" + this.server.url(), "base-url[1]=" + other.url())
				.run((context) -> {
					Session session = context.getBean(Session.class);
					session.get("/");
					assertThatExceptionOfType(ThrottledException.class).isThrownBy(() -> session.get("/"))
						.satisfies((ex) -> assertThat(ex.isDeferred()).isFalse());
					assertThat(meter(context, "limit")).isEqualTo(1);
					assertThat(this.server.accepted() + other.accepted()).isEqualTo(1);
				});
		}
	}

	@Test
	void requestGoesToAnotherBaseUrlWhileOneAskedForAPause() {
		this.server.handle((request) -> Answer.of(503).with("Retry-After", "30"));
		try (CountingServer other = CountingServer.answering(200)) {
			runner("rate.wait=1ms", "base-url[0]=" + this.server.url(), "base-url[1]=" + other.url())
				.run((context) -> {
					Session session = context.getBean(Session.class);
					for (int i = 0; i < 20; i++) {
						session.get("/");
					}
					assertThat(this.server.accepted()).isEqualTo(1);
					other.handle((request) -> Answer.of(503).with("Retry-After", "30"));
					session.get("/");
					assertThatExceptionOfType(ThrottledException.class).isThrownBy(() -> session.get("/"))
						.satisfies((ex) -> assertThat(ex.isDeferred()).isTrue());
				});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "rate=100", "rate=fast", "rate.limit=0/s", "rate.limit=1/w", "rate.burst=0",
			"rate.wait=-1s", "rate.retry-after-max=-1s" })
	void wrongValuesStopTheStart(String property) {
		runner(property).run((context) -> assertThat(context).getFailure()
			.hasStackTraceContaining("requests.sessions.shop." + property.split("=")[0]));
	}

	@Test
	void missingLibraryFailsTheStartOnlyIfThereIsALimit() {
		FilteredClassLoader without = new FilteredClassLoader("io.github.bucket4j.");
		runner("rate=100/s").withClassLoader(without)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("requests.sessions.shop.rate")
				.hasStackTraceContaining("A rate limit requires Bucket4j, which is not on the class path."
						+ " Add the dependency com.bucket4j:bucket4j_jdk17-core, or remove this key."));
		runner("rate.wait=1s").withClassLoader(without)
			.run((context) -> assertThat(context.getBean(Session.class).get("/").statusCode()).isEqualTo(200));
	}

	@Test
	void inheritedLimitCanBeDisabled() {
		runner("rate.limit=OFF").run((context) -> assertThat(context).hasNotFailed());
		runner("rate=off").withPropertyValues("requests.defaults.rate.limit=1/h", "requests.defaults.rate.burst=1")
			.run((context) -> {
				Session session = context.getBean(Session.class);
				session.get("/");
				assertThat(session.get("/").statusCode()).isEqualTo(200);
			});
	}

	/** What a test does with the session of a context. */
	private interface Check {

		void run(AssertableApplicationContext context, Session session) throws Exception;

	}

	private static double meter(AssertableApplicationContext context, String reason) {
		return context.getBean(MeterRegistry.class)
			.get("requests.rate.rejected")
			.tag("session", "shop")
			.tag("reason", reason)
			.functionCounter()
			.count();
	}

	private void run(Check check, String... properties) {
		ContextConsumer<AssertableApplicationContext> consumer = (context) -> {
			assertThat(context).hasNotFailed();
			check.run(context, context.getBean(Session.class));
		};
		runner(properties).run(consumer);
	}

	private ApplicationContextRunner runner(String... properties) {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(RequestsAutoConfiguration.class,
					RequestsRateAutoConfiguration.class, RequestsObservationAutoConfiguration.class))
			.withBean(SimpleMeterRegistry.class);
		// Not by property values, which end a key at its first colon
		Map<String, Object> map = new LinkedHashMap<>();
		if (Stream.of(properties).noneMatch((property) -> property.startsWith("base-url"))) {
			map.put("requests.sessions.shop.base-url", this.server.url() + "/");
		}
		for (String property : properties) {
			int end = property.indexOf('=');
			map.put("requests.sessions.shop." + property.substring(0, end), property.substring(end + 1));
		}
		return runner.withInitializer(
				(context) -> context.getEnvironment().getPropertySources().addLast(new MapPropertySource("map", map)));
	}

}
