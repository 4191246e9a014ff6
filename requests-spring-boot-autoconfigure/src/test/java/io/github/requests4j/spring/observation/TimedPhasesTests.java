package io.github.requests4j.spring.observation;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.requests4j.Session;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.Timings;
import io.github.requests4j.spring.MockServers;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(MockServers.class)
class TimedPhasesTests {

	private final MockWebServer server = new MockWebServer();

	private final ApplicationContextRunner off = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsObservationAutoConfiguration.class))
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new);

	private ApplicationContextRunner on() {
		return this.off.withPropertyValues("requests.sessions.shop.base-url=" + this.server.url("/"),
				"requests.observation.phases=true");
	}

	private static Timer phase(MeterRegistry registry, String phase) {
		return registry.get("requests.phase").tag("session", "shop").tag("phase", phase).timer();
	}

	private static Set<String> phases(MeterRegistry registry) {
		return registry.get("requests.phase")
			.timers()
			.stream()
			.filter((timer) -> timer.count() > 0)
			.map((timer) -> timer.getId().getTag("phase"))
			.collect(Collectors.toSet());
	}

	@Test
	void nothingIsTimedByDefault() {
		this.server.enqueue(new MockResponse.Builder().build());
		this.off.withPropertyValues("requests.sessions.shop.base-url=" + this.server.url("/")).run((context) -> {
			context.getBean(Session.class).get("/");
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.find("requests.phase").timers()).isEmpty();
			assertThat(registry.find("requests.exchange").timers()).isEmpty();
		});
	}

	@Test
	void everyPhaseHasATimerFromTheStart() {
		on().run((context) -> {
			context.getBean(Session.class);
			assertThat(context.getBean(MeterRegistry.class).get("requests.phase").timers())
				.extracting((timer) -> timer.getId().getTag("phase"))
				.containsExactlyInAnyOrder("pool", "dns", "connect", "proxy", "tls", "send", "first-byte", "body");
		});
	}

	@Test
	void phasesAddUpToTheExchange() {
		this.server.enqueue(new MockResponse.Builder().body("x".repeat(100_000)).build());
		this.server.enqueue(new MockResponse.Builder().code(404).body("x").build());
		on().run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			Session session = context.getBean(Session.class);
			Response first = session.get("items/{id}", (request) -> request.uriVariable("id", "7"));
			Response second = session.get("items/{id}", (request) -> request.uriVariable("id", "8"));
			assertThat(phases(registry)).containsExactlyInAnyOrder("pool", "dns", "connect", "send", "first-byte",
					"body");
			assertThat(phase(registry, "connect").count()).isEqualTo(1);
			assertThat(phase(registry, "body").count()).isEqualTo(2);
			double total = Stream.of(first, second)
				.map(Response::timings)
				.map(Timings::total)
				.mapToDouble((duration) -> Objects.requireNonNull(duration).toNanos())
				.sum();
			assertThat(sum(registry, "requests.phase")).isEqualTo(total);
			assertThat(sum(registry, "requests.exchange")).isEqualTo(total);
			assertThat(registry.get("requests.exchange").tag("session", "shop").tag("client", "none").timers())
				.extracting((timer) -> timer.getId().getTag("uri") + " " + timer.getId().getTag("outcome"))
				.containsExactlyInAnyOrder("/items/{id} SUCCESS", "/items/{id} CLIENT_ERROR");
		});
	}

	private static double sum(MeterRegistry registry, String name) {
		return registry.get(name).timers().stream().mapToDouble((timer) -> timer.totalTime(TimeUnit.NANOSECONDS)).sum();
	}

	@Test
	void streamedBodyCountsOnceWhenItEnds() {
		this.server.enqueue(new MockResponse.Builder().body("x".repeat(1_000_000)).build());
		this.server.enqueue(new MockResponse.Builder().body("x".repeat(1_000_000)).build());
		on().run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			Session session = context.getBean(Session.class);
			try (Response response = session.get("/", (request) -> request.stream(true))) {
				assertThat(registry.find("requests.exchange").timers()).isEmpty();
				response.content();
				assertThat(exchanges(registry, "SUCCESS")).isEqualTo(1);
			}
			assertThat(exchanges(registry, "SUCCESS")).isEqualTo(1);
			session.get("/", (request) -> request.stream(true)).close();
			assertThat(exchanges(registry, "SUCCESS")).as("closed early").isEqualTo(2);
		});
	}

	private static long exchanges(MeterRegistry registry, String outcome) {
		return registry.get("requests.exchange").tag("outcome", outcome).timer().count();
	}

	@Test
	void failuresHaveNoOutcome() {
		this.server.enqueue(new MockResponse.Builder().body("x".repeat(100_000))
			.onResponseBody(new SocketEffect.CloseSocket())
			.build());
		this.server.enqueue(new MockResponse.Builder().onRequestStart(new SocketEffect.CloseSocket()).build());
		on().run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			Session session = context.getBean(Session.class);
			assertThatExceptionOfType(RequestException.class).isThrownBy(() -> session.get("/"));
			assertThat(exchanges(registry, "UNKNOWN")).isEqualTo(1);
			assertThatExceptionOfType(RequestException.class).isThrownBy(() -> session.post("/"));
			assertThat(exchanges(registry, "UNKNOWN")).isEqualTo(2);
			assertThat(phase(registry, "body").count()).isEqualTo(1);
			assertThat(phase(registry, "first-byte").count()).isEqualTo(2);
		});
	}

}
