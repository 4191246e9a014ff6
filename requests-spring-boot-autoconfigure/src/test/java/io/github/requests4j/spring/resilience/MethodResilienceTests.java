package io.github.requests4j.spring.resilience;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import io.github.resilience4j.springboot.bulkhead.autoconfigure.BulkheadAutoConfiguration;
import io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.github.resilience4j.springboot.ratelimiter.autoconfigure.RateLimiterAutoConfiguration;
import io.github.resilience4j.springboot.retry.autoconfigure.RetryAutoConfiguration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.RetryBudget;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.Response;
import io.github.requests4j.spring.CountingServer;
import io.github.requests4j.spring.CountingServer.Answer;
import io.github.requests4j.spring.client.EnableRequestsClients;
import io.github.requests4j.spring.client.RequestsClient;
import io.github.requests4j.spring.client.RequestsClientsAutoConfiguration;
import io.github.requests4j.spring.internal.config.RequestsConfigurationException;
import io.github.requests4j.spring.internal.session.LiveSessions;
import io.github.requests4j.spring.management.BreakerStates;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Instances of Resilience4j around the calls of single client methods.
 */
@Timeout(60)
class MethodResilienceTests {

	private static final String PAY = "requests.clients.Shop.methods.pay.";

	@AutoClose
	private final CountingServer server = CountingServer.answering(500);

