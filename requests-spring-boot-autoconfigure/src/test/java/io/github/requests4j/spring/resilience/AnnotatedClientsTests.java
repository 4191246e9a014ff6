package io.github.requests4j.spring.resilience;

import java.util.concurrent.atomic.AtomicInteger;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;
import io.github.resilience4j.retry.annotation.Retry;
import io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.github.resilience4j.springboot.retry.autoconfigure.RetryAutoConfiguration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.http.HttpException;
import io.github.requests4j.spring.CountingServer;
import io.github.requests4j.spring.CountingServer.Answer;
import io.github.requests4j.spring.client.EnableRequestsClients;
import io.github.requests4j.spring.client.RequestsClient;
import io.github.requests4j.spring.client.RequestsClientsAutoConfiguration;
import io.github.requests4j.spring.internal.config.RequestsConfigurationException;
import io.github.requests4j.spring.session.DefaultSessionAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Resilience4j's own annotations on client interfaces.
 */
class AnnotatedClientsTests {

	@AutoClose
	private final CountingServer server = CountingServer.answering(500);

	@Test
	void annotationsWorkWithTheirAspects() {
		AtomicInteger calls = new AtomicInteger();
		this.server.handle((request) -> (calls.incrementAndGet() < 3) ? Answer.of(500) : Answer.of(200));
		runner().run((context) -> {
			assertThat(context).hasNotFailed();
			Annotated client = context.getBean(Annotated.class);
			assertThat(client.retried()).isEqualTo("status 200");
			assertThat(this.server.accepted()).isEqualTo(3);
			this.server.handle((request) -> Answer.of(500));
			assertThatExceptionOfType(HttpException.class).isThrownBy(client::guarded);
			assertThatExceptionOfType(HttpException.class).isThrownBy(client::guarded);
			assertThatExceptionOfType(CallNotPermittedException.class).isThrownBy(client::guarded);
			assertThat(this.server.accepted()).isEqualTo(5);
			assertThat(context.getBean(CircuitBreakerRegistry.class)
				.circuitBreaker("pay")
				.getMetrics()
				.getNumberOfNotPermittedCalls()).isEqualTo(1);
		});
	}

	@Test
	void fallbackMethodCanBeADefaultMethod() {
		runner().run((context) -> {
			assertThat(context.getBean(Annotated.class).replaced("7")).isEqualTo("instead of 7: HttpException");
			assertThat(this.server.accepted()).isEqualTo(1);
		});
	}

	@Test
	void missingAspectsFailTheStart() {
		runner().withClassLoader(new FilteredClassLoader("org.aspectj"))
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(RequestsConfigurationException.class)
				.hasMessageContaining("@")
				.hasMessageContaining("Annotated.")
				.hasMessageContaining("has no effect")
				.hasMessageContaining("spring-boot-starter-aspectj"));
	}

	private ApplicationContextRunner runner() {
		return new ApplicationContextRunner().withUserConfiguration(Clients.class)
			.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, CircuitBreakerAutoConfiguration.class,
					RetryAutoConfiguration.class, RequestsAutoConfiguration.class,
					DefaultSessionAutoConfiguration.class, RequestsClientsAutoConfiguration.class,
					RequestsResilienceAutoConfiguration.class))
			.withPropertyValues("requests.sessions.s.base-url=" + this.server.url(),
					"resilience4j.retry.instances.pay.max-attempts=3",
					"resilience4j.retry.instances.pay.wait-duration=1ms",
					"resilience4j.circuitbreaker.instances.pay.sliding-window-size=2",
					"resilience4j.circuitbreaker.instances.pay.minimum-number-of-calls=2");
	}

	@RequestsClient("s")
	public interface Annotated {

		@Retry(name = "pay")
		@GetExchange("/retried")
		String retried();

		@CircuitBreaker(name = "pay")
		@GetExchange("/guarded")
		String guarded();

		@CircuitBreaker(name = "other", fallbackMethod = "instead")
		@GetExchange("/replaced/{id}")
		String replaced(@PathVariable String id);

		default String instead(String id, HttpException error) {
			return "instead of " + id + ": " + error.getClass().getSimpleName();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableRequestsClients(clients = Annotated.class)
	static class Clients {

	}

}
