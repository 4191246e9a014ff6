package io.github.requests4j.spring.observation;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.requests4j.Session;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.spring.CountingServer;
import io.github.requests4j.spring.CountingServer.Answer;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;
import io.github.requests4j.spring.session.SessionCustomizer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An attempt that lost against a hedge must not raise an alert about errors.
 */
@Timeout(120)
class CancelledAttemptTests {

	private final CountDownLatch hedged = new CountDownLatch(1);

	private final CountingServer server = CountingServer.answering(200);

	@AfterEach
	void stop() {
		this.hedged.countDown();
		this.server.close();
	}

	private ApplicationContextRunner session() {
		return new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsObservationAutoConfiguration.class))
			.withBean(SessionCustomizer.class, () -> (name, builder) -> builder.listener(kindAsHeader()))
			.withPropertyValues("requests.sessions.shop.base-url=" + this.server.url(),
					"requests.sessions.shop.hedge=20ms", "requests.observation.phases=true",
					"management.metrics.use-global-registry=false");
	}

	private static ExchangeListener kindAsHeader() {
		return (exchange) -> {
			exchange.header("X-Kind", exchange.kind().name());
			return new ExchangeListener.Scope() {
			};
		};
	}

	private List<ApplicationContextRunner> observedAndTimed() {
		return List.of(
				session().withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class,
						MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
						SimpleMetricsExportAutoConfiguration.class)),
				session().withBean(MeterRegistry.class, SimpleMeterRegistry::new));
	}

	/** Calls the server, which never answers the first attempt. */
	private MeterRegistry hedgedCall(Session session, MeterRegistry registry) {
		this.server.handle((request) -> {
			if (!"HEDGE".equals(request.headers().get("X-Kind"))) {
				awaitUninterruptibly(this.hedged);
			}
			return Answer.of(200);
		});
		assertThat(session.get("/").statusCode()).isEqualTo(200);
		return registry;
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void attemptThatLostIsNoError() {
		for (ApplicationContextRunner runner : observedAndTimed()) {
			runner.run((context) -> {
				MeterRegistry registry = hedgedCall(context.getBean(Session.class),
						context.getBean(MeterRegistry.class));
				Timer timer = registry.get("http.client.requests").tag("outcome", "CANCELLED").timer();
				assertThat(timer.count()).isEqualTo(1);
				assertThat(timer.getId().getTag("error")).isEqualTo("none");
				assertThat(timer.getId().getTag("exception")).isEqualTo("none");
				assertThat(timer.getId().getTag("status")).isEqualTo("CANCELLED");
				assertThat(registry.get("requests.exchange").tag("outcome", "CANCELLED").timer().count()).isEqualTo(1);
				assertThat(registry.find("http.client.requests").tag("outcome", "UNKNOWN").timers()).isEmpty();
			});
		}
	}

	@Test
	void attemptThatLostHasNoErrorTypeOfOpenTelemetry() {
		for (ApplicationContextRunner runner : observedAndTimed()) {
			runner.withPropertyValues("requests.observation.conventions=otel").run((context) -> {
				MeterRegistry registry = hedgedCall(context.getBean(Session.class),
						context.getBean(MeterRegistry.class));
				assertThat(registry.get("http.client.request.duration").timers())
					.extracting((timer) -> timer.getId().getTag("error.type") + " "
							+ timer.getId().getTag("http.response.status_code"))
					.containsExactlyInAnyOrder("none none", "none 200");
			});
		}
	}

}