	private final ApplicationContextRunner bare = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RequestsAutoConfiguration.class,
				RequestsClientsAutoConfiguration.class, RequestsResilienceAutoConfiguration.class))
		.withUserConfiguration(Clients.class);

	private ApplicationContextRunner runner(String... properties) {
		return this.bare
			.withConfiguration(AutoConfigurations.of(CircuitBreakerAutoConfiguration.class,
					RetryAutoConfiguration.class, RateLimiterAutoConfiguration.class, BulkheadAutoConfiguration.class))
			.withPropertyValues("requests.sessions.s.base-url=" + this.server.url(),
					"resilience4j.circuitbreaker.instances.pay.sliding-window-size=2",
					"resilience4j.circuitbreaker.instances.pay.minimum-number-of-calls=2",
					"resilience4j.circuitbreaker.instances.all.sliding-window-size=2",
					"resilience4j.circuitbreaker.instances.all.minimum-number-of-calls=2",
					"resilience4j.retry.instances.three.max-attempts=3",
					"resilience4j.retry.instances.three.wait-duration=1ms",
					"resilience4j.retry.instances.two.max-attempts=2",
					"resilience4j.retry.instances.two.wait-duration=1ms",
					"resilience4j.ratelimiter.instances.one.limit-for-period=1",
					"resilience4j.ratelimiter.instances.one.limit-refresh-period=1h",
					"resilience4j.ratelimiter.instances.one.timeout-duration=0",
					"resilience4j.bulkhead.instances.one.max-concurrent-calls=1")
			.withPropertyValues(properties);
	}

	@Test
	void theBreakerOfOneMethodRejectsNoOtherCalls() {
		runner(PAY + "resilience.circuit-breaker=pay").run((context) -> {
			Shop shop = context.getBean(Shop.class);
			shop.pay();
			shop.pay();
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(shop::pay)
				.withMessageContaining("'pay', which is OPEN")
				.withCauseInstanceOf(CallNotPermittedException.class);
			assertThat(this.server.accepted()).isEqualTo(2);
			assertThat(shop.list().statusCode()).isEqualTo(500);
			assertThat(context.getBean(Session.class).get("/").statusCode()).isEqualTo(500);
		});
	}

	@Test
	void aMethodHasAnotherBreakerThanItsSession() {
		runner("requests.sessions.s.resilience.circuit-breaker=all", PAY + "resilience.circuit-breaker=pay")
			.run((context) -> {
				Shop shop = context.getBean(Shop.class);
				CircuitBreakerRegistry breakers = context.getBean(CircuitBreakerRegistry.class);
				shop.pay();
				shop.list();
				assertThat(breakers.circuitBreaker("pay").getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
				assertThat(breakers.circuitBreaker("all").getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
				assertThat(context.getBean(BreakerStates.class).of("s"))
					.containsExactlyInAnyOrderEntriesOf(Map.of("pay", "CLOSED", "all", "CLOSED"));
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "false", "off" })
	void aMethodPassesThroughNoBreaker(String off) {
		runner("requests.sessions.s.resilience.circuit-breaker=all", PAY + "resilience.circuit-breaker=" + off)
			.run((context) -> {
				Shop shop = context.getBean(Shop.class);
				for (int i = 0; i < 5; i++) {
					shop.pay();
				}
				assertThat(this.server.accepted()).isEqualTo(5);
				shop.list();
				shop.list();
				assertThatExceptionOfType(ConnectionException.class).isThrownBy(shop::list);
			});
	}

	@ParameterizedTest
	@CsvSource({ "requests.clients.Shop.methods.pay.resilience.retry=three, 3",
			"requests.clients.Shop.resilience.retry=three, 3", "requests.clients.s.resilience.retry=three, 3",
			"requests.clients.s.methods.pay.resilience.retry=three, 3",
			"requests.clients.Shop.methods.pay.resilience.retry=off, 1",
			"requests.clients.Shop.methods.list.resilience.retry=three, 2" })
	void aMethodHasAnotherRetryThanItsSession(String property, int attempts) {
		runner("requests.sessions.s.resilience.retry=two", property).run((context) -> {
			context.getBean(Shop.class).pay();
			assertThat(this.server.accepted()).isEqualTo(attempts);
		});
	}

	@Test
	void instancesThatAMethodDoesNotNameAreThoseOfItsClientAndSession() {
		runner("requests.sessions.s.resilience.circuit-breaker=all",
				"requests.clients.Shop.resilience.rate-limiter=one", PAY + "resilience.retry=three")
			.run((context) -> {
				assertThatExceptionOfType(ConnectionException.class).isThrownBy(context.getBean(Shop.class)::pay)
					.withCauseInstanceOf(RequestNotPermitted.class);
				assertThat(this.server.accepted()).isEqualTo(1);
				assertThat(context.getBean(CircuitBreakerRegistry.class)
					.circuitBreaker("all")
					.getMetrics()
					.getNumberOfFailedCalls()).isEqualTo(1);
			});
	}

	@Test
	void aNamedRetryReplacesTheRetriesOfTheTransport() {
		runner("requests.sessions.s.adapter.max-retries.total=4",
				"requests.sessions.s.adapter.max-retries.status-forcelist=500", PAY + "resilience.retry=two")
			.run((context) -> {
				context.getBean(Shop.class).pay();
				assertThat(this.server.accepted()).isEqualTo(2);
				context.getBean(Shop.class).list();
				assertThat(this.server.accepted()).isEqualTo(2 + 5);
			});
	}

	@Test
	void retriesOfTheTransportReplaceANamedRetry() {
		runner("requests.sessions.s.resilience.retry=two", PAY + "max-retries.total=4",
				PAY + "max-retries.status-forcelist=500")
			.run((context) -> {
				context.getBean(Shop.class).pay();
				assertThat(this.server.accepted()).isEqualTo(5);
				context.getBean(Shop.class).list();
				assertThat(this.server.accepted()).isEqualTo(5 + 2);
			});
	}

	@ParameterizedTest
	@CsvSource({ "max-retries.total=4, 5", "resilience.retry=three, 3", "resilience.retry=off, 1", "max-retries=0, 2" })
	void theRetriesOfAMethodReplaceThoseOfItsClient(String own, int attempts) {
		runner("requests.clients.Shop." + (own.startsWith("max-retries.") ? "resilience.retry=two" : "cache=true"),
				own.equals("resilience.retry=three") ? "requests.clients.s.max-retries.total=6"
						: "requests.clients.s.resilience.retry=two",
				"requests.clients.Shop.methods.pay." + own,
				own.startsWith("max-retries.") ? PAY + "max-retries.status-forcelist=500" : PAY + "cache=true")
			.run((context) -> {
				context.getBean(Shop.class).pay();
				assertThat(this.server.accepted()).isEqualTo(attempts);
			});
	}

	@Test
	void theNamedRetryOfAMethodTakesFromTheBudgetOfItsSession() {
		runner("requests.sessions.s.retry-budget=10%", PAY + "resilience.retry=three").run((context) -> {
			Shop shop = context.getBean(Shop.class);
			for (int i = 0; i < 50; i++) {
				shop.pay();
			}
			assertThat(this.server.accepted()).isEqualTo(50 + 5 + 10 - 1);
			RetryBudget budget = context.getBean(LiveSessions.class).retryBudget("s");
			assertThat(budget.available()).isZero();
		});
	}

	@Test
	void theBulkheadOfOneMethodIsFullForThatMethodOnly() throws Exception {
		CountDownLatch arrived = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		this.server.handle((request) -> {
			if (request.target().equals("/pay")) {
				arrived.countDown();
				go.await(20, TimeUnit.SECONDS);
			}
			return Answer.of(200);
		});
		runner(PAY + "resilience.bulkhead=one").run((context) -> {
			Shop shop = context.getBean(Shop.class);
			ExecutorService threads = Executors.newSingleThreadExecutor();
			try {
				Future<Response> first = threads.submit(shop::pay);
				assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
				assertThatExceptionOfType(ConnectionException.class).isThrownBy(shop::pay)
					.withCauseInstanceOf(BulkheadFullException.class);
				assertThat(shop.list().statusCode()).isEqualTo(200);
				go.countDown();
				assertThat(first.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
			}
			finally {
				go.countDown();
				threads.shutdownNow();
			}
		});
	}

	@Test
	void sessionsWithoutInstancesHaveNoSteps() {
		runner("requests.clients.Shop.max-retries=2", PAY + "resilience.retry=off")
			.run((context) -> assertThat(names(context.getBean(Session.class))).containsExactly("CallsInFlight"));
		runner(PAY + "resilience.bulkhead=one").run((context) -> assertThat(names(context.getBean(Session.class)))
			.containsExactly("CallsInFlight", "BulkheadStep"));
	}

	private static List<String> names(Session session) {
		List<String> names = new ArrayList<>();
		session.interceptors().forEach((interceptor) -> names.add(interceptor.getClass().getSimpleName()));
		return names;
	}

	@ParameterizedTest
	@CsvSource({ "requests.clients.Shop.methods.pay.resilience.circuit-breaker, circuitbreaker",
			"requests.clients.Shop.resilience.rate-limiter, ratelimiter",
			"requests.clients.s.resilience.bulkhead, bulkhead",
			"requests.clients.s.methods.list.resilience.retry, retry" })
	void anInstanceThatIsNotConfiguredStopsTheStart(String key, String group) {
		runner(key + "=typo").run((context) -> assertThat(context).getFailure()
			.rootCause()
			.isInstanceOf(RequestsConfigurationException.class)
			.hasMessageContaining(key)
			.hasMessageContaining("\"" + key + "\" from property source")
			.hasMessageContaining("no instance named 'typo'")
			.hasMessageContaining("resilience4j." + group + ".instances.typo"));
	}

	@Test
	void twoRetriesOfOneMethodStopTheStart() {
		runner(PAY + "resilience.retry=two", PAY + "max-retries=2").run((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessageContaining(PAY + "resilience.retry")
			.hasMessageContaining("'max-retries' beside it"));
		runner("requests.clients.Shop.resilience.retry=two", "requests.clients.Shop.max-retries=0")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void withoutTheLibraryAMethodThatNamesAnInstanceStopsTheStart() {
		this.bare.withClassLoader(new FilteredClassLoader("io.github.resilience4j"))
			.withPropertyValues("requests.sessions.s.base-url=" + this.server.url(), PAY + "resilience.bulkhead=b")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining(PAY + "resilience.bulkhead")
				.hasMessageContaining("Resilience4j is not on the class path"));
	}

	@EnableRequestsClients(clients = Shop.class)
	static class Clients {

	}

	/**
	 * A client.
	 */
	@RequestsClient("s")
	public interface Shop {

		@GetExchange("/pay")
		Response pay();

		@GetExchange("/list")
		Response list();

	}

}
