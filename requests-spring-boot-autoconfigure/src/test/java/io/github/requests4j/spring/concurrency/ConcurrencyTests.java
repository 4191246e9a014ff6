package io.github.requests4j.spring.concurrency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

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
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;

import io.github.requests4j.Session;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.ReadTimeoutException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.ThrottledException;
import io.github.requests4j.spring.CountingServer;
import io.github.requests4j.spring.CountingServer.Answer;
import io.github.requests4j.spring.internal.session.SessionConcurrency;
import io.github.requests4j.spring.observation.RequestsObservationAutoConfiguration;
import io.github.requests4j.spring.resilience.RequestsResilienceAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Concurrency limits of sessions. The server keeps requests to {@code /slow} until the
 * test lets them go.
 */
@Timeout(120)
class ConcurrencyTests {

	private final CountDownLatch arrived = new CountDownLatch(1);

	private final Semaphore leave = new Semaphore(0);

	@AutoClose
	private final CountingServer server = new CountingServer((request) -> {
		if (request.target().startsWith("/slow")) {
			this.arrived.countDown();
			this.leave.acquireUninterruptibly();
		}
		return Answer.of(200);
	});

	@AutoClose("shutdownNow")
	private final ExecutorService threads = Executors.newCachedThreadPool();

	@ParameterizedTest
	@ValueSource(strings = { "concurrency=1", "concurrency.limit=1" })
	void requestAboveTheLimitIsRejectedWithoutASocket(String property) {
		run((context, session) -> {
			Future<Response> first = startSlow(session);
			assertThatExceptionOfType(ThrottledException.class).isThrownBy(() -> session.get("/items?token=1"))
				.withMessage(
						"GET " + this.server.url() + "/items: the concurrency limit of session 'shop' (1) is reached."
								+ " Make fewer concurrent calls, or raise concurrency.limit or concurrency.wait.")
				.satisfies((ex) -> assertThat(ex.request()).isNotNull());
			assertThat(this.server.accepted()).isEqualTo(1);
			assertThat(meter(context, "active")).isEqualTo(1);
			assertThat(meter(context, "limit")).isEqualTo(1);
			assertThat(context.getBean(MeterRegistry.class)
				.get("requests.concurrency.rejected")
				.tag("session", "shop")
				.functionCounter()
				.count()).isEqualTo(1);
			this.leave.release();
			assertThat(first.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
			assertThat(meter(context, "active")).isZero();
			assertThat(session.get("/").statusCode()).isEqualTo(200);
		}, property);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "adaptive" })
	void requestsWaitForAPlace(String limit) {
		run((context, session) -> {
			List<Future<Response>> first = new ArrayList<>();
			int places = context.getBean(SessionConcurrency.class).state("shop").limit();
			for (int i = 0; i < places; i++) {
				first.add(this.threads.submit(() -> session.get("/slow")));
			}
			await().until(() -> this.server.accepted() == places);
			List<Future<Response>> waiting = new ArrayList<>();
			for (int i = 0; i < 5; i++) {
				waiting.add(this.threads.submit(() -> session.get("/")));
			}
			assertThatExceptionOfType(ThrottledException.class)
				.isThrownBy(() -> session.get("/", (request) -> request.deadline(Duration.ofMillis(50))));
			assertThat(this.server.accepted()).isEqualTo(places);
			this.leave.release(places);
			for (Future<Response> call : first) {
				assertThat(call.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
			}
			for (Future<Response> call : waiting) {
				assertThat(call.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
			}
			assertThat(meter(context, "active")).isZero();
		}, "concurrency.limit=" + limit, "concurrency.wait=30s", "adapter.pool-maxsize=100");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "adaptive" })
	void interruptEndsTheWait(String limit) {
		run((context, session) -> {
			int places = context.getBean(SessionConcurrency.class).state("shop").limit();
			for (int i = 0; i < places; i++) {
				this.threads.submit(() -> session.get("/slow"));
			}
			await().until(() -> this.server.accepted() == places);
			Future<?> waiting = this.threads.submit(() -> {
				Thread.currentThread().interrupt();
				assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> session.get("/"))
					.withMessageContaining("interrupted while waiting for the concurrency limit");
				assertThat(Thread.interrupted()).isTrue();
			});
			assertThat(waiting).succeedsWithin(Duration.ofSeconds(30));
			this.leave.release(places);
			await().until(() -> meter(context, "active") == 0);
		}, "concurrency.limit=" + limit, "concurrency.wait=1h", "adapter.pool-maxsize=100");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "adaptive" })
	void closingTheSessionEndsTheWait(String limit) {
		run((context, session) -> {
			int places = context.getBean(SessionConcurrency.class).state("shop").limit();
			List<Future<Response>> calls = new ArrayList<>();
			for (int i = 0; i < places; i++) {
				calls.add(this.threads.submit(() -> session.get("/slow")));
			}
			await().until(() -> this.server.accepted() == places);
			List<Thread> waiting = new ArrayList<>();
			for (int i = 0; i < 5; i++) {
				FutureTask<Response> call = new FutureTask<>(() -> session.get("/"));
				calls.add(call);
				waiting.add(new Thread(call));
			}
			waiting.forEach(Thread::start);
			await().until(() -> waiting.stream().allMatch((thread) -> thread.getState() == Thread.State.TIMED_WAITING));
			session.close();
			for (Future<Response> call : calls) {
				assertThat(call).failsWithin(Duration.ofSeconds(30))
					.withThrowableOfType(ExecutionException.class)
					.withCauseInstanceOf(RequestException.class)
					.withMessageContaining("closed");
			}
			assertThat(this.server.accepted()).isEqualTo(places);
			assertThat(meter(context, "active")).isZero();
			this.leave.release(places);
		}, "concurrency.limit=" + limit, "concurrency.wait=1h", "adapter.pool-maxsize=100");
	}

	@Test
	void placeIsReleasedWhenARequestFails() {
		run((context, session) -> {
			for (int i = 0; i < 3; i++) {
				assertThatExceptionOfType(ReadTimeoutException.class).isThrownBy(() -> session.get("/slow"));
			}
			assertThat(meter(context, "active")).isZero();
			this.leave.release(3);
			assertThat(session.get("/").statusCode()).isEqualTo(200);
		}, "concurrency.limit=1", "concurrency.wait=0s", "read-timeout=50ms");
	}

	@Test
	void timeoutsLowerAnAdaptiveLimit() {
		run((context, session) -> {
			SessionConcurrency limits = context.getBean(SessionConcurrency.class);
			int before = limits.state("shop").limit();
			long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
			while (limits.state("shop").limit() >= before && System.nanoTime() < end) {
				assertThatExceptionOfType(ReadTimeoutException.class).isThrownBy(() -> session.get("/slow"));
			}
			this.leave.release(10_000);
			assertThat(limits.state("shop").limit()).isLessThan(before);
		}, "concurrency=adaptive", "read-timeout=20ms");
	}

	@Test
	void limitIsThatOfTheSessionNotOfOneTransport() {
		run((context, session) -> {
			Future<Response> first = startSlow(session);
			assertThatExceptionOfType(ThrottledException.class).isThrownBy(() -> session.get("/files/"));
			this.leave.release();
			assertThat(first).succeedsWithin(Duration.ofSeconds(30));
			assertThat(session.get("/files/").statusCode()).isEqualTo(200);
		}, "concurrency=1", "adapters[" + this.server.url() + "/files/].pool-maxsize=1");
	}

	@Test
	void cachedResponseNeedsNoPlace() {
		this.server.handle((request) -> {
			if (request.target().equals("/slow")) {
				this.arrived.countDown();
				this.leave.acquireUninterruptibly();
			}
			return Answer.of(200).with("Cache-Control", "max-age=600");
		});
		run((context, session) -> {
			session.get("/stored");
			Future<Response> slow = startSlow(session);
			assertThat(session.get("/stored").statusCode()).isEqualTo(200);
			this.leave.release();
			assertThat(slow).succeedsWithin(Duration.ofSeconds(30));
		}, "concurrency=1", "cache=1MB");
	}

	@Test
	void circuitBreakerDoesNotRecordRejectedCalls() {
		runner("concurrency=1", "resilience.circuit-breaker=shop")
			.withConfiguration(AutoConfigurations.of(RetryAutoConfiguration.class,
					CircuitBreakerAutoConfiguration.class, RateLimiterAutoConfiguration.class,
					BulkheadAutoConfiguration.class, RequestsResilienceAutoConfiguration.class))
			.withPropertyValues("resilience4j.circuitbreaker.instances.shop.sliding-window-size=4")
			.run((context) -> {
				Session session = context.getBean(Session.class);
				Future<Response> first = startSlow(session);
				for (int i = 0; i < 10; i++) {
					assertThatExceptionOfType(ThrottledException.class).isThrownBy(() -> session.get("/"));
				}
				CircuitBreaker breaker = context.getBean(CircuitBreakerRegistry.class).circuitBreaker("shop");
				assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isZero();
				this.leave.release();
				assertThat(first).succeedsWithin(Duration.ofSeconds(30));
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "concurrency=0", "concurrency=many", "concurrency.limit=-1", "concurrency.limit=1.5",
			"concurrency.wait=-1s" })
	void wrongValuesStopTheStart(String property) {
		runner(property).run((context) -> assertThat(context).getFailure()
			.hasStackTraceContaining("requests.sessions.shop." + property.split("=")[0]));
	}

	@Test
	void missingLibraryFailsTheStartOnlyIfTheLimitIsAdaptive() {
		FilteredClassLoader without = new FilteredClassLoader("com.netflix.");
		runner("concurrency=adaptive").withClassLoader(without)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("com.netflix.concurrency-limits:concurrency-limits-core"));
		runner("concurrency=5").withClassLoader(without)
			.run((context) -> assertThat(context.getBean(Session.class).get("/").statusCode()).isEqualTo(200));
	}

	@Test
	void inheritedLimitCanBeDisabled() {
		runner("concurrency=off").withPropertyValues("requests.defaults.concurrency=1").run((context) -> {
			Session session = context.getBean(Session.class);
			Future<Response> first = startSlow(session);
			assertThat(session.get("/").statusCode()).isEqualTo(200);
			assertThat(context.getBean(SessionConcurrency.class).state("shop")).isNull();
			this.leave.release();
			assertThat(first).succeedsWithin(Duration.ofSeconds(30));
		});
	}

	private Future<Response> startSlow(Session session) throws InterruptedException {
		Future<Response> slow = this.threads.submit(() -> session.get("/slow"));
		assertThat(this.arrived.await(30, TimeUnit.SECONDS)).isTrue();
		return slow;
	}

	/** What a test does with the session of a context. */
	private interface Check {

		void run(AssertableApplicationContext context, Session session) throws Exception;

	}

	private static double meter(AssertableApplicationContext context, String name) {
		return context.getBean(MeterRegistry.class)
			.get("requests.concurrency." + name)
			.tag("session", "shop")
			.gauge()
			.value();
	}

	private void run(Check check, String... properties) {
		runner(properties).run((context) -> {
			assertThat(context).hasNotFailed();
			check.run(context, context.getBean(Session.class));
		});
	}

	private ApplicationContextRunner runner(String... properties) {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(RequestsAutoConfiguration.class,
					RequestsConcurrencyAutoConfiguration.class, RequestsObservationAutoConfiguration.class))
			.withBean(SimpleMeterRegistry.class)
			.withPropertyValues("requests.sessions.shop.base-url=" + this.server.url() + "/");
		// Not by property values, which end a key at its first colon
		Map<String, Object> map = new LinkedHashMap<>();
		for (String property : properties) {
			int end = property.indexOf('=');
			map.put("requests.sessions.shop." + property.substring(0, end), property.substring(end + 1));
		}
		return runner.withInitializer(
				(context) -> context.getEnvironment().getPropertySources().addLast(new MapPropertySource("map", map)));
	}

}
