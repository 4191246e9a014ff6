package io.github.requests4j.spring.management;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

class RequestsHealthTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsManagementAutoConfiguration.class))
		.withPropertyValues("requests.sessions.shop.base-url=http://shop", "requests.sessions.pay.base-url=http://p");

	@Test
	void healthIsUpWithoutCircuitBreakers() {
		this.runner.run((context) -> assertThat(context.getBean(HealthIndicator.class).health())
			.isEqualTo(Health.up().build()));
	}

	@Test
	void closedCircuitBreakersAreListed() {
		this.runner.withBean(BreakerStates.class, () -> (session) -> Map.of("b-" + session, "CLOSED"))
			.run((context) -> {
				Health health = context.getBean(HealthIndicator.class).health();
				assertThat(health.getStatus()).isEqualTo(Status.UP);
				assertThat(health.getDetails()).containsEntry("shop", Map.of("b-shop", "CLOSED"));
			});
	}

	@Test
	void openCircuitBreakerIsReported() {
		this.runner
			.withBean(BreakerStates.class,
					() -> (session) -> Map.of("b-" + session, session.equals("pay") ? "OPEN" : "HALF_OPEN"))
			.run((context) -> {
				Health health = context.getBean(HealthIndicator.class).health();
				assertThat(health.getStatus().getCode()).isEqualTo("CIRCUIT_OPEN");
				assertThat(health.getDetails()).containsEntry("pay", Map.of("b-pay", "OPEN"))
					.containsEntry("shop", Map.of("b-shop", "HALF_OPEN"));
			});
	}

	@Test
	void indicatorCanBeDisabledOrReplaced() {
		this.runner.withPropertyValues("management.health.requests.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
		HealthIndicator own = () -> Health.down().build();
		this.runner.withBean("requestsHealthIndicator", HealthIndicator.class, () -> own)
			.run((context) -> assertThat(context.getBean(HealthIndicator.class)).isSameAs(own));
	}

}
