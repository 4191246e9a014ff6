package io.github.requests4j.spring.management;

import java.io.ByteArrayInputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.InputStreamResource;

import io.github.requests4j.Session;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.internal.session.Replaceable;
import io.github.requests4j.spring.MockServers;
import io.github.requests4j.spring.internal.balancing.InstanceState;
import io.github.requests4j.spring.internal.config.EffectiveSettings.Setting;
import io.github.requests4j.spring.internal.session.RefreshReport;
import io.github.requests4j.spring.internal.session.SessionRebuilder;
import io.github.requests4j.spring.session.DefaultSessionAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;
import io.github.requests4j.spring.session.SessionCustomizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

@ExtendWith(MockServers.class)
class RequestsEndpointTests {

	private final MockWebServer server = new MockWebServer();

	@Test
	void settingsAreShownWithTheirOrigins() {
		runner("""
				requests:
				  defaults:
				    read-timeout: 3s
				    headers: {Accept: text/plain, X-Key: canary}
				    adapter: {max-retries: 2}
				  sessions:
				    shop:
				      base-url: http://user:canary@shop.example/v1
				      no-proxy: [a, b]
				      auth: {username: me, password: canary}
				      proxies: {https: "http://me:canary@proxy:3128", http: ""}
				      params: {key: canary, list: [canary, x]}
				      adapters: {"[https://files.example/]": {pool-maxsize: 3}}
				""").run((context) -> {
			Map<String, Setting> settings = context.getBean(RequestsEndpoint.class).session("shop").settings();
			assertThat(settings.get("read-timeout").value()).isEqualTo("PT3S");
			assertThat(settings.get("read-timeout").property()).isEqualTo("requests.defaults.read-timeout");
			assertThat(settings.get("read-timeout").origin()).contains("application.yml").contains("3:19");
			assertThat(settings.get("connect-timeout")).isEqualTo(new Setting("PT5S", null, null));
			assertThat(settings.get("no-proxy").value()).isEqualTo(List.of("a", "b"));
			assertThat(settings.get("no-proxy").origin()).contains("9:18");
			assertThat(settings.get("base-url").value()).isEqualTo("http://shop.example/v1");
			assertThat(settings.get("proxies[https]").value()).isEqualTo("http://proxy:3128");
			assertThat(settings.get("proxies[http]").value()).isEqualTo("");
			assertThat(settings.get("auth.password").value()).isEqualTo("******");
			assertThat(settings.get("auth.password").origin()).contains("10:38");
			assertThat(settings.get("headers[X-Key]").value()).isEqualTo("******");
			assertThat(settings.get("headers[X-Key]").property()).isEqualTo("requests.defaults.headers[X-Key]");
			assertThat(settings.get("headers[X-Key]").origin()).contains("4:42");
			assertThat(settings.get("adapter.max-retries.total").value()).isEqualTo(2);
			assertThat(settings.get("adapter.max-retries.total").property())
				.isEqualTo("requests.defaults.adapter.max-retries");
			assertThat(settings.get("adapters[https://files.example/].pool-maxsize").value()).isEqualTo(3);
			assertThat(settings).containsKey("params[key]").doesNotContainKey("deadline");
			assertThat(settings.toString()).doesNotContain("canary");
		});
	}

	@Test
	void lazySessionsAreShownButNotCreated() {
		runner("requests: {sessions: {one: {}, two: {}}}").run((context) -> {
			RequestsEndpoint endpoint = context.getBean(RequestsEndpoint.class);
			assertThat(endpoint.sessions().sessions()).containsOnlyKeys("one", "two");
			SessionDescriptor one = endpoint.session("one");
			assertThat(one.bean()).isEqualTo("oneSession");
			assertThat(one.created()).isFalse();
			assertThat(one.mounts()).isEmpty();
			assertThat(one.counts()).isNull();
			assertThat(context.getBeanFactory().containsSingleton("oneSession")).isFalse();
			assertThat(endpoint.session("three")).isNull();
		});
	}

	@Test
	void lastRefreshIsShown() {
		RefreshReport report = new RefreshReport(Instant.EPOCH, false, List.of(), List.of(), List.of(), "no");
		runner("requests: {sessions: {one: {}}}").withBean(RefreshReport.Last.class, () -> () -> report)
			.run((context) -> assertThat(context.getBean(RequestsEndpoint.class).sessions().refresh())
				.isEqualTo(report));
	}

	@Test
	void sessionWithNewSettingsKeepsItsCounts() {
		this.server.enqueue(new MockResponse.Builder().build());
		this.server.enqueue(new MockResponse.Builder().build());
		runner("requests: {sessions: {shop: {base-url: \"http://localhost:%d/\"}}}".formatted(this.server.getPort()))
			.run((context) -> {
				Session session = context.getBean("shopSession", Session.class);
				session.get("/");
				((Replaceable) session).replaceWith(context.getBean(SessionRebuilder.class).rebuild("shop"));
				session.get("/");
				assertThat(context.getBean(RequestsEndpoint.class).session("shop").counts().calls()).isEqualTo(2);
			});
	}

