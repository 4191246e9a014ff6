package io.github.requests4j.spring.observation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.metrics.HttpClientMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.requests4j.Session;
import io.github.requests4j.http.CallContext;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.ExchangeRecord;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.spring.MockServers;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;
import io.github.requests4j.spring.session.SessionCustomizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The names of OpenTelemetry's conventions, and traces as the SDK of OpenTelemetry
 * exports them.
 */
@ExtendWith(MockServers.class)
class OpenTelemetryTests {

	private static final String METRIC = "http.client.request.duration";

	private final MockWebServer server = new MockWebServer();

	private final CollectedSpans collector = new CollectedSpans();

	private ApplicationContextRunner session() {
		return new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsObservationAutoConfiguration.class))
			.withPropertyValues("requests.sessions.shop.base-url=" + this.server.url("/"),
					"management.metrics.use-global-registry=false");
	}

	private ApplicationContextRunner metrics() {
		return session()
			.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class, MetricsAutoConfiguration.class,
					CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class));
	}

	private ApplicationContextRunner traced() {
		return metrics()
			.withConfiguration(AutoConfigurations.of(MicrometerTracingAutoConfiguration.class,
					OpenTelemetryTracingAutoConfiguration.class, OpenTelemetrySdkAutoConfiguration.class))
			.withPropertyValues("management.tracing.sampling.probability=1.0")
			.withBean(CollectedSpans.class, () -> this.collector);
	}

	private List<SpanData> spans(AssertableApplicationContext context) {
		assertThat(context.getBean(SdkTracerProvider.class).forceFlush().join(30, TimeUnit.SECONDS).isSuccess())
			.isTrue();
		return this.collector.spans();
	}

	private static Map<String, String> attributes(SpanData span) {
		Map<String, String> attributes = new LinkedHashMap<>();
		span.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), String.valueOf(value)));
		return attributes;
	}

	private static List<String> facts() {
		try (InputStream in = Objects
			.requireNonNull(OpenTelemetryTests.class.getResourceAsStream("opentelemetry-http-client.txt"))) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
				.filter((line) -> !line.startsWith("#"))
				.toList();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The attributes of a metric or a span that this library has. */
	private static Set<String> given(String kind) {
		return facts().stream()
			.map((line) -> line.split(" +"))
			.filter((words) -> words[0].equals(kind) && words[3].equals("given"))
			.map((words) -> words[1])
			.collect(Collectors.toCollection(TreeSet::new));
	}

	@Test
	void everyRequiredAttributeIsGiven() {
		assertThat(facts()).filteredOn((line) -> line.contains(" required "))
			.hasSize(7)
			.allMatch((line) -> line.endsWith("given"));
		assertThat(facts()).filteredOn((line) -> line.contains(" conditionally-required "))
			.hasSize(7)
			.allMatch((line) -> line.endsWith("given") || line.matches("\\w+ +network\\.protocol\\.name .* other"));
	}

	@Test
	void metricHasThePublishedAttributesAndTheSessionAndClient() {
		this.server.enqueue(new MockResponse.Builder().build());
		metrics().withPropertyValues("requests.observation.conventions=otel").run((context) -> {
			context.getBean(Session.class).get("items/{id}", (request) -> request.uriVariable("id", "canary"));
			Timer timer = context.getBean(MeterRegistry.class).get(METRIC).timer();
			Set<String> expected = given("metric");
			expected.addAll(Set.of("session", "client"));
			assertThat(timer.getId().getTags()).extracting(Tag::getKey).containsExactlyInAnyOrderElementsOf(expected);
			assertThat(tags(timer)).containsEntry("http.request.method", "GET")
				.containsEntry("server.address", this.server.getHostName())
				.containsEntry("server.port", String.valueOf(this.server.getPort()))
				.containsEntry("url.scheme", "http")
				.containsEntry("url.template", "/items/{id}")
				.containsEntry("http.response.status_code", "200")
				.containsEntry("error.type", "none")
				.containsEntry("network.protocol.version", "1.1")
				.containsEntry("session", "shop")
				.containsEntry("client", "none");
			assertThat(context.getBean(MeterRegistry.class).find("http.client.requests").timers()).isEmpty();
		});
	}

	private static Map<String, String> tags(Timer timer) {
		return timer.getId().getTags().stream().collect(Collectors.toMap(Tag::getKey, Tag::getValue));
	}

	@Test
	void bucketsAreThePublishedOnesUnlessTheApplicationSetsOthers() {
		double[] published = facts().stream()
			.filter((line) -> line.startsWith("buckets "))
			.flatMap((line) -> Stream.of(line.substring(8).split(" ")))
			.mapToDouble(Double::parseDouble)
			.toArray();
		assertThat(published).hasSize(14);
		assertThat(buckets(metrics())).containsExactly(published);
		assertThat(buckets(metrics().withPropertyValues("management.metrics.distribution.slo." + METRIC + "=1s,2s")))
			.containsExactly(1, 2);
		assertThat(buckets(session().withBean(MeterRegistry.class, SimpleMeterRegistry::new)))
			.as("without observations")
			.containsExactly(published);
	}

	private double[] buckets(ApplicationContextRunner runner) {
		this.server.enqueue(new MockResponse.Builder().build());
		List<CountAtBucket> buckets = new ArrayList<>();
		runner.withPropertyValues("requests.observation.conventions=otel").run((context) -> {
			context.getBean(Session.class).get("/");
			Timer timer = context.getBean(MeterRegistry.class).get(METRIC).timer();
			assertThat(timer.getId().getTag("error")).isNull();
			buckets.addAll(List.of(timer.takeSnapshot().histogramCounts()));
		});
		return buckets.stream().mapToDouble((bucket) -> bucket.bucket(TimeUnit.SECONDS)).toArray();
	}

	@Test
	void prometheusExportsSecondsAndBuckets() {
		this.server.enqueue(new MockResponse.Builder().build());
		metrics().withConfiguration(AutoConfigurations.of(PrometheusMetricsExportAutoConfiguration.class))
			.withPropertyValues("requests.observation.conventions=otel", "requests.observation.phases=true")
			.run((context) -> {
				context.getBean(Session.class).get("/");
				String scraped = context.getBean(PrometheusMeterRegistry.class).scrape();
				assertThat(scraped).contains("http_client_request_duration_seconds_bucket{client=\"none\"")
					.contains("le=\"0.005\"")
					.contains("requests_phase_seconds_count{phase=\"first-byte\",session=\"shop\"} 1")
					.contains(
							"requests_exchange_seconds_count{client=\"none\",outcome=\"SUCCESS\",session=\"shop\",uri=\"none\"} 1");
			});
	}

	@Test
	void errorsHaveTheTypeOfTheExceptionOrTheStatus() {
		this.server.enqueue(new MockResponse.Builder().onRequestStart(new SocketEffect.CloseSocket()).build());
		this.server.enqueue(new MockResponse.Builder().code(404).build());
		traced().withPropertyValues("requests.observation.conventions=otel").run((context) -> {
			Session session = context.getBean(Session.class);
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> session.get("/"));
			session.get("/");
			assertThat(context.getBean(MeterRegistry.class).get(METRIC).timers())
				.extracting((timer) -> timer.getId().getTag("error.type") + " "
						+ timer.getId().getTag("http.response.status_code"))
				.containsExactlyInAnyOrder("404 404", ConnectionException.class.getName() + " none");
		});
	}

	@Test
	void spanHasThePublishedAttributes() {
		this.server.enqueue(new MockResponse.Builder().code(302).addHeader("Location", "/next").build());
		this.server.enqueue(new MockResponse.Builder().build());
		traced().withPropertyValues("requests.observation.conventions=otel").run((context) -> {
			context.getBean(Session.class)
				.request("PURGE",
						"http://user:canary@" + this.server.getHostName() + ":" + this.server.getPort()
								+ "/items/{id}?color=canary&canary#canary",
						(request) -> request.uriVariable("id", "7"));
			List<SpanData> spans = spans(context);
			Map<String, String> first = attributes(spans.get(0));
			Map<String, String> second = attributes(spans.get(1));
			Set<String> seen = new TreeSet<>(first.keySet());
			seen.addAll(second.keySet());
			seen.removeAll(Set.of("session", "client", "requests.kind"));
			assertThat(seen).isEqualTo(given("span"));
			assertThat(first).doesNotContainKey("http.request.resend_count")
				.containsEntry("http.request.method", "_OTHER")
				.containsEntry("http.request.method_original", "PURGE")
				.containsEntry("url.full", "http://" + this.server.getHostName() + ":" + this.server.getPort()
						+ "/items/7?color=REDACTED&REDACTED");
			assertThat(spans.get(0).getName()).isEqualTo("HTTP /items/{id}");
			assertThat(second).containsEntry("http.request.resend_count", "1")
				.containsEntry("url.template", "none")
				.containsEntry("requests.kind", "redirect")
				.containsEntry("url.full",
						"http://" + this.server.getHostName() + ":" + this.server.getPort() + "/next");
			assertThat(spans.toString()).doesNotContain("canary");
		});
	}

	@Test
	void everyResendOfACallIsCounted() {
		this.server.enqueue(new MockResponse.Builder().code(503).build());
		this.server.enqueue(new MockResponse.Builder().code(302).addHeader("Location", "/next").build());
		this.server.enqueue(new MockResponse.Builder().code(503).build());
		this.server.enqueue(new MockResponse.Builder().build());
		this.server.enqueue(new MockResponse.Builder().build());
		traced()
			.withPropertyValues("requests.observation.conventions=otel",
					"requests.sessions.shop.adapter.max-retries.total=1",
					"requests.sessions.shop.adapter.max-retries.status-forcelist=503")
			.run((context) -> {
				Session session = context.getBean(Session.class);
				session.get("items/{id}", (request) -> request.uriVariable("id", "7"));
				session.get("other");
				assertThat(spans(context))
					.extracting((span) -> span.getName() + " "
							+ span.getAttributes().get(AttributeKey.stringKey("http.request.resend_count")))
					.containsExactly("GET /items/{id} null", "GET /items/{id} 1", "GET 2", "GET 3", "GET null");
			});
	}

	@Test
	void resendOfAnInterceptorIsCounted() {
		this.server.enqueue(new MockResponse.Builder().build());
		this.server.enqueue(new MockResponse.Builder().build());
		traced().withPropertyValues("requests.observation.conventions=otel")
			.withBean(SessionCustomizer.class,
					() -> (name, builder) -> builder.interceptor((request, options, chain) -> {
						chain.proceed(request.copy(), options).close();
						return chain.proceed(request, options);
					}))
			.run((context) -> {
				context.getBean(Session.class).get("/");
				assertThat(spans(context))
					.extracting((span) -> span.getAttributes().get(AttributeKey.stringKey("http.request.resend_count")))
					.containsExactly(null, "1");
			});
	}

	@Test
	void beanReplacesTheConvention() {
		this.server.enqueue(new MockResponse.Builder().build());
		metrics().withPropertyValues("requests.observation.conventions=otel")
			.withBean(RequestsObservationConvention.class,
					() -> new DefaultRequestsObservationConvention("http.client.requests"))
			.run((context) -> {
				context.getBean(Session.class).get("/");
				assertThat(context.getBean(MeterRegistry.class).get("http.client.requests").timer().count())
					.isEqualTo(1);
			});
	}

	@Test
	void resendsAreCountedForABeanThatExtendsTheConvention() {
		this.server.enqueue(new MockResponse.Builder().code(302).addHeader("Location", "/next").build());
		this.server.enqueue(new MockResponse.Builder().build());
		traced()
			.withBean(RequestsObservationConvention.class, () -> new OpenTelemetryRequestsObservationConvention(METRIC))
			.run((context) -> {
				context.getBean(Session.class).get("/");
				assertThat(attributes(spans(context).get(1))).containsEntry("http.request.resend_count", "1");
			});
	}

	@Test
	void nameOfTheObservationIsThatOfSpringBoot() {
		this.server.enqueue(new MockResponse.Builder().build());
		metrics()
			.withPropertyValues("requests.observation.conventions=otel",
					"management.observations.http.client.requests.name=my.calls")
			.run((context) -> {
				context.getBean(Session.class).get("/");
				Timer timer = context.getBean(MeterRegistry.class).get("my.calls").timer();
				assertThat(timer.takeSnapshot().histogramCounts()).hasSize(14);
			});
	}

	@Test
	void templatesAreLimited() {
		for (ApplicationContextRunner runner : List.of(metrics(),
				metrics().withConfiguration(AutoConfigurations.of(HttpClientMetricsAutoConfiguration.class)),
				session().withBean(MeterRegistry.class, SimpleMeterRegistry::new))) {
			runner
				.withPropertyValues("requests.observation.conventions=otel", "requests.observation.phases=true",
						"management.metrics.web.client.max-uri-tags=2")
				.run((context) -> {
					for (int i = 0; i < 4; i++) {
						this.server.enqueue(new MockResponse.Builder().build());
						context.getBean(Session.class).get("/t" + i + "/{id}", (o) -> o.uriVariable("id", "7"));
					}
					assertThat(context.getBean(MeterRegistry.class).get(METRIC).timers()).hasSize(2);
					assertThat(context.getBean(MeterRegistry.class).get("requests.exchange").timers()).hasSize(2);
					assertThat(context.getBean(MeterRegistry.class).get("requests.phase").tag("phase", "send").timer())
						.as("phases have no template")
						.extracting(Timer::count)
						.isEqualTo(4L);
				});
		}
	}

	@Test
	void phasesAreEventsOfTheExportedSpan() {
		for (String conventions : List.of("spring", "otel")) {
			this.collector.spans().clear();
			this.server.enqueue(new MockResponse.Builder().body("x").build());
			this.server.enqueue(new MockResponse.Builder().body("x").build());
			traced()
				.withPropertyValues("requests.observation.phases=true",
						"requests.observation.conventions=" + conventions)
				.run((context) -> {
					context.getBean(Session.class).get("/");
					context.getBean(Session.class).get("/");
					List<SpanData> spans = spans(context);
					assertThat(spans.get(0).getEvents()).extracting(EventData::getName)
						.containsExactly("pool.start", "dns.start", "connect.start", "send.start", "first-byte.start");
					assertThat(spans.get(1).getEvents()).extracting(EventData::getName)
						.containsExactly("pool.start", "send.start", "first-byte.start");
					for (SpanData span : spans) {
						List<Long> times = span.getEvents().stream().map(EventData::getEpochNanos).toList();
						assertThat(times).isSorted();
						assertThat(times.get(0)).isGreaterThanOrEqualTo(span.getStartEpochNanos() - 1_000_000);
					}
					assertThat(context.getBean(MeterRegistry.class).getMeters())
						.extracting((meter) -> meter.getId().getName())
						.contains("requests.phase")
						.noneMatch((name) -> name.contains(".requests.phase"));
				});
		}
	}

	@Test
	void eventsOfAFailedExchangeEndWithThePhaseThatFailed() {
		traced().withPropertyValues("requests.observation.phases=true").run((context) -> {
			int port = this.server.getPort();
			this.server.close();
			assertThatExceptionOfType(RequestException.class)
				.isThrownBy(() -> context.getBean(Session.class).get("http://localhost:" + port + "/"));
			assertThat(spans(context).get(0).getEvents()).extracting(EventData::getName)
				.filteredOn((name) -> name.endsWith(".start"))
				.containsExactly("pool.start", "dns.start", "connect.start");
		});
	}

	@Test
	void phasesNeedNeitherTracingNorMeters() {
		for (String missing : List.of("io.micrometer.tracing", "io.micrometer.core")) {
			this.server.enqueue(new MockResponse.Builder().build());
			session().withClassLoader(new FilteredClassLoader(missing))
				.withBean(ObservationRegistry.class, ObservationRegistry::create)
				.withPropertyValues("requests.observation.phases=true", "requests.observation.conventions=otel")
				.run((context) -> assertThat(context.getBean(Session.class).get("/").statusCode()).as(missing)
					.isEqualTo(200));
		}
	}

	@Test
	void addressIsTheHostWithoutBrackets() {
		Session session = Session.create();
		PreparedRequest request = session.prepare("GET", "https://[::1]/items", (options) -> {
		});
		List<String> addresses = new ArrayList<>();
		ExchangeListener listener = (exchange) -> {
			new OpenTelemetryRequestsObservationConvention(METRIC)
				.getLowCardinalityKeyValues(new RequestsObservationContext(exchange))
				.stream()
				.filter((key) -> key.getKey().startsWith("server."))
				.forEach((key) -> addresses.add(key.getValue()));
			return new ExchangeListener.Scope() {
			};
		};
		ExchangeRecord.begin(request,
				SendOptions.DEFAULTS.withContext(CallContext.NONE.withListeners(List.of(listener))), 1);
		assertThat(addresses).containsExactly("::1", "443");
	}

	@Test
	void spanHasNoEventsByDefault() {
		this.server.enqueue(new MockResponse.Builder().build());
		traced().run((context) -> {
			context.getBean(Session.class).get("/");
			assertThat(spans(context).get(0).getEvents()).isEmpty();
		});
	}

}
