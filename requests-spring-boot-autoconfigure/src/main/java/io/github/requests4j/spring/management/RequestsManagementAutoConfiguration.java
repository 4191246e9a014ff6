package io.github.requests4j.spring.management;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.redis.StoreActivity;
import io.github.requests4j.spring.internal.session.LiveSessions;
import io.github.requests4j.spring.internal.session.RefreshReport;
import io.github.requests4j.spring.internal.session.SessionConcurrency;
import io.github.requests4j.spring.internal.session.SessionThrottles;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

/**
 * Configures the endpoint {@code requests}, the health indicator for the called services,
 * and the masking of secrets in Spring Boot's own endpoints.
 */
@AutoConfiguration(after = RequestsAutoConfiguration.class)
public final class RequestsManagementAutoConfiguration {

	/**
	 * Configures the endpoint {@code requests} if it is exposed. Otherwise, nothing is
	 * counted.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ ConditionalOnAvailableEndpoint.class, Sanitizer.class })
	@ConditionalOnAvailableEndpoint(RequestsEndpoint.class)
	@ConditionalOnBean(LiveSessions.class)
	static final class EndpointConfiguration {

		@Bean
		@ConditionalOnMissingBean
		RequestsEndpoint requestsEndpoint(ConfiguredSessions configured, LiveSessions live,
				SessionActivities activities, ObjectProvider<BreakerStates> breakers,
				ObjectProvider<SessionConcurrency> concurrency, ObjectProvider<SessionThrottles> throttles,
				ObjectProvider<SanitizingFunction> sanitizing, ObjectProvider<RefreshReport.Last> refreshes) {
			return new RequestsEndpoint(configured, live, activities, breakers.orderedStream().toList(),
					concurrency.getIfAvailable(), throttles.getIfAvailable(),
					new Sanitizer(sanitizing.orderedStream()
						.filter((function) -> !(function instanceof SecretsSanitizingFunction))
						.toList()),
					refreshes.getIfAvailable(() -> () -> null));
		}

		@Bean
		@ConditionalOnBean(RequestsEndpoint.class)
		@ConditionalOnMissingBean
		@Conditional(OnMvcOrWebFlux.class)
		RequestsPageExtension requestsPageExtension(RequestsEndpoint endpoint) {
			return new RequestsPageExtension(endpoint);
		}

		@Bean
		SessionActivities requestsSessionActivities() {
			return new SessionActivities();
		}

	}

	/**
	 * Matches unless Jersey serves the endpoints, which would send the page to clients
	 * without a preference.
	 */
	static final class OnMvcOrWebFlux extends AnyNestedCondition {

		OnMvcOrWebFlux() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnClass(name = "org.springframework.web.servlet.DispatcherServlet")
		static final class Mvc {

		}

		@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
		static final class WebFlux {

		}

	}

	/**
	 * Configures the health indicator for the called services, which uses circuit
	 * breakers. Set {@code management.health.requests.enabled=false} to disable it.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
	@ConditionalOnEnabledHealthIndicator("requests")
	@ConditionalOnBean(LiveSessions.class)
	static final class HealthConfiguration {

		@Bean
		@ConditionalOnMissingBean(name = "requestsHealthIndicator")
		HealthIndicator requestsHealthIndicator(LiveSessions sessions, ObjectProvider<BreakerStates> breakers) {
			return new BreakersHealthIndicator(sessions, breakers.orderedStream().toList());
		}

		@Bean
		@ConditionalOnBean(StoreActivity.class)
		@ConditionalOnMissingBean(name = "requestsStoreHealthIndicator")
		HealthIndicator requestsStoreHealthIndicator(StoreActivity store) {
			return new StoreHealthIndicator(store);
		}

	}

	/**
	 * Masks secrets of requests in the endpoints of Spring Boot that show properties.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SanitizingFunction.class)
	static final class SanitizingConfiguration {

		@Bean
		SanitizingFunction requestsSecretsSanitizingFunction() {
			return new SecretsSanitizingFunction();
		}

	}

}
