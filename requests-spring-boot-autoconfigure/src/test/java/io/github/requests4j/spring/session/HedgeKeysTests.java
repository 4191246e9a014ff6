package io.github.requests4j.spring.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.micrometer.context.ContextRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.RetryBudget;
import io.github.requests4j.cache.HttpCache;
import io.github.requests4j.hedging.Hedging;
import io.github.requests4j.hedging.HedgingStatistics;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.spring.CountingServer;
import io.github.requests4j.spring.CountingServer.Answer;
import io.github.requests4j.spring.concurrency.RequestsConcurrencyAutoConfiguration;
import io.github.requests4j.spring.internal.session.LiveSessions;
import io.github.requests4j.spring.observation.RequestsObservationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * The keys of {@code hedge}, and what each does on the wire.
 */
@Timeout(120)
class HedgeKeysTests {

	private final CountingServer server = CountingServer.answering(200);

	@AfterEach
	void stop() {
		this.server.close();
	}

	/** The first attempt is late: it is answered after the hedge. */
	private void beLateOnce() {
		CountDownLatch hedged = new CountDownLatch(1);
		this.server.handle((request) -> {
			if ("HEDGE".equals(request.headers().get("X-Kind"))) {
				hedged.countDown();
				return Answer.of(200);
			}
			awaitUninterruptibly(hedged);
			return Answer.of(503);
		});
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "hedge=20ms", "hedge.after=20ms", "hedge.after=20" })
	void lateRequestIsHedgedAndCounted(String property) {
		beLateOnce();
		runner(property).run((context) -> {
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(count(meters, "requests.hedges")).isZero();
			Session session = context.getBean(Session.class);
			assertThat(session.get("/").statusCode()).isEqualTo(200);
			assertThat(count(meters, "requests.hedges")).isEqualTo(1);
			assertThat(count(meters, "requests.hedges.won")).isEqualTo(1);
			assertThat(context.getBean(LiveSessions.class).hedges("shop")).isEqualTo(new HedgingStatistics(1, 1));
			await().until(() -> context.getBean(LiveSessions.class).pool("shop").leased() == 0);
		});
	}

	@Test
	void withoutKeysNothingIsHedged() {
		runner().run((context) -> {
			assertThat(hedging(context.getBean(Session.class))).isNull();
			assertThat(context.getBean(LiveSessions.class).hedges("shop")).isNull();
			assertThat(context.getBean(MeterRegistry.class).find("requests.hedges").functionCounter()).isNull();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "hedge=p95", "hedge=P99.9", "hedge.max=2" })
	void percentileIsTheDefault(String property) {
		runner(property).run((context) -> {
			Session session = context.getBean(Session.class);
			assertThat(session.get("/").statusCode()).isEqualTo(200);
			assertThat(hedging(session)).isNotNull();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "hedge=false", "hedge=off", "hedge.after=OFF" })
	void inheritedHedgesCanBeSwitchedOff(String property) {
		runner(property).withPropertyValues("requests.defaults.hedge=20ms")
			.run((context) -> assertThat(hedging(context.getBean(Session.class))).isNull());
	}

	@ParameterizedTest
	@CsvSource({ "hedge=soon, 'neither a duration, such as 200ms, nor a percentile, such as p95, nor off'",
			"hedge=0s, must be longer than zero", "hedge=p0, The percentile of a hedge must be more than 0",
			"hedge.max=0, must be at least 1", "hedge=20 parsecs, 20 parsecs" })
	void wrongValuesStopTheStart(String property, String problem) {
		runner(property).run((context) -> assertThat(context).getFailure()
			.hasStackTraceContaining("requests.sessions.shop.hedge")
			.hasStackTraceContaining(problem));
	}

	@Test
	void cacheSeesOneResponse() {
		beLateOnce();
		runner("hedge=20ms", "cache=1MB").run((context) -> {
			Session session = context.getBean(Session.class);
			assertThat(session.get("/").statusCode()).isEqualTo(200);
			Adapter adapter = session.getAdapter("http://localhost/");
			HttpCache cache = HttpCache.of(adapter);
			assertThat(cache).isNotNull();
			assertThat(cache.statistics().misses()).isEqualTo(1);
			assertThat(HttpCache.of(adapter.delegate())).isNull();
			assertThat(Hedging.of(adapter)).isNotNull();
		});
	}

	@Test
	void hedgeDoesNotWaitForAPlaceOfTheConcurrencyLimit() {
		runner("hedge=20ms", "concurrency.limit=1", "concurrency.wait=1m")
			.withConfiguration(AutoConfigurations.of(RequestsConcurrencyAutoConfiguration.class))
			.run((context) -> {
				MeterRegistry meters = context.getBean(MeterRegistry.class);
				this.server.handle((request) -> {
					await().until(() -> count(meters, "requests.concurrency.rejected") == 1);
					return Answer.of(200);
				});
				assertThat(context.getBean(Session.class).get("/").statusCode()).isEqualTo(200);
				assertThat(this.server.requests()).hasSize(1);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "adapter.max-retries=1", "retry-budget=20%" })
	void requestsAddToTheBudgetOnce(String property) {
		runner("hedge=1h", property).run((context) -> {
			Session session = context.getBean(Session.class);
			RetryBudget budget = context.getBean(LiveSessions.class).retryBudget("shop");
			while (budget.available() > 0) {
				budget.withdraw();
			}
			for (int i = 0; i < 9; i++) {
				session.get("/");
			}
			assertThat(budget.available()).isEqualTo(1);
		});
	}

	@Test
	void hedgeHasTheContextOfTheCaller() {
		beLateOnce();
		ThreadLocal<@Nullable String> tenant = new ThreadLocal<>();
		ContextRegistry.getInstance().registerThreadLocalAccessor("tenant", tenant);
		List<String> seen = new CopyOnWriteArrayList<>();
		ExchangeListener listener = (exchange) -> {
			seen.add(exchange.kind() + " " + tenant.get());
			return new ExchangeListener.Scope() {
			};
		};
		try {
			tenant.set("tea");
			runner("hedge=20ms").withBean(SessionCustomizer.class, () -> (name, builder) -> builder.listener(listener))
				.run((context) -> {
					assertThat(context.getBean(Session.class).get("/").statusCode()).isEqualTo(200);
					assertThat(seen).containsExactlyInAnyOrder(Exchange.Kind.FIRST + " tea",
							Exchange.Kind.HEDGE + " tea");
				});
		}
		finally {
			tenant.remove();
			ContextRegistry.getInstance().removeThreadLocalAccessor("tenant");
		}
	}

	@Test
	void contextPropagationMayBeMissing() {
		beLateOnce();
		runner("hedge=20ms").withClassLoader(new FilteredClassLoader("io.micrometer.context"))
			.run((context) -> assertThat(context.getBean(Session.class).get("/").statusCode()).isEqualTo(200));
	}

	@Test
	void deadlineOfTheCallEndsBothAttempts() {
		CountDownLatch end = new CountDownLatch(1);
		this.server.handle((request) -> {
			awaitUninterruptibly(end);
			return Answer.of(200);
		});
		runner("hedge=20ms", "deadline=2s").run((context) -> {
			Session session = context.getBean(Session.class);
			assertThatThrownBy(() -> session.get("/")).hasMessageContaining("deadline");
			await().until(() -> context.getBean(LiveSessions.class).pool("shop").leased() == 0);
		});
		end.countDown();
	}

	private static @Nullable Hedging hedging(Session session) {
		return Hedging.of(session.getAdapter("https://localhost/"));
	}

	private static double count(MeterRegistry meters, String name) {
		return meters.get(name).tag("session", "shop").functionCounter().count();
	}

	private ApplicationContextRunner runner(String... properties) {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsObservationAutoConfiguration.class))
			.withBean(SimpleMeterRegistry.class)
			.withBean("marks", SessionCustomizer.class, () -> (name, builder) -> builder.listener((exchange) -> {
				exchange.header("X-Kind", exchange.kind().name());
				return new ExchangeListener.Scope() {
				};
			}))
			.withPropertyValues("requests.sessions.shop.base-url=http://localhost:" + this.server.port() + "/");
		for (String property : properties) {
			runner = runner.withPropertyValues("requests.sessions.shop." + property);
		}
		return runner;
	}

}