	@Test
	void cacheIsShownAndCanBeCleared() {
		this.server.enqueue(new MockResponse.Builder().addHeader("Cache-Control", "max-age=60").body("x").build());
		this.server.enqueue(new MockResponse.Builder().addHeader("Cache-Control", "max-age=60").body("x").build());
		runner("""
				requests:
				  sessions:
				    shop: {base-url: "http://localhost:%d/", cache: 1MB, hedge: p95}
				    plain: {}
				""".formatted(this.server.getPort())).run((context) -> {
			RequestsEndpoint endpoint = context.getBean(RequestsEndpoint.class);
			endpoint.clearCache("shop");
			assertThat(endpoint.session("shop").cache()).isNull();
			Session session = context.getBean("shopSession", Session.class);
			session.get("/");
			session.get("/");
			assertThat(endpoint.session("shop").cache().hits()).isEqualTo(1);
			assertThat(endpoint.session("shop").hedges().sent()).isZero();
			assertThat(endpoint.session("plain").hedges()).isNull();
			assertThat(endpoint.session("shop").cache().size()).isPositive();
			endpoint.clearCache("shop");
			endpoint.clearCache("plain");
			assertThat(endpoint.session("shop").cache().size()).isZero();
			session.get("/");
			assertThat(this.server.getRequestCount()).isEqualTo(2);
		});
	}

	@Test
	void defaultSessionIsShownWithoutConfiguration() {
		runner("").run((context) -> {
			context.getBean(Session.class);
			assertThat(context.getBean(RequestsEndpoint.class).sessions().sessions().get("default").created()).isTrue();
		});
	}

	@Test
	void countersMountsPoolAndLastErrorAreShown() {
		this.server.enqueue(new MockResponse.Builder().code(302).addHeader("Location", "/next").build());
		this.server.enqueue(new MockResponse.Builder().code(503).build());
		this.server.enqueue(new MockResponse.Builder().build());
		this.server.enqueue(new MockResponse.Builder().body("x".repeat(100_000))
			.onResponseBody(new SocketEffect.CloseSocket())
			.build());
		runner(shop()).run((context) -> {
			Session session = context.getBean(Session.class);
			RequestsEndpoint endpoint = context.getBean(RequestsEndpoint.class);
			session.get("/");
			SessionDescriptor shop = endpoint.session("shop");
			assertThat(shop.counts()).isEqualTo(new SessionActivity.Counts(1, 0, 3, 1, 1, 0));
			assertThat(shop.retryBudget()).isEqualTo(new SessionDescriptor.Budget(20, 9, 0));
			assertThat(shop.lastError()).isNull();
			assertThat(shop.mounts()).extracting(SessionDescriptor.Mount::prefix)
				.containsExactlyInAnyOrder("https://", "http://");
			assertThat(shop.mounts().get(0).pool().available()).isEqualTo(1);
			assertThat(shop.interceptors()).isNotEmpty();
			assertThatExceptionOfType(RequestException.class).isThrownBy(() -> session.get("/?key=canary"));
			shop = endpoint.session("shop");
			assertThat(shop.counts()).isEqualTo(new SessionActivity.Counts(2, 1, 4, 1, 1, 1));
			assertThat(shop.lastError().type()).startsWith("io.github.requests4j.http.");
			assertThat(shop.lastError().message()).doesNotContain("canary");
			assertThat(shop.lastError().time()).isNotNull();
		});
	}

	@Test
	void disabledRetryBudgetIsNotShown() {
		runner("requests: {sessions: {one: {retry-budget: off}, two: {retry-budget: 50%}}}").run((context) -> {
			RequestsEndpoint endpoint = context.getBean(RequestsEndpoint.class);
			assertThat(endpoint.session("one").retryBudget()).isNull();
			assertThat(endpoint.session("two").retryBudget()).isEqualTo(new SessionDescriptor.Budget(50, 10, 0));
			assertThat(endpoint.session("two").settings().get("retry-budget").value()).isEqualTo("50%");
		});
	}

	@Test
	void instancesOfSeveralBaseUrlsAreShown() {
		this.server.enqueue(new MockResponse.Builder().build());
		this.server.enqueue(new MockResponse.Builder().code(500).build());
		String url = this.server.url("/").toString();
		runner("requests: {sessions: {one: {base-url: ['" + url + "a', '" + url + "b']}, two: {base-url: '" + url
				+ "'}}}")
			.run((context) -> {
				RequestsEndpoint endpoint = context.getBean(RequestsEndpoint.class);
				assertThat(endpoint.session("one").instances()).isEmpty();
				Session session = context.getBean("oneSession", Session.class);
				session.get("");
				session.get("");
				assertThat(endpoint.session("one").instances())
					.extracting(InstanceState::instance, InstanceState::share, InstanceState::requests,
							InstanceState::failures, InstanceState::ejected)
					.containsExactly(tuple(url + "a", 50, 1L, 0L, false), tuple(url + "b", 50, 1L, 1L, false));
				assertThat(endpoint.session("one").settings().get("base-url").value())
					.isEqualTo(List.of(url + "a", url + "b"));
				assertThat(endpoint.session("two").instances()).isEmpty();
			});
	}

