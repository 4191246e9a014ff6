package io.github.requests4j.spring.loadbalancer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.resilience4j.springboot.retry.autoconfigure.RetryAutoConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClientAutoConfiguration;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClientAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.DefaultResponse;
import org.springframework.cloud.commons.util.UtilAutoConfiguration;
import org.springframework.cloud.configuration.CompatibilityVerifierAutoConfiguration;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClient;
import org.springframework.cloud.loadbalancer.config.BlockingLoadBalancerClientAutoConfiguration;
import org.springframework.cloud.loadbalancer.config.LoadBalancerAutoConfiguration;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.RetryBudget;
import io.github.requests4j.hedging.HedgingStatistics;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.Attempt;
import io.github.requests4j.http.Body;
import io.github.requests4j.adapters.Retry;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.RetryException;
import io.github.requests4j.spring.CountingServer;
import io.github.requests4j.spring.CountingServer.Answer;
import io.github.requests4j.spring.internal.balancing.InstanceState;
import io.github.requests4j.spring.internal.session.LiveSessions;
import io.github.requests4j.spring.resilience.RequestsResilienceAutoConfiguration;
import io.github.requests4j.spring.session.DefaultSessionAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A service with three instances, of which one dies.
 */
@Timeout(120)
class LoadBalancerTests {

	private final List<CountingServer> instances = List.of(CountingServer.answering(200), CountingServer.answering(200),
			CountingServer.answering(200));

	@AfterEach
	void stop() {
		this.instances.forEach(CountingServer::close);
	}

	private List<Integer> accepted() {
		return this.instances.stream().map(CountingServer::accepted).toList();
	}

	@Test
	void callsAreSpreadOverTheInstances() {
		runner().run((context) -> {
			Session session = context.getBean(Session.class);
			for (int i = 0; i < 9; i++) {
				assertThat(session.get("items?q=tea").statusCode()).isEqualTo(200);
			}
			assertThat(accepted()).containsExactly(3, 3, 3);
			CountingServer first = this.instances.get(0);
			assertThat(first.requests().get(0).target()).isEqualTo("/v1/items?q=tea");
			assertThat(first.requests().get(0).headers()).containsEntry("Host", "127.0.0.1:" + first.port());
		});
	}

	@Test
	void aCallHasRetriesOfItsOwnWhichTheTransportDoesNotMultiply() {
		this.instances.forEach((instance) -> instance.handle((request) -> Answer.of(503)));
		Retry four = Retry.builder().total(4).statusForcelist(503).raiseOnStatus(false).build();
		runner().run((context) -> {
			Response response = context.getBean(Session.class)
				.get("", (request) -> request.attribute(Retry.class, four));
			assertThat(response.attempts()).hasSize(4);
			assertThat(accepted().stream().mapToInt(Integer::intValue).sum()).isEqualTo(5);
		});
	}

	@Test
	void hintSelectsInstances() {
		runner().withUserConfiguration(Hints.class)
			.withPropertyValues("spring.cloud.loadbalancer.hint.orders=blue",
					"spring.cloud.discovery.client.simple.instances.orders[1].metadata.hint=blue",
					"spring.cloud.discovery.client.simple.instances.orders[2].metadata.hint=green")
			.run((context) -> {
				Session session = context.getBean(Session.class);
				for (int i = 0; i < 6; i++) {
					assertThat(session.get("").statusCode()).isEqualTo(200);
				}
				assertThat(accepted()).containsExactly(0, 6, 0);
				session.get("", (options) -> options.header("X-SC-LB-Hint", "green"));
				assertThat(accepted()).containsExactly(0, 6, 1);
			});
	}

	@Test
	void balancerOfTheApplicationStillChooses() {
		runner().withUserConfiguration(OwnBalancer.class).run((context) -> {
			Session session = context.getBean(Session.class);
			for (int i = 0; i < 6; i++) {
				assertThat(session.get("").statusCode()).isEqualTo(200);
			}
			assertThat(accepted()).containsExactly(0, 0, 6);
			assertThat(context.getBean(LiveSessions.class).instances("s")).extracting(InstanceState::instance)
				.containsExactly("127.0.0.1:" + this.instances.get(2).port());
		});
	}

	@Test
	void instanceThatFailsIsEjected() {
		this.instances.get(0).handle((request) -> Answer.of(500));
		this.instances.get(1).handle((request) -> Answer.of(500));
		runner().run((context) -> {
			Session session = context.getBean(Session.class);
			for (int i = 0; i < 40; i++) {
				session.get("");
			}
			assertThat(accepted().get(2)).isGreaterThan(25);
			assertThat(context.getBean(LiveSessions.class).instances("s")).extracting(InstanceState::requests)
				.containsExactlyInAnyOrderElementsOf(accepted().stream().map(Integer::longValue).toList());
		});
	}

