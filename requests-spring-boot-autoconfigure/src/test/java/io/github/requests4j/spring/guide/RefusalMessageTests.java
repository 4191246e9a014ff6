package io.github.requests4j.spring.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.springboot.bulkhead.autoconfigure.BulkheadAutoConfiguration;
import io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.github.resilience4j.springboot.ratelimiter.autoconfigure.RateLimiterAutoConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.Throttle;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.ThrottledException;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.session.SessionThrottles;
import io.github.requests4j.spring.rate.RequestsRateAutoConfiguration;
import io.github.requests4j.spring.resilience.RequestsResilienceAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What callers read when their call was not sent: the target, the reason and the fix. The
 * troubleshooting page shows the same.
 */
class RefusalMessageTests {

	private static final Path PAGE = Path.of("..", "docs", "troubleshooting.md");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RequestsAutoConfiguration.class,
				RequestsResilienceAutoConfiguration.class, CircuitBreakerAutoConfiguration.class,
				RateLimiterAutoConfiguration.class, BulkheadAutoConfiguration.class))
		.withPropertyValues("requests.sessions.pay.base-url=http://api.example.com:8080/v1",
				"resilience4j.circuitbreaker.instances.pay.sliding-window-size=4",
				"resilience4j.ratelimiter.instances.pay.limit-for-period=1",
				"resilience4j.ratelimiter.instances.pay.limit-refresh-period=1h",
				"resilience4j.ratelimiter.instances.pay.timeout-duration=0",
				"resilience4j.bulkhead.instances.pay.max-concurrent-calls=1");

	@ParameterizedTest
	@EnumSource
	void messageNamesTargetReasonAndFix(Refusal refusal) throws IOException {
		String page = Files.readString(PAGE);
		this.runner.withPropertyValues("requests.sessions.pay.resilience." + refusal.key + "=pay").run((context) -> {
			refusal.prepare.accept(context);
			Session session = context.getBean(Session.class);
			ConnectionException refused = catchThrowableOfType(ConnectionException.class,
					() -> session.get("charges?token=s3cr3t"));
			assertThat(refused).hasMessageStartingWith("GET http://api.example.com:8080/v1/charges: rejected by ")
				.hasMessageContainingAll(refusal.parts)
				.hasMessageNotContaining("s3cr3t");
			assertThat(page).contains("\nConnectionException: " + refused.getMessage() + "\n");
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void throttledMessageIsOnThePage(boolean deferred) throws IOException {
		String page = Files.readString(PAGE);
		this.runner.withConfiguration(AutoConfigurations.of(RequestsRateAutoConfiguration.class))
			.withPropertyValues("requests.sessions.pay.rate=1/h")
			.run((context) -> {
				Session session = context.getBean(Session.class);
				Throttle throttle = Objects.requireNonNull(context.getBean(SessionThrottles.class)
					.of("pay", Objects.requireNonNull(context.getBean(ConfiguredSessions.class).get("pay").rate())));
				PreparedRequest request = session.prepare("GET", "charges", (options) -> {
				});
				if (deferred) {
					throttle.deferred(request, Duration.ofSeconds(30));
				}
				else {
					throttle.beforeAttempt(new Sent(request));
				}
				ThrottledException rejected = catchThrowableOfType(ThrottledException.class,
						() -> session.get("charges?token=s3cr3t"));
				assertThat(page).contains("\nThrottledException: " + rejected.getMessage() + "\n");
			});
	}

	/** A request that takes the only permit. */
	private record Sent(PreparedRequest request) implements Throttle.Pending {

		@Override
		public @Nullable Deadline deadline() {
			return null;
		}

		@Override
		public void sleep(long nanos) {
			throw new IllegalStateException("There is a permit");
		}

		@Override
		public ThrottledException rejection(String reason, @Nullable Duration retryAfter) {
			throw new IllegalStateException(reason);
		}

	}

	/** What is between a session and its server, and how it rejects the call. */
	enum Refusal {

		BREAKER("circuit-breaker",
				(context) -> context.getBean(CircuitBreakerRegistry.class)
					.circuitBreaker("pay")
					.transitionToOpenState(),
				"the circuit breaker 'pay', which is OPEN because earlier calls failed", "Try again later"),

		LIMITER("rate-limiter",
				(context) -> context.getBean(RateLimiterRegistry.class).rateLimiter("pay").acquirePermission(),
				"the rate limiter 'pay'", "did not grant a permission in time",
				"Make fewer calls, or raise limit-for-period"),

		BULKHEAD("bulkhead",
				(context) -> context.getBean(BulkheadRegistry.class).bulkhead("pay").tryAcquirePermission(),
				"the bulkhead 'pay'", "whose limit of concurrent calls is 1", "raise max-concurrent-calls");

		private final String key;

		private final Consumer<ApplicationContext> prepare;

		private final String[] parts;

		Refusal(String key, Consumer<ApplicationContext> prepare, String... parts) {
			this.key = key;
			this.prepare = prepare;
			this.parts = parts;
		}

	}

}
