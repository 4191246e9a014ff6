package io.github.requests4j.spring.observation;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.RequestsProperties;
import io.github.requests4j.spring.internal.redis.StoreActivity;
import io.github.requests4j.spring.internal.session.LiveSessions;
import io.github.requests4j.spring.internal.session.SessionConcurrency;
import io.github.requests4j.spring.internal.session.SessionThrottles;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;
import io.github.requests4j.spring.session.SessionCustomizer;

/**
 * Observes the exchanges of all sessions if there is an observation registry. With only a
 * meter registry, it times them. Without both, it does nothing.
 */
@AutoConfiguration(after = RequestsAutoConfiguration.class, afterName = {
		"org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration",
		"org.springframework.boot.http.client.autoconfigure.metrics.HttpClientMetricsAutoConfiguration" })
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ConfiguredSessions.class)
public final class RequestsObservationAutoConfiguration {

	/**
	 * Read by name, because the Spring Boot module with the properties class may be
	 * absent.
	 */
	private static final String NAME_PROPERTY = "management.observations.http.client.requests.name";

	private static String name(Environment environment) {
		return environment.getProperty(NAME_PROPERTY, DefaultRequestsObservationConvention.DEFAULT_NAME);
	}

	private static String openTelemetryName(Environment environment) {
		return environment.getProperty(NAME_PROPERTY, OpenTelemetryRequestsObservationConvention.DEFAULT_NAME);
	}

	private static RequestsObservationConvention convention(ConfiguredSessions configured, Environment environment) {
		return usesOpenTelemetry(configured)
				? new OpenTelemetryRequestsObservationConvention(openTelemetryName(environment))
				: new DefaultRequestsObservationConvention(name(environment));
	}

	private static boolean usesOpenTelemetry(ConfiguredSessions configured) {
		return configured.observation().conventions() == RequestsProperties.Conventions.OTEL;
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(ObservationRegistry.class)
	static class Observations {

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		SessionCustomizer requestsObservationCustomizer(ObservationRegistry registry, ConfiguredSessions configured,
				ObjectProvider<RequestsObservationConvention> custom, Environment environment,
				ResourceLoader resources) {
			if (registry.isNoop()) {
				return (name, builder) -> {
				};
			}
			PhaseEvents events = configured.observation().phases() ? new PhaseEvents(resources.getClassLoader()) : null;
			RequestsObservationConvention own = custom.getIfAvailable();
			ObservedExchanges listener = new ObservedExchanges(registry, own, convention(configured, environment),
					events);
			boolean counts = usesOpenTelemetry(configured) || own instanceof OpenTelemetryRequestsObservationConvention;
			return (name, builder) -> {
				builder.listener(listener);
				if (counts) {
					builder.interceptor(new SendCount.Interceptor());
				}
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	@ConditionalOnBean(MeterRegistry.class)
	static class Meters {

		@Bean
		RecordingRegistry requestsMeterRegistry(ObjectProvider<MeterRegistry> registries) {
			return RecordingRegistry.of(registries);
		}

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		SessionCustomizer requestsCountingCustomizer(LiveSessions sessions, RecordingRegistry meters,
				ObjectProvider<SessionMeters> features) {
			return (name, builder) -> {
				builder.listener(new CountedExchanges(name, sessions, meters.registry()));
				features.forEach((feature) -> feature.registerIfUsed(name));
			};
		}

		@Bean
		CacheMeters requestsCacheMeters(ConfiguredSessions configured, LiveSessions sessions,
				RecordingRegistry meters) {
			return new CacheMeters(configured, sessions, meters.registry());
		}

		@Bean
		RateMeters requestsRateMeters(ConfiguredSessions configured, ObjectProvider<SessionThrottles> throttles,
				RecordingRegistry meters) {
			return new RateMeters(configured, throttles, meters.registry());
		}

		@Bean
		@ConditionalOnBean(StoreActivity.class)
		StoreMeters requestsStoreMeters(StoreActivity store, RecordingRegistry meters) {
			return new StoreMeters(store, meters.registry());
		}

		@Bean
		ConcurrencyMeters requestsConcurrencyMeters(ConfiguredSessions configured,
				ObjectProvider<SessionConcurrency> limits, RecordingRegistry meters) {
			return new ConcurrencyMeters(configured, limits, meters.registry());
		}

		@Bean
		BalancerMeters requestsBalancerMeters(ConfiguredSessions configured, LiveSessions sessions,
				RecordingRegistry meters) {
			return new BalancerMeters(configured, sessions, meters.registry());
		}

		@Bean
		HedgeMeters requestsHedgeMeters(ConfiguredSessions configured, LiveSessions sessions,
				RecordingRegistry meters) {
			return new HedgeMeters(configured, sessions, meters.registry());
		}

		@Bean
		PoolGauges requestsPoolGauges(LiveSessions sessions, RecordingRegistry meters) {
			return new PoolGauges(sessions, meters.registry());
		}

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		@ConditionalOnMissingBean(ObservationRegistry.class)
		SessionCustomizer requestsTimingCustomizer(RecordingRegistry meters, ConfiguredSessions configured,
				ObjectProvider<RequestsObservationConvention> custom, Environment environment) {
			TimedExchanges listener = new TimedExchanges(meters.registry(),
					custom.getIfAvailable(() -> convention(configured, environment)), uriTags(environment));
			return (name, builder) -> builder.listener(listener);
		}

		/**
		 * Limits the URI tags. Spring Boot applies this filter to every registry that it
		 * creates.
		 */
		@Bean
		@ConditionalOnBean(ObservationRegistry.class)
		@ConditionalOnMissingBean(name = "metricsHttpClientUriTagFilter")
		static MeterFilter requestsUriTagFilter(Environment environment) {
			return new UriTags.Filter(name(environment), uriTags(environment));
		}

		@Bean
		static MeterFilter requestsOpenTelemetryFilter(Environment environment) {
			return new OpenTelemetryMeters(openTelemetryName(environment), uriTags(environment));
		}

		/** Keeps the events of spans out of the metrics, which have timers for phases. */
		@Bean
		static MeterFilter requestsPhaseEventFilter() {
			return MeterFilter.deny((id) -> id.getName().contains("." + PhaseEvents.PREFIX));
		}

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		SessionCustomizer requestsPhaseCustomizer(RecordingRegistry meters, ConfiguredSessions configured,
				Environment environment) {
			if (!configured.observation().phases()) {
				return (name, builder) -> {
				};
			}
			// All sessions share the limit, even after a refresh
			UriTags uris = uriTags(environment);
			return (name, builder) -> builder.listener(new TimedPhases(name, meters.registry(), uris));
		}

		private static UriTags uriTags(Environment environment) {
			return new UriTags(environment.getProperty(UriTags.PROPERTY, Integer.class, UriTags.DEFAULT_MAX));
		}

	}

	/**
	 * The registry for meters, which is the only or primary one, or else a composite of
	 * all. Spring Boot's metrics module declares a primary registry itself, but it may be
	 * absent.
	 *
	 * @param registry the registry
	 */
	record RecordingRegistry(MeterRegistry registry) {

		static RecordingRegistry of(ObjectProvider<MeterRegistry> registries) {
			MeterRegistry only = registries.getIfUnique();
			return new RecordingRegistry((only != null) ? only
					: new CompositeMeterRegistry(Clock.SYSTEM, registries.orderedStream().toList()));
		}

	}

}