	@Test
	void poolIsFoundBehindWrappers() {
		this.server.enqueue(new MockResponse.Builder().build());
		runner(shop())
			.withBean(SessionCustomizer.class,
					() -> (name, builder) -> builder.mountShared("http://localhost",
							new Wrapper(io.github.requests4j.adapters.HttpAdapter.builder().build())))
			.run((context) -> {
				context.getBean(Session.class).get("/");
				SessionDescriptor.Mount mount = context.getBean(RequestsEndpoint.class).session("shop").mounts().get(0);
				assertThat(mount.adapter()).hasSize(2).first().asString().contains("Wrapper");
				assertThat(mount.pool().available()).isEqualTo(1);
			});
	}

	@Test
	void circuitBreakersOfAllBeansAreShown() {
		runner(shop()).withBean(BreakerStates.class, () -> (session) -> Map.of(session + "-breaker", "HALF_OPEN"))
			.run((context) -> assertThat(context.getBean(RequestsEndpoint.class).session("shop").breakers())
				.containsExactly(Map.entry("shop-breaker", "HALF_OPEN")));
	}

	@Test
	void sanitizingFunctionsOfTheApplicationApply() {
		runner(shop())
			.withBean(SanitizingFunction.class,
					() -> (data) -> data.getKey().endsWith("base-url") ? data.withSanitizedValue() : data)
			.run((context) -> assertThat(
					context.getBean(RequestsEndpoint.class).session("shop").settings().get("base-url").value())
				.isEqualTo("******"));
	}

	@Test
	void nothingIsCountedUnlessTheEndpointIsExposed() {
		ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
				AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsManagementAutoConfiguration.class));
		runner.run((context) -> assertThat(context).doesNotHaveBean(RequestsEndpoint.class)
			.doesNotHaveBean(SessionActivities.class));
		runner
			.withPropertyValues("management.endpoints.web.exposure.include=*",
					"management.endpoint.requests.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(RequestsEndpoint.class));
	}

	@Test
	void pageNeedsMvcOrWebFlux() {
		runner(shop()).run((context) -> assertThat(context).hasSingleBean(RequestsPageExtension.class));
		runner(shop()).withClassLoader(new FilteredClassLoader("org.springframework.web.servlet"))
			.run((context) -> assertThat(context).hasSingleBean(RequestsEndpoint.class)
				.doesNotHaveBean(RequestsPageExtension.class));
	}

	@Test
	void nativeImagesKeepWhatThePageReads() {
		RuntimeHints hints = new RuntimeHints();
		new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, RequestsEndpoint.class);
		Set<Class<?>> records = new LinkedHashSet<>();
		collectRecords(ResolvableType.forClass(SessionDescriptor.All.class), records);
		assertThat(records).contains(RefreshReport.class, SessionDescriptor.Pool.class, RecentExchanges.Entry.class,
				InstanceState.class);
		for (Class<?> type : records) {
			for (RecordComponent component : type.getRecordComponents()) {
				assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(component.getAccessor()))
					.as(component.toString())
					.accepts(hints);
			}
		}
	}

	private static void collectRecords(ResolvableType type, Set<Class<?>> records) {
		Class<?> raw = type.toClass();
		if (raw.isRecord() && records.add(raw)) {
			for (RecordComponent component : raw.getRecordComponents()) {
				collectRecords(ResolvableType.forType(component.getGenericType()), records);
			}
		}
		for (ResolvableType argument : type.getGenerics()) {
			collectRecords(argument, records);
		}
	}

	private String shop() {
		return """
				requests:
				  sessions:
				    shop:
				      base-url: http://localhost:%d/
				      adapter:
				        max-retries: {total: 2, status-forcelist: [503], backoff-factor: 1ms}
				""".formatted(this.server.getPort());
	}

	private static ApplicationContextRunner runner(String yaml) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(RequestsAutoConfiguration.class,
					DefaultSessionAutoConfiguration.class, RequestsManagementAutoConfiguration.class))
			.withPropertyValues("management.endpoints.web.exposure.include=requests")
			.withInitializer((context) -> {
				try {
					InputStreamResource file = new InputStreamResource(
							new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), "application.yml");
					new YamlPropertySourceLoader().load("file", file)
						.forEach(context.getEnvironment().getPropertySources()::addLast);
				}
				catch (java.io.IOException ex) {
					throw new java.io.UncheckedIOException(ex);
				}
			});
	}

	private record Wrapper(Adapter delegate) implements Adapter {

		@Override
		public Response send(PreparedRequest request, SendOptions options) {
			return this.delegate.send(request, options);
		}

		@Override
		public void close() {
			this.delegate.close();
		}

	}

}