	@Test
	void harmlessCallFailsOverToAnotherInstance() {
		this.instances.get(0).handle((request) -> Answer.NONE);
		runner().run((context) -> {
			assertThat(context.getBean(Session.class).get("").statusCode()).isEqualTo(200);
			assertThat(accepted().get(0)).isEqualTo(1);
		});
	}

	@Test
	void responsesBelongToTheService() {
		this.instances.forEach((instance) -> instance.handle((request) -> request.target().equals("/v1/old")
				? Answer.of(302).with("Location", "/v1/new").with("Set-Cookie", "sid=1; Path=/") : Answer.of(200)));
		runner("auth.username=u", "auth.password=p").run((context) -> {
			Session session = context.getBean(Session.class);
			Response response = session.get("old");
			assertThat(response.url()).isEqualTo("http://orders/v1/new");
			assertThat(response.request().url()).isEqualTo("http://orders/v1/new");
			assertThat(session.cookies().get("sid")).isEqualTo("1");
			List<CountingServer.Received> received = this.instances.stream()
				.flatMap((instance) -> instance.requests().stream())
				.toList();
			assertThat(received).hasSize(2)
				.allSatisfy((request) -> assertThat(request.headers()).containsKey("Authorization"));
			assertThat(received).filteredOn((request) -> request.target().equals("/v1/new"))
				.singleElement()
				.satisfies((request) -> assertThat(request.headers()).containsEntry("Cookie", "sid=1"));
		});
	}

	@Test
	void noCallIsLostWhenAnInstanceDies() throws Exception {
		runner().run((context) -> {
			Session session = context.getBean(Session.class);
			ExecutorService threads = Executors.newFixedThreadPool(16);
			try {
				List<Future<Integer>> calls = new ArrayList<>();
				for (int i = 0; i < 200; i++) {
					if (i == 60) {
						this.instances.get(1).close();
					}
					calls.add(threads.submit(() -> session.post("", (options) -> options.data("order")).statusCode()));
					if (i == 59) {
						for (Future<Integer> call : calls) {
							call.get(30, TimeUnit.SECONDS);
						}
					}
				}
				for (Future<Integer> call : calls) {
					assertThat(call.get(30, TimeUnit.SECONDS)).isEqualTo(200);
				}
			}
			finally {
				threads.shutdownNow();
			}
			int served = this.instances.stream().mapToInt((instance) -> instance.requests().size()).sum();
			assertThat(served).isEqualTo(200);
			assertThat(accepted().get(1)).isBetween(1, 60);
		});
	}

	@Test
	void hedgeGoesToAnotherInstance() {
		CountDownLatch hedged = new CountDownLatch(1);
		AtomicInteger requests = new AtomicInteger();
		this.instances.forEach((instance) -> instance.handle((request) -> {
			if (requests.getAndIncrement() == 0) {
				return await(hedged) ? Answer.of(200) : Answer.NONE;
			}
			hedged.countDown();
			return Answer.of(204);
		}));
		runner("hedge=20ms").run((context) -> {
			Response response = context.getBean(Session.class).get("items");
			assertThat(response.url()).isEqualTo("http://orders/v1/items");
			assertThat(accepted()).containsExactlyInAnyOrder(1, 1, 0);
			HedgingStatistics hedges = context.getBean(LiveSessions.class).hedges("s");
			assertThat(hedges).isNotNull();
			assertThat(hedges.sent()).isEqualTo(1);
		});
	}

