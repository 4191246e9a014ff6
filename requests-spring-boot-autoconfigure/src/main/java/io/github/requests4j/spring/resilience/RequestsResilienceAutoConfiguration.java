package io.github.requests4j.spring.resilience;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.retry.RetryRegistry;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.session.LiveSessions;
import io.github.requests4j.spring.management.BreakerStates;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;
import io.github.requests4j.spring.session.SessionCustomizer;

/**
 * Passes the calls of sessions through their Resilience4j instances. The instances and
 * their meters, endpoints and health indicators come from Resilience4j's own starter.
 */
@AutoConfiguration(after = RequestsAutoConfiguration.class,
		afterName = { "io.github.resilience4j.springboot.retry.autoconfigure.RetryAutoConfiguration",
				"io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration",
				"io.github.resilience4j.springboot.ratelimiter.autoconfigure.RateLimiterAutoConfiguration",
				"io.github.resilience4j.springboot.bulkhead.autoconfigure.BulkheadAutoConfiguration" })
@ConditionalOnBean(ConfiguredSessions.class)
public final class RequestsResilienceAutoConfiguration {

	@Bean
	ResilienceChecks requestsResilienceChecks(ConfiguredSessions sessions,
			ObjectProvider<ResilienceChecks.InstanceNames> instances) {
		return new ResilienceChecks(sessions,
				instances.getIfAvailable(() -> ResilienceChecks.InstanceNames.NO_LIBRARY));
	}

	@Bean
	AnnotatedClients requestsResilienceAnnotations(ListableBeanFactory beans) {
		return new AnnotatedClients(beans);
	}

	@Bean
	static LazyInitializationExcludeFilter requestsEagerResilienceChecks() {
		return LazyInitializationExcludeFilter.forBeanTypes(ResilienceChecks.class, AnnotatedClients.class);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ RetryRegistry.class, CircuitBreakerRegistry.class, RateLimiterRegistry.class,
			BulkheadRegistry.class })
	static class Present {

		@Bean
		Instances requestsResilienceInstances(ObjectProvider<RetryRegistry> retries,
				ObjectProvider<CircuitBreakerRegistry> breakers, ObjectProvider<RateLimiterRegistry> limiters,
				ObjectProvider<BulkheadRegistry> bulkheads) {
			return new Instances(retries, breakers, limiters, bulkheads);
		}

		@Bean
		BreakerStates requestsBreakerStates(ConfiguredSessions sessions, Instances instances) {
			return new Instances.NamedBreakers(sessions, instances);
		}

		/**
		 * Runs inside the interceptor that counts calls in flight, and outside those of
		 * other customizers.
		 */
		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE + 100)
		SessionCustomizer requestsResilienceCustomizer(ConfiguredSessions sessions, LiveSessions live,
				Instances instances) {
			return (name, builder) -> instances.steps(sessions, name, live.retryBudget(name))
				.forEach(builder::interceptor);
		}

	}

}
