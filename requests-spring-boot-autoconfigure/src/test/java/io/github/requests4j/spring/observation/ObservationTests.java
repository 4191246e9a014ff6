package io.github.requests4j.spring.observation;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.metrics.HttpClientMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.Session;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.spring.MockServers;
import io.github.requests4j.spring.client.EnableRequestsClients;
import io.github.requests4j.spring.client.RequestsClient;
import io.github.requests4j.spring.client.RequestsClientsAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(MockServers.class)
class ObservationTests {

	private final MockWebServer server = new MockWebServer();

	private final ApplicationContextRunner plain = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RequestsAutoConfiguration.class,
				RequestsClientsAutoConfiguration.class, RequestsObservationAutoConfiguration.class))
		.withUserConfiguration(Clients.class);

	private ApplicationContextRunner session() {
		return this.plain.withPropertyValues("requests.sessions.shop.base-url=" + this.server.url("/"),
				"management.metrics.use-global-registry=false");
	}

	private ApplicationContextRunner observed() {
		return session()
			.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class, MetricsAutoConfiguration.class,
					CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class));
	}

	@Test
	void eachExchangeIsTimedWithTheDocumentedKeys() {
		this.server.enqueue(new MockResponse.Builder().code(302).addHeader("Location", "/next").build());
		this.server.enqueue(new MockResponse.Builder().body("x").build());
		observed().run((context) -> {
			context.getBean(Shop.class).item("7", "canary");
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			Timer redirect = registry.get("http.client.requests").tag("status", "302").timer();
			assertThat(redirect.count()).isEqualTo(1);
			assertThat(redirect.getId().getTag("uri")).isEqualTo("/items/{id}");
			Timer timer = registry.get("http.client.requests").tag("status", "200").timer();
			assertThat(timer.count()).isEqualTo(1);
			assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isPositive();
			for (RequestsObservationDocumentation.LowCardinalityKeys key : RequestsObservationDocumentation.LowCardinalityKeys
				.values()) {
				assertThat(timer.getId().getTag(key.asString())).as(key.asString()).isNotNull();
			}
			assertThat(timer.getId().getTag("uri")).as("the target of the redirect").isEqualTo("none");
			assertThat(timer.getId().getTag("session")).isEqualTo("shop");
			assertThat(timer.getId().getTag("client")).isEqualTo("Shop");
			assertThat(timer.getId().getTag("method")).isEqualTo("GET");
			assertThat(timer.getId().getTag("outcome")).isEqualTo("SUCCESS");
			assertThat(timer.getId().getTag("client.name")).isEqualTo(this.server.getHostName());
			assertThat(timer.getId().getTag("exception")).isEqualTo("none");
			assertThat(registry.getMeters()).extracting((meter) -> meter.getId().toString())
				.noneMatch((id) -> id.contains("canary"));
		});
	}

	@Test
	void redirectHopsHaveNoUriTemplate() {
		this.server.enqueue(new MockResponse.Builder().code(303).addHeader("Location", "/done").build());
		this.server.enqueue(new MockResponse.Builder().code(503).build());
		this.server.enqueue(new MockResponse.Builder().body("done").build());
		observed()
			.withPropertyValues("requests.sessions.shop.adapter.max-retries.total=1",
					"requests.sessions.shop.adapter.max-retries.status-forcelist=503")
			.run((context) -> {
				context.getBean(Session.class).post("login/{user}", (options) -> options.uriVariable("user", "ann"));
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				assertThat(registry.get("http.client.requests").timers())
					.extracting((timer) -> timer.getId().getTag("method") + " " + timer.getId().getTag("uri") + " "
							+ timer.getId().getTag("status"))
					.containsExactlyInAnyOrder("POST /login/{user} 303", "GET none 503", "GET none 200");
			});
	}

	@Test
	void errorsAreTimed() {
		observed().run((context) -> {
			int port = this.server.getPort();
			this.server.close();
			assertThatExceptionOfType(RequestException.class)
				.isThrownBy(() -> context.getBean(Session.class).get("http://localhost:" + port + "/"));
			Timer timer = context.getBean(MeterRegistry.class).get("http.client.requests").timer();
			assertThat(timer.getId().getTag("exception")).isEqualTo("ConnectionException");
			assertThat(timer.getId().getTag("status")).isEqualTo("CLIENT_ERROR");
			assertThat(timer.getId().getTag("outcome")).isEqualTo("UNKNOWN");
			assertThat(timer.getId().getTag("uri")).isEqualTo("none");
			assertThat(timer.getId().getTag("client")).isEqualTo("none");
		});
	}

	@Test
	void unknownMethodsShareOneTag() {
		this.server.enqueue(new MockResponse.Builder().build());
		observed().run((context) -> {
			context.getBean(Session.class).request("PURGE-42", "/");
			assertThat(
					context.getBean(MeterRegistry.class).get("http.client.requests").timer().getId().getTag("method"))
				.isEqualTo("_OTHER");
		});
	}

	@Test
	void metricNameIsThatOfSpringBoot() {
		this.server.enqueue(new MockResponse.Builder().build());
		observed().withPropertyValues("management.observations.http.client.requests.name=my.calls").run((context) -> {
			context.getBean(Session.class).get("/");
			assertThat(context.getBean(MeterRegistry.class).get("my.calls").timer().count()).isEqualTo(1);
		});
	}

	@Test
	void beanReplacesTheConvention() {
		this.server.enqueue(new MockResponse.Builder().build());
		observed().withBean(RequestsObservationConvention.class, OwnConvention::new).run((context) -> {
			context.getBean(Session.class).get("/");
			assertThat(context.getBean(MeterRegistry.class).get("own").tag("only", "one").timer().count()).isEqualTo(1);
		});
	}

	@Test
	void sloPropertiesWork() {
		assertThat(distribution("slo", "50ms,5s").histogramCounts()).hasSize(2);
	}

	@Test
	void percentilesWork() {
		assertThat(distribution("percentiles", "0.5,0.9").percentileValues()).hasSize(2);
	}

	/** What one call left in the timer under a property of its distribution. */
	private HistogramSnapshot distribution(String property, String value) {
		this.server.enqueue(new MockResponse.Builder().build());
		AtomicReference<HistogramSnapshot> snapshot = new AtomicReference<>();
		observed()
			.withPropertyValues("management.metrics.distribution.%s.http.client.requests=%s".formatted(property, value))
			.run((context) -> {
				context.getBean(Session.class).get("/");
				snapshot.set(context.getBean(MeterRegistry.class).get("http.client.requests").timer().takeSnapshot());
			});
		return snapshot.get();
	}

	@Test
	void traceHeadersArePropagated() {
		this.server.enqueue(new MockResponse.Builder().code(302).addHeader("Location", "/next").build());
		this.server.enqueue(new MockResponse.Builder().build());
		observed()
			.withConfiguration(AutoConfigurations.of(MicrometerTracingAutoConfiguration.class,
					OpenTelemetryTracingAutoConfiguration.class, OpenTelemetrySdkAutoConfiguration.class))
			.withPropertyValues("management.tracing.sampling.probability=1.0")
			.run((context) -> {
				Observation caller = Observation.start("caller", context.getBean(ObservationRegistry.class));
				try (Observation.Scope scope = caller.openScope()) {
					String trace = context.getBean(Tracer.class).currentSpan().context().traceId();
					context.getBean(Session.class).get("/");
					String first = this.server.takeRequest().getHeaders().get("traceparent");
					String second = this.server.takeRequest().getHeaders().get("traceparent");
					assertThat(first).startsWith("00-" + trace + "-");
					assertThat(second).startsWith("00-" + trace + "-").as("a separate span").isNotEqualTo(first);
				}
				caller.stop();
			});
	}

	@Test
	void meterRegistryAloneRecordsTimings() {
		this.server.enqueue(new MockResponse.Builder().build());
		session().withBean(MeterRegistry.class, SimpleMeterRegistry::new).run((context) -> {
			assertThat(context).doesNotHaveBean(ObservationRegistry.class);
			context.getBean(Shop.class).item("7", "q");
			Timer timer = context.getBean(MeterRegistry.class).get("http.client.requests").timer();
			assertThat(timer.count()).isEqualTo(1);
			assertThat(timer.getId().getTag("uri")).isEqualTo("/items/{id}");
			assertThat(timer.getId().getTag("error")).isEqualTo("none");
		});
	}

	@Test
	void allRegistriesAreUsedIfNoneIsPrimary() {
		this.server.enqueue(new MockResponse.Builder().build());
		session().withBean("first", MeterRegistry.class, SimpleMeterRegistry::new)
			.withBean("second", MeterRegistry.class, SimpleMeterRegistry::new)
			.run((context) -> {
				context.getBean(Session.class).get("/");
				for (String name : new String[] { "first", "second" }) {
					MeterRegistry registry = context.getBean(name, MeterRegistry.class);
					assertThat(registry.get("http.client.requests").timer().count()).as(name).isEqualTo(1);
					assertThat(registry.get("requests.pool.available").gauge().value()).as(name).isEqualTo(1);
					assertThat(registry.get("requests.retries").counter().count()).as(name).isZero();
				}
			});
	}

	@Test
	void primaryRegistryIsPreferred() {
		this.server.enqueue(new MockResponse.Builder().build());
		session().withBean("first", MeterRegistry.class, SimpleMeterRegistry::new)
			.withBean("second", MeterRegistry.class, SimpleMeterRegistry::new,
					(definition) -> definition.setPrimary(true))
			.run((context) -> {
				context.getBean(Session.class).get("/");
				assertThat(context.getBean("first", MeterRegistry.class).getMeters()).isEmpty();
				assertThat(context.getBean("second", MeterRegistry.class).get("http.client.requests").timer().count())
					.isEqualTo(1);
			});
	}

	@Test
	void uriTagIsBoundedForMeters() {
		session().withPropertyValues("management.metrics.web.client.max-uri-tags=2")
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.run((context) -> {
				templates(context.getBean(Session.class), 4);
				assertThat(context.getBean(MeterRegistry.class).get("http.client.requests").timers()).hasSize(2);
			});
	}

	@Test
	void uriTagIsBoundedForObservations() {
		observed().withPropertyValues("management.metrics.web.client.max-uri-tags=2").run((context) -> {
			assertThat(context).hasBean("requestsUriTagFilter");
			templates(context.getBean(Session.class), 4);
			assertThat(context.getBean(MeterRegistry.class).get("http.client.requests").timers()).hasSize(2);
		});
		observed().withConfiguration(AutoConfigurations.of(HttpClientMetricsAutoConfiguration.class))
			.withPropertyValues("management.metrics.web.client.max-uri-tags=2")
			.run((context) -> {
				assertThat(context).as("Spring Boot's own").doesNotHaveBean("requestsUriTagFilter");
				templates(context.getBean(Session.class), 4);
				assertThat(context.getBean(MeterRegistry.class).get("http.client.requests").timers()).hasSize(2);
			});
	}

	private void templates(Session session, int count) {
		for (int i = 0; i < count; i++) {
			this.server.enqueue(new MockResponse.Builder().build());
			session.get("/t" + i + "/{id}", (o) -> o.uriVariable("id", "7"));
		}
	}

	@Test
	void poolGaugesExistBeforeTheSession() {
		for (ApplicationContextRunner runner : List.of(observed(),
				session().withBean(MeterRegistry.class, SimpleMeterRegistry::new))) {
			this.server.enqueue(new MockResponse.Builder().body("x".repeat(100_000)).build());
			runner.withPropertyValues("requests.sessions.shop.adapter.pool-maxsize=7").run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				assertThat(pool(registry, "leased")).isZero();
				assertThat(context.getBeanFactory().containsSingleton("shopSession")).as("made by a gauge").isFalse();
				try (Response response = context.getBean(Session.class).get("/", (o) -> o.stream(true))) {
					assertThat(pool(registry, "leased")).isEqualTo(1);
					assertThat(pool(registry, "available")).isZero();
					response.content();
				}
				assertThat(pool(registry, "leased")).isZero();
				assertThat(pool(registry, "available")).isEqualTo(1);
				assertThat(pool(registry, "pending")).isZero();
				assertThat(pool(registry, "max")).isEqualTo(7);
			});
		}
	}

	private static double pool(MeterRegistry registry, String what) {
		return registry.get("requests.pool." + what).tag("session", "shop").gauge().value();
	}

	@Test
	void retriesRedirectsAndBodyErrorsAreCounted() {
		this.server.enqueue(new MockResponse.Builder().code(503).build());
		this.server.enqueue(new MockResponse.Builder().code(302).addHeader("Location", "/next").build());
		this.server.enqueue(new MockResponse.Builder().body("x".repeat(100_000))
			.onResponseBody(new SocketEffect.CloseSocket())
			.build());
		observed()
			.withPropertyValues("requests.sessions.shop.adapter.max-retries.status-forcelist=503",
					"requests.sessions.shop.adapter.max-retries.total=1",
					"requests.sessions.shop.adapter.max-retries.backoff-factor=1ms")
			.run((context) -> {
				Session session = context.getBean(Session.class);
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				assertThat(counter(registry, "requests.retries")).isZero();
				assertThatExceptionOfType(RequestException.class).isThrownBy(() -> session.get("/"));
				assertThat(counter(registry, "requests.retries")).isEqualTo(1);
				assertThat(counter(registry, "requests.redirects")).isEqualTo(1);
				assertThat(counter(registry, "requests.body.errors")).isEqualTo(1);
			});
	}

	@Test
	void suppressedRetriesAreCounted() {
		for (int i = 0; i < 40; i++) {
			this.server.enqueue(new MockResponse.Builder().code(503).build());
		}
		ApplicationContextRunner runner = observed().withPropertyValues(
				"requests.sessions.shop.adapter.max-retries.status-forcelist=503",
				"requests.sessions.shop.adapter.max-retries.total=1");
		runner.run((context) -> {
			Session session = context.getBean(Session.class);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(suppressed(registry)).isZero();
			assertThat(available(registry)).isEqualTo(10);
			for (int i = 0; i < 20; i++) {
				session.get("/");
			}
			assertThat(counter(registry, "requests.retries") + suppressed(registry)).isEqualTo(20);
			assertThat(suppressed(registry)).isBetween(6.0, 7.0);
			assertThat(available(registry)).isZero();
		});
		runner.withPropertyValues("requests.sessions.shop.retry-budget=off").run((context) -> {
			context.getBean(Session.class);
			assertThat(context.getBean(MeterRegistry.class).find("requests.retries.suppressed").functionCounter())
				.isNull();
		});
	}

	private static double suppressed(MeterRegistry registry) {
		return registry.get("requests.retries.suppressed").tag("session", "shop").functionCounter().count();
	}

	private static double available(MeterRegistry registry) {
		return registry.get("requests.retries.available").tag("session", "shop").gauge().value();
	}

	private static double counter(MeterRegistry registry, String name) {
		return registry.get(name).tag("session", "shop").counter().count();
	}

	@Test
	void noopRegistryCostsNothing() {
		session().withBean(ObservationRegistry.class, () -> ObservationRegistry.NOOP)
			.run((context) -> assertThat(context.getBean(Session.class).hooks().listeners()).isEmpty());
	}

	@Test
	void noListenerIsRegisteredWithoutARegistry() {
		session().run((context) -> assertThat(context.getBean(Session.class).hooks().listeners()).isEmpty());
		session().withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> assertThat(context.getBean(Session.class).hooks().listeners()).isEmpty());
	}

	@Test
	@DisplayName("threat 40: secrets of the URL are in no key")
	void secretsOfTheUrlAreInNoKey() {
		this.server.enqueue(new MockResponse.Builder().build());
		KeyCollector collector = new KeyCollector();
		observed().withBean(RequestsObservationConvention.class, () -> collector).run((context) -> {
			context.getBean(Session.class)
				.get("http://user:canary@" + this.server.getHostName() + ":" + this.server.getPort()
						+ "/a?key=canary#canary");
			assertThat(collector.seen.toString()).contains("http.url").doesNotContain("canary");
		});
	}

	@EnableRequestsClients(clients = Shop.class)
	static class Clients {

	}

	@RequestsClient("shop")
	interface Shop {

		@GetExchange("/items/{id}")
		String item(@PathVariable String id, @RequestParam String q);

	}

	static class OwnConvention implements RequestsObservationConvention {

		@Override
		public String getName() {
			return "own";
		}

		@Override
		public KeyValues getLowCardinalityKeyValues(RequestsObservationContext context) {
			return KeyValues.of(KeyValue.of("only", "one"));
		}

	}

	static class KeyCollector extends DefaultRequestsObservationConvention {

		private final StringBuilder seen = new StringBuilder();

		KeyCollector() {
			super(DEFAULT_NAME);
		}

		@Override
		public KeyValues getHighCardinalityKeyValues(RequestsObservationContext context) {
			KeyValues keys = super.getHighCardinalityKeyValues(context);
			keys.forEach((key) -> this.seen.append(key).append('\n'));
			super.getLowCardinalityKeyValues(context).forEach((key) -> this.seen.append(key).append('\n'));
			return keys;
		}

	}

}