	private static boolean await(CountDownLatch latch) {
		try {
			return latch.await(60, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			return false;
		}
	}

	@Test
	void brokenCallIsRetriedOnAnotherInstanceIfThePolicyAllows() {
		this.instances.get(0).handle((request) -> Answer.NONE);
		runner("adapter.max-retries.total=2").run((context) -> {
			Session session = context.getBean(Session.class);
			for (int i = 0; i < 6; i++) {
				assertThat(session.get("").statusCode()).isEqualTo(200);
			}
			assertThat(accepted().get(0)).isPositive();
		});
		this.instances.get(1).handle((request) -> Answer.NONE);
		this.instances.get(2).handle((request) -> Answer.NONE);
		runner("adapter.max-retries.total=2").run((context) -> {
			Session session = context.getBean(Session.class);
			int before = accepted().stream().mapToInt(Integer::intValue).sum();
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> session.post("", (options) -> options.data("order")));
			assertThat(accepted().stream().mapToInt(Integer::intValue).sum()).isEqualTo(before + 1);
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> session.get(""));
			assertThat(accepted().stream().mapToInt(Integer::intValue).sum()).isEqualTo(before + 4);
			Iterable<String> once = List.of("once");
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> session.put("", (options) -> options.data(Body.of(once.iterator()))));
			assertThat(accepted().stream().mapToInt(Integer::intValue).sum()).isEqualTo(before + 5);
		});
	}

	@Test
	void statusOfThePolicyIsRetriedOnAnotherInstance() {
		this.instances.get(0).handle((request) -> Answer.of(503));
		runner("adapter.max-retries.total=2", "adapter.max-retries.status-forcelist=503").run((context) -> {
			Session session = context.getBean(Session.class);
			for (int i = 0; i < 6; i++) {
				assertThat(session.get("").statusCode()).isEqualTo(200);
			}
			this.instances.forEach((instance) -> instance.handle((request) -> Answer.of(503)));
			Response last = session.get("");
			assertThat(last.text()).isEqualTo("status 503");
			assertThat(last.attempts()).extracting(Attempt::status).containsExactly(503, 503);
		});
		runner("adapter.max-retries.total=2", "adapter.max-retries.status-forcelist=503",
				"adapter.max-retries.raise-on-status=true")
			.run((context) -> {
				Session session = context.getBean(Session.class);
				assertThatExceptionOfType(RetryException.class).isThrownBy(() -> session.get(""))
					.satisfies((ex) -> assertThat(String.valueOf(ex.response().text())).isEqualTo("status 503"));
			});
	}

	@Test
	void transportBehindTheBalancerIsReportedAndCountedOnce() {
		runner().run((context) -> {
			Session session = context.getBean(Session.class);
			Adapter balancer = session.getAdapter("http://orders/v1/");
			assertThat(balancer).hasToString("BalancedAdapter[orders]");
			assertThat(balancer.delegate()).isInstanceOf(HttpAdapter.class);
			try (Response streamed = session.get("", (options) -> options.stream(true))) {
				assertThat(streamed.statusCode()).isEqualTo(200);
				assertThat(LiveSessions.pool(balancer).leased()).isEqualTo(1);
				assertThat(context.getBean(LiveSessions.class).pool("s").leased()).isEqualTo(1);
			}
		});
	}

	@Test
	void retryAfterIsRetriedOnAnotherInstanceWithoutPause() {
		this.instances.get(0).handle((request) -> Answer.of(429).with("Retry-After", "3600"));
		runner("adapter.max-retries=2").run((context) -> {
			Session session = context.getBean(Session.class);
			for (int i = 0; i < 6; i++) {
				assertThat(session.get("").statusCode()).isEqualTo(200);
			}
			assertThat(accepted().get(0)).isPositive();
		});
	}

	@Test
	void namedRetryUsesAnotherInstance() {
		this.instances.get(0).handle((request) -> Answer.of(500));
		runner("resilience.retry=orders").withConfiguration(AutoConfigurations.of(RetryAutoConfiguration.class))
			.withPropertyValues("resilience4j.retry.instances.orders.max-attempts=2",
					"resilience4j.retry.instances.orders.wait-duration=1ms")
			.run((context) -> {
				Session session = context.getBean(Session.class);
				for (int i = 0; i < 6; i++) {
					assertThat(session.get("").statusCode()).isEqualTo(200);
				}
				assertThat(accepted().get(0)).isPositive();
			});
	}

	@Test
	void noReachableInstanceIsAConnectionException() {
		this.instances.forEach(CountingServer::close);
		runner("adapter.max-retries.total=1").run((context) -> assertThatExceptionOfType(ConnectionException.class)
			.isThrownBy(() -> context.getBean(Session.class).get("")));
	}

	@Test
	void retriesOnOtherInstancesShareTheBudget() {
		this.instances.forEach((instance) -> instance.handle((request) -> Answer.of(503)));
		int calls = 50;
		runner("adapter.max-retries.total=2", "adapter.max-retries.status-forcelist=503").run((context) -> {
			Session session = context.getBean(Session.class);
			for (int i = 0; i < calls; i++) {
				assertThat(session.get("").statusCode()).isEqualTo(503);
			}
			int received = accepted().stream().mapToInt(Integer::intValue).sum();
			assertThat(received).isBetween(calls * 6 / 5 + 9, calls * 6 / 5 + 10);
			assertThat(session.get("").isRetrySuppressed()).isTrue();
		});
	}

	@Test
	void unreachableInstancesAreSkippedEvenWithoutBudget() {
		runner("adapter.max-retries.total=2", "adapter.max-retries.status-forcelist=503").run((context) -> {
			Session session = context.getBean(Session.class);
			RetryBudget budget = context.getBean(LiveSessions.class).retryBudget("s");
			this.instances.forEach((instance) -> instance.handle((request) -> Answer.of(503)));
			for (int i = 0; i < 10; i++) {
				session.get("");
			}
			assertThat(budget.suppressed()).isPositive();
			this.instances.get(0).close();
			this.instances.get(1).close();
			this.instances.get(2).handle((request) -> Answer.of(200));
			for (int i = 0; i < 20; i++) {
				assertThat(session.get("").statusCode()).isEqualTo(200);
			}
			assertThat(budget.available()).as("refilled although instances were skipped").isGreaterThan(2);
		});
	}

	@Test
	void serviceWithoutInstancesIsReported() {
		runner("base-url=lb://typo").run((context) -> assertThatExceptionOfType(ConnectionException.class)
			.isThrownBy(() -> context.getBean(Session.class).get("/"))
			.withMessageContaining("no instances of the service 'typo'")
			.satisfies((ex) -> assertThat(ex.request()).isNotNull()));
	}

	@Test
	void otherHostsAreCalledDirectly() {
		try (CountingServer elsewhere = CountingServer.answering(200)) {
			runner().run((context) -> {
				assertThat(context.getBean(Session.class).get(elsewhere.url() + "/").statusCode()).isEqualTo(200);
				assertThat(elsewhere.accepted()).isEqualTo(1);
				assertThat(accepted()).containsExactly(0, 0, 0);
			});
		}
	}

	@Test
	void missingLoadBalancerFailsTheStart() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(RequestsLoadBalancerAutoConfiguration.class,
					RequestsAutoConfiguration.class, DefaultSessionAutoConfiguration.class))
			.withPropertyValues("requests.sessions.s.base-url=lb://orders/v1/")
			.withClassLoader(new FilteredClassLoader("org.springframework.cloud"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("requests.sessions.s.base-url")
				.hasMessageContaining("no load balancer")
				.hasMessageContaining("spring-cloud-starter-loadbalancer"));
	}

	@Test
	void serviceWithAPortFailsTheStart() {
		runner("base-url=lb://orders:8080/").run((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessageContaining("requests.sessions.s.base-url")
			.hasMessageContaining("without port"));
	}

	@Test
	void springCloudVersionIsAcceptedByItsVerifier() {
		runner().withConfiguration(AutoConfigurations.of(CompatibilityVerifierAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	/** Filters the instances by hint. */
	@Configuration(proxyBeanMethods = false)
	@LoadBalancerClient(name = "orders", configuration = HintedInstances.class)
	static class Hints {

	}

	static class HintedInstances {

		@Bean
		ServiceInstanceListSupplier hinted(ConfigurableApplicationContext context) {
			return ServiceInstanceListSupplier.builder().withBlockingDiscoveryClient().withHints().build(context);
		}

	}

	/** Always chooses the last instance. */
	@Configuration(proxyBeanMethods = false)
	@LoadBalancerClient(name = "orders", configuration = LastInstance.class)
	static class OwnBalancer {

	}

	static class LastInstance {

		@Bean
		ReactorServiceInstanceLoadBalancer last(ServiceInstanceListSupplier supplier) {
			return (request) -> supplier.get(request)
				.next()
				.map((instances) -> new DefaultResponse(instances.get(instances.size() - 1)));
		}

	}

	private ApplicationContextRunner runner(String... properties) {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(UtilAutoConfiguration.class,
					SimpleDiscoveryClientAutoConfiguration.class, CompositeDiscoveryClientAutoConfiguration.class,
					LoadBalancerAutoConfiguration.class, BlockingLoadBalancerClientAutoConfiguration.class,
					RequestsLoadBalancerAutoConfiguration.class, RequestsAutoConfiguration.class,
					DefaultSessionAutoConfiguration.class, RequestsResilienceAutoConfiguration.class))
			.withPropertyValues("requests.sessions.s.base-url=lb://orders/v1/");
		for (int i = 0; i < this.instances.size(); i++) {
			runner = runner.withPropertyValues("spring.cloud.discovery.client.simple.instances.orders[" + i + "].uri="
					+ this.instances.get(i).url());
		}
		for (String property : properties) {
			runner = runner.withPropertyValues("requests.sessions.s." + property);
		}
		return runner;
	}

}
