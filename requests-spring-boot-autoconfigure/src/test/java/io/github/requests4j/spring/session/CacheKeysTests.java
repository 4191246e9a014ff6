package io.github.requests4j.spring.session;

import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

import io.github.requests4j.Session;
import io.github.requests4j.cache.CacheStatus;
import io.github.requests4j.spring.LogCapture;
import io.github.requests4j.spring.MockServers;
import io.github.requests4j.spring.internal.session.LiveSessions;
import io.github.requests4j.spring.observation.RequestsObservationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The keys of {@code cache}, and their effect on the wire.
 */
@ExtendWith(MockServers.class)
class CacheKeysTests {

	private final MockWebServer server = new MockWebServer();

	private volatile MockResponse response = new MockResponse.Builder().addHeader("Cache-Control", "max-age=60")
		.body("tea")
		.build();

	@BeforeEach
	void respond() {
		this.server.setDispatcher(new Dispatcher() {
			@Override
			public MockResponse dispatch(RecordedRequest request) {
				return CacheKeysTests.this.response;
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "cache=1MB", "cache.size=1MB", "cache.collapse=true" })
	void anyKeyEnablesTheCache(String property) {
		run(Map.of(), (context) -> {
			Session session = context.getBean(Session.class);
			assertThat(CacheStatus.of(session.get("/")).stored()).isTrue();
			assertThat(CacheStatus.of(session.get("/")).hit()).isTrue();
			assertThat(this.server.getRequestCount()).isEqualTo(1);
		}, property);
	}

	@Test
	void nothingIsCachedWithoutKeys() {
		run(Map.of(), (context) -> {
			Session session = context.getBean(Session.class);
			session.get("/");
			assertThat(session.get("/").headers().get("Cache-Status")).isNull();
			assertThat(this.server.getRequestCount()).isEqualTo(2);
			assertThat(context.getBean(LiveSessions.class).cache("shop")).isNull();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "cache=false", "cache=0", "cache.size=0B" })
	void inheritedCacheCanBeDisabled(String property) {
		run(Map.of("requests.defaults.cache.size", "1MB"), (context) -> {
			Session session = context.getBean(Session.class);
			session.get("/");
			assertThat(session.get("/").headers().get("Cache-Status")).isNull();
		}, property);
	}

	@Test
	void staleIfErrorAndHeuristicApply() {
		this.response = new MockResponse.Builder().addHeader("Last-Modified", "Mon, 01 Jan 2024 00:00:00 GMT").build();
		run(Map.of(), (context) -> {
			Session session = context.getBean(Session.class);
			session.get("/");
			assertThat(CacheStatus.of(session.get("/")).hit()).isTrue();
		}, "cache.heuristic=true");
		this.response = new MockResponse.Builder().addHeader("Cache-Control", "no-cache")
			.addHeader("ETag", "\"1\"")
			.build();
		run(Map.of(), (context) -> {
			Session session = context.getBean(Session.class);
			session.get("/");
			this.response = new MockResponse.Builder().code(503).build();
			assertThat(session.get("/").statusCode()).isEqualTo(503);
			this.response = new MockResponse.Builder().addHeader("Cache-Control", "max-age=0")
				.addHeader("ETag", "\"1\"")
				.build();
			session.get("/two");
			this.response = new MockResponse.Builder().code(503).build();
			assertThat(CacheStatus.of(session.get("/two")).detail()).isEqualTo("stale-if-error");
		}, "cache.stale-if-error=1m");
	}

	@Test
	void keyHeadersSelectSeparateResponses() {
		run(Map.of(), (context) -> {
			Session session = context.getBean(Session.class);
			session.get("/", (request) -> request.header("X-Tenant", "a"));
			assertThat(CacheStatus.of(session.get("/", (request) -> request.header("X-Tenant", "b"))).hit()).isFalse();
		}, "cache.key-headers=X-Tenant");
	}

	@ParameterizedTest
	@ValueSource(strings = { "cache.size=-1", "cache.stale-if-error=-1s" })
	void invalidValuesFailTheStart(String property) {
		runner(Map.of(), property).run((context) -> assertThat(context).getFailure()
			.hasStackTraceContaining("requests.sessions.shop." + property.split("=")[0]));
	}

	@Test
	void metersExistFromTheStart() {
		run(Map.of(), (context) -> {
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(count(meters, "hit")).isZero();
			assertThat(context.getBeanFactory().containsSingleton("shopSession")).isFalse();
			Session session = context.getBean(Session.class);
			for (int i = 0; i < 3; i++) {
				session.get("/");
			}
			assertThat(List.of(count(meters, "hit"), count(meters, "miss"), count(meters, "validated")))
				.containsExactly(2.0, 1.0, 0.0);
			assertThat(meters.get("cache.size").tag("cache", "shop").gauge().value()).isPositive();
		}, "cache=1MB");
	}

	@Test
	void metersAreRegisteredOnce() {
		try (LogCapture log = new LogCapture(MeterRegistry.class.getName(), Level.WARN)) {
			run(Map.of(), (context) -> context.getBean(Session.class).get("/"), "cache=1MB");
			assertThat(log.messages()).noneMatch((message) -> message.contains("cache.gets"));
		}
	}

	private static double count(MeterRegistry meters, String result) {
		return meters.get("cache.gets").tag("cache", "shop").tag("result", result).functionCounter().count();
	}

	private void run(Map<String, Object> defaults, ContextConsumer<AssertableApplicationContext> check,
			String... properties) {
		runner(defaults, properties).run((context) -> {
			assertThat(context).hasNotFailed();
			check.accept(context);
		});
	}

	private ApplicationContextRunner runner(Map<String, Object> defaults, String... properties) {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsObservationAutoConfiguration.class))
			.withBean(SimpleMeterRegistry.class)
			.withPropertyValues("requests.sessions.shop.base-url=http://localhost:" + this.server.getPort() + "/");
		for (Map.Entry<String, Object> value : defaults.entrySet()) {
			runner = runner.withPropertyValues(value.getKey() + "=" + value.getValue());
		}
		for (String property : properties) {
			runner = runner.withPropertyValues("requests.sessions.shop." + property);
		}
		return runner;
	}

}
