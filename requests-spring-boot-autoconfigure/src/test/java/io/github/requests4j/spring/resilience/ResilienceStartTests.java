package io.github.requests4j.spring.resilience;

import java.util.Map;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.springboot.bulkhead.autoconfigure.BulkheadAutoConfiguration;
import io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.github.resilience4j.springboot.ratelimiter.autoconfigure.RateLimiterAutoConfiguration;
import io.github.resilience4j.springboot.retry.autoconfigure.RetryAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;

import io.github.requests4j.Session;
import io.github.requests4j.spring.internal.config.RequestsConfigurationException;
import io.github.requests4j.spring.management.BreakerStates;
import io.github.requests4j.spring.session.DefaultSessionAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks of instances when the application starts.
 */
class ResilienceStartTests {

	private final ApplicationContextRunner bare = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RequestsAutoConfiguration.class, DefaultSessionAutoConfiguration.class,
				RequestsResilienceAutoConfiguration.class));

	private final ApplicationContextRunner runner = this.bare
		.withConfiguration(AutoConfigurations.of(CircuitBreakerAutoConfiguration.class, RetryAutoConfiguration.class,
				RateLimiterAutoConfiguration.class, BulkheadAutoConfiguration.class))
		.withPropertyValues("resilience4j.circuitbreaker.instances.known.sliding-window-size=10",
				"resilience4j.retry.instances.known.max-attempts=3");

	@ParameterizedTest
	@CsvSource({ "circuit-breaker,circuitbreaker", "rate-limiter,ratelimiter", "bulkhead,bulkhead", "retry,retry" })
	void unknownInstanceFailsTheStart(String key, String group) {
		this.runner.withPropertyValues("requests.sessions.s.resilience." + key + "=typo")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(RequestsConfigurationException.class)
				.hasMessageContaining("requests.sessions.s.resilience." + key)
				.hasMessageContaining("\"requests.sessions.s.resilience." + key + "\" from property source")
				.hasMessageContaining("no instance named 'typo'")
				.hasMessageContaining("resilience4j." + group + ".instances.typo"));
	}

	@Test
	void availableInstancesAreListed() {
		this.runner.withPropertyValues("requests.sessions.s.resilience.retry=typo")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("[known]"));
	}

	@Test
	void instanceCreatedByTheApplicationIsAccepted() {
		this.bare.withBean(CircuitBreakerRegistry.class, () -> {
			CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();
			registry.circuitBreaker("own", CircuitBreakerConfig.ofDefaults());
			return registry;
		}).withPropertyValues("requests.sessions.s.resilience.circuit-breaker=own").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(Session.class).interceptors()).last().isInstanceOf(BreakerStep.class);
		});
	}

	@Test
	void defaultsAreInheritedUnlessTheNameIsEmpty() {
		this.runner
			.withPropertyValues("requests.defaults.resilience.circuit-breaker=known",
					"requests.sessions.a.resilience.retry=known", "requests.sessions.b.resilience.circuit-breaker=")
			.run((context) -> {
				assertThat(context.getBean("aSession", Session.class).interceptors())
					.extracting((interceptor) -> interceptor.getClass().getSimpleName())
					.containsExactly("CallsInFlight", "RetryStep", "BreakerStep");
				assertThat(context.getBean("bSession", Session.class).interceptors())
					.extracting((interceptor) -> interceptor.getClass().getSimpleName())
					.containsExactly("CallsInFlight");
			});
	}

	@Test
	void circuitBreakersAreReportedPerSession() {
		this.runner
			.withPropertyValues("requests.sessions.a.resilience.circuit-breaker=known",
					"requests.sessions.b.max-redirects=3")
			.run((context) -> {
				BreakerStates states = context.getBean(BreakerStates.class);
				assertThat(states.of("a")).containsExactly(Map.entry("known", "CLOSED"));
				context.getBean(CircuitBreakerRegistry.class).circuitBreaker("known").transitionToOpenState();
				assertThat(states.of("a")).containsExactly(Map.entry("known", "OPEN"));
				assertThat(states.of("b")).isEmpty();
				assertThat(states.of("own")).isEmpty();
			});
	}

	@Test
	void defaultSessionIsChecked() {
		this.runner.withPropertyValues("requests.defaults.resilience.retry=typo")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("requests.defaults.resilience.retry"));
	}

	@Test
	void namedRetryAndRetriesOfTheAdapterContradict() {
		this.runner
			.withPropertyValues("requests.defaults.adapter.max-retries=2", "requests.sessions.s.resilience.retry=known")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(RequestsConfigurationException.class)
				.hasMessageContaining("requests.sessions.s.resilience.retry")
				.hasMessageContaining("adapter.max-retries")
				.hasMessageContaining("max-retries: 0"));
		// Not by property values, which end a key at its first colon
		Map<String, Object> map = Map.of("requests.sessions.s.adapters[http://a.example/].max-retries.total", "2");
		this.runner.withInitializer(
				(context) -> context.getEnvironment().getPropertySources().addLast(new MapPropertySource("map", map)))
			.withPropertyValues("requests.sessions.s.resilience.retry=known")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("adapter of this session also retries"));
		this.runner
			.withPropertyValues("requests.defaults.adapter.max-retries=2", "requests.sessions.s.adapter.max-retries=0",
					"requests.sessions.s.resilience.retry=known")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void missingLibraryFailsTheStartOnlyIfAnInstanceIsNamed() {
		FilteredClassLoader without = new FilteredClassLoader("io.github.resilience4j");
		this.bare.withClassLoader(without)
			.withPropertyValues("requests.sessions.s.max-redirects=3")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(Session.class));
		this.bare.withClassLoader(without)
			.withPropertyValues("requests.sessions.s.resilience.bulkhead=b")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("requests.sessions.s.resilience.bulkhead")
				.hasMessageContaining("Resilience4j is not on the class path")
				.hasMessageContaining("resilience4j-spring-boot4"));
	}

	@Test
	void missingRegistryIsExplained() {
		this.bare.withPropertyValues("requests.sessions.s.resilience.bulkhead=b")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("no Resilience4j registry")
				.hasMessageContaining("resilience4j-spring-boot4"));
	}

}
