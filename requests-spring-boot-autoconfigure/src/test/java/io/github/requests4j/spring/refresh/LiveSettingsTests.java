package io.github.requests4j.spring.refresh;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClientAutoConfiguration;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClientAutoConfiguration;
import org.springframework.cloud.commons.util.UtilAutoConfiguration;
import org.springframework.cloud.loadbalancer.config.BlockingLoadBalancerClientAutoConfiguration;
import org.springframework.cloud.loadbalancer.config.LoadBalancerAutoConfiguration;
import org.springframework.web.client.RestClient;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.RetryBudget;
import io.github.requests4j.cache.CacheStatus;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SslException;
import io.github.requests4j.spring.MockServers;
import io.github.requests4j.spring.client.EnableRequestsClients;
import io.github.requests4j.spring.client.RequestsClient;
import io.github.requests4j.spring.concurrency.RequestsConcurrencyAutoConfiguration;
import io.github.requests4j.spring.internal.balancing.InstanceState;
import io.github.requests4j.spring.internal.session.LiveSessions;
import io.github.requests4j.spring.internal.session.SessionConcurrency;
import io.github.requests4j.spring.loadbalancer.RequestsLoadBalancerAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What a refresh changes for sessions and clients that are injected already.
 */
@ExtendWith(MockServers.class)
class LiveSettingsTests {

	private final MockWebServer server = new MockWebServer();

	private final MockWebServer other = new MockWebServer();

	@TempDir
	Path folder;

	@BeforeEach
	void answer() {
		for (MockWebServer each : List.of(this.server, this.other)) {
			each.setDispatcher(new Dispatcher() {
				@Override
				public MockResponse dispatch(RecordedRequest request) {
					return answer(request);
				}
			});
		}
	}

	private static MockResponse answer(RecordedRequest request) {
		return switch (request.getUrl().encodedPath()) {
			case "/login" -> new MockResponse.Builder().addHeader("Set-Cookie", "id=7").build();
			case "/slow" -> new MockResponse.Builder().headersDelay(1, TimeUnit.MINUTES).build();
			case "/busy" -> new MockResponse.Builder().code(503).build();
			case "/stored" -> new MockResponse.Builder().addHeader("Cache-Control", "max-age=60").body("x").build();
			default -> new MockResponse.Builder().body("ok").build();
		};
	}

	private static RecordedRequest take(MockWebServer server) throws InterruptedException {
		RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
		assertThat(request).isNotNull();
		return request;
	}

	private static String origin(MockWebServer server) {
		return "http://localhost:" + server.getPort();
	}

	private String yaml(String settings) {
		return """
				requests:
				  sessions:
				    s:
				      base-url: %s
				""".formatted(origin(this.server)) + settings.indent(6);
	}

	@Test
	void baseUrlHeadersParamsAndCredentials() throws Exception {
		try (LiveApplication application = new LiveApplication(this.folder,
				yaml("headers: {X-Old: 1}\nauth: {username: u, password: p}"), Clients.class)) {
			Shop client = application.bean(Shop.class);
			Session session = application.session("s");
			assertThat(client.item()).isEqualTo("ok");
			assertThat(take(this.server).getHeaders().get("X-Old")).isEqualTo("1");
			application.apply("""
					requests:
					  sessions:
					    s:
					      base-url: %s/v2
					      headers: {X-New: 2}
					      params: {k: v}
					      auth: {token: t0ken}
					""".formatted(origin(this.other)));
			assertThat(application.report().sessions()).containsExactly("s");
			assertThat(client.item()).isEqualTo("ok");
			assertNew(take(this.other));
			session.get("/item");
			assertNew(take(this.other));
			assertThat(application.session("s")).isSameAs(session);
			assertThat(session.baseUrl()).startsWith(origin(this.other));
			assertThatIllegalStateException()
				.isThrownBy(() -> session.update((builder) -> builder.header("X-Own", "1")));
		}
	}

	@Test
	void baseUrlsAreAddedAndRemovedAndWhatIsKnownOfTheOthersIsKept() throws Exception {
		String list = "requests: {sessions: {s: {base-url: [%s]}}}";
		String both = origin(this.server) + ", " + origin(this.other);
		try (LiveApplication application = new LiveApplication(this.folder, list.formatted(origin(this.server)))) {
			Session session = application.session("s");
			session.get("");
			application.apply(list.formatted(both));
			for (int i = 0; i < 4; i++) {
				assertThat(session.get("").statusCode()).isEqualTo(200);
			}
			assertThat(this.server.getRequestCount()).isEqualTo(3);
			assertThat(take(this.server).getConnectionIndex()).isEqualTo(take(this.server).getConnectionIndex());
			LiveSessions live = application.bean(LiveSessions.class);
			assertThat(live.instances("s")).extracting(InstanceState::requests).containsExactly(2L, 2L);
			application.apply(list.formatted(origin(this.other) + ", " + origin(this.server) + "/v2"));
			assertThat(live.instances("s")).extracting(InstanceState::requests).containsExactly(2L, 0L);
			application.apply(list.formatted(origin(this.other)));
			session.get("");
			assertThat(live.instances("s")).isEmpty();
			assertThat(this.other.getRequestCount()).isEqualTo(3);
		}
	}

	@Test
	void whatIsKnownOfTheInstancesOfAServiceIsKept() throws Exception {
		String yaml = """
				spring.cloud.discovery.client.simple.instances.orders[0].uri: %s
				requests: {sessions: {s: {base-url: "lb://orders", headers: {X-Old: "%s"}}}}
				""";
		try (LiveApplication application = new LiveApplication(this.folder,
				yaml.formatted(origin(this.server), "before"), LoadBalancing.class)) {
			application.session("s").get("");
			LiveSessions live = application.bean(LiveSessions.class);
			assertThat(live.instances("s")).extracting(InstanceState::requests).containsExactly(1L);
			application.apply(yaml.formatted(origin(this.server), "after"));
			assertThat(live.instances("s")).extracting(InstanceState::requests).containsExactly(1L);
			application.session("s").get("");
			assertThat(take(this.server).getHeaders().get("X-Old")).isEqualTo("before");
			assertThat(take(this.server).getHeaders().get("X-Old")).isEqualTo("after");
			assertThat(live.instances("s")).extracting(InstanceState::requests).containsExactly(2L);
		}
	}

	@ImportAutoConfiguration({ UtilAutoConfiguration.class, SimpleDiscoveryClientAutoConfiguration.class,
			CompositeDiscoveryClientAutoConfiguration.class, LoadBalancerAutoConfiguration.class,
			BlockingLoadBalancerClientAutoConfiguration.class, RequestsLoadBalancerAutoConfiguration.class })
	static class LoadBalancing {

	}

	private static void assertNew(RecordedRequest request) {
		assertThat(request.getTarget()).isEqualTo("/v2/item?k=v");
		assertThat(request.getHeaders().get("X-Old")).isNull();
		assertThat(request.getHeaders().get("X-New")).isEqualTo("2");
		assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer t0ken");
	}

	@Test
	void timeoutsOfSessionsAndOfClientMethods() {
		try (LiveApplication application = new LiveApplication(this.folder, yaml("read-timeout: 30s"), Clients.class)) {
			Session session = application.session("s");
			Shop client = application.bean(Shop.class);
			assertThat(client.item()).isEqualTo("ok");
			application.apply(yaml("read-timeout: 50ms"));
			assertThatExceptionOfType(RequestTimeoutException.class).isThrownBy(() -> session.get("/slow"));
			application.apply(yaml("read-timeout: 30s")
					+ "  clients: {Shop: {methods: {slow: {read-timeout: 50ms}, item: {deadline: 40s}}}}\n");
			assertThat(application.report().clients()).containsExactly("Shop");
			assertThatExceptionOfType(RequestTimeoutException.class).isThrownBy(client::slow);
			application.apply(yaml("read-timeout: 30s") + "  clients: {Shop: {methods: {slow: {deadline: 50ms}}}}\n");
			assertThatExceptionOfType(RequestTimeoutException.class).isThrownBy(client::slow)
				.withMessageContaining("deadline");
		}
	}

	@Test
	void proxies() throws Exception {
		try (LiveApplication application = new LiveApplication(this.folder, yaml(""))) {
			Session session = application.session("s");
			session.get("/");
			take(this.server);
			application.apply(yaml("proxies: {http: \"" + origin(this.other) + "\"}"));
			session.get("/item");
			assertThat(take(this.other).getRequestLine()).startsWith("GET " + origin(this.server) + "/item");
			application.apply(yaml("proxies: {http: \"" + origin(this.other) + "\"}\nno-proxy: localhost"));
			session.get("/item");
			assertThat(take(this.server).getTarget()).isEqualTo("/item");
		}
	}

	@Test
	void trustOfCertificates() throws Exception {
		HeldCertificate authority = new HeldCertificate.Builder().certificateAuthority(0).build();
		HeldCertificate certificate = new HeldCertificate.Builder().signedBy(authority)
			.addSubjectAlternativeName("localhost")
			.build();
		Path file = Files.writeString(this.folder.resolve("ca.pem"), authority.certificatePem());
		try (MockWebServer secure = new MockWebServer();
				LiveApplication application = new LiveApplication(this.folder, yaml(""))) {
			secure.useHttps(new HandshakeCertificates.Builder().heldCertificate(certificate)
				.build()
				.sslContext()
				.getSocketFactory());
			secure.enqueue(new MockResponse.Builder().body("ok").build());
			secure.start();
			Session session = application.session("s");
			String url = "https://localhost:" + secure.getPort() + "/";
			assertThatExceptionOfType(SslException.class).isThrownBy(() -> session.get(url));
			application.apply(yaml("verify: " + file));
			assertThat(session.get(url).text()).isEqualTo("ok");
			application.apply(yaml(""));
			assertThatExceptionOfType(SslException.class).isThrownBy(() -> session.get(url));
		}
	}

	@Test
	void poolSizesRetriesLimitsAndEgress() {
		try (LiveApplication application = new LiveApplication(this.folder, yaml("adapter: {pool-maxsize: 3}"))) {
			Session session = application.session("s");
			session.get("/");
			assertThat(transport(session).poolStatistics().max()).isEqualTo(3);
			int before = this.server.getRequestCount();
			assertThat(session.get("/busy").statusCode()).isEqualTo(503);
			assertThat(this.server.getRequestCount()).isEqualTo(before + 1);
			application.apply(yaml("""
					adapter: {pool-maxsize: 5, max-retries: {total: 2, status-forcelist: 503, backoff-factor: 1ms}}
					"""));
			session.get("/");
			assertThat(transport(session).poolStatistics().max()).isEqualTo(5);
			assertThat(session.get("/busy").attempts()).hasSize(2);
			application.apply(yaml("limits: {max-body: 1B}"));
			assertThatExceptionOfType(RequestException.class).isThrownBy(() -> session.get("/"))
				.withMessageContaining("limit");
			application.apply(yaml("retry-budget: 50%"));
			RetryBudget budget = application.bean(LiveSessions.class).retryBudget("s");
			assertThat(budget).isNotNull().extracting(RetryBudget::percent).isEqualTo(50);
			application.apply(yaml("egress: {deny-private: true}"));
			assertThatExceptionOfType(RequestException.class).isThrownBy(() -> session.get("/"));
			application.apply(yaml(""));
			assertThat(session.get("/").text()).isEqualTo("ok");
		}
	}

	private static HttpAdapter transport(Session session) {
		Adapter adapter = session.getAdapter("http://localhost/");
		for (Adapter inner = adapter; inner != null; inner = inner.delegate()) {
			adapter = inner;
		}
		return (HttpAdapter) adapter;
	}

	@Test
	void cacheIsAddedKeptAndRemoved() {
		try (LiveApplication application = new LiveApplication(this.folder, yaml(""))) {
			Session session = application.session("s");
			session.get("/stored");
			application.apply(yaml("cache: 1MB"));
			session.get("/stored");
			assertThat(CacheStatus.of(session.get("/stored")).hit()).isTrue();
			application.apply(yaml("cache: 1MB\nread-timeout: 3s"));
			assertThat(CacheStatus.of(session.get("/stored")).hit()).isTrue();
			application.apply(yaml("cache: 1MB\nhedge: 1s\nrate: 100/s\nconcurrency: 5\nretry-budget: 30%"));
			assertThat(CacheStatus.of(session.get("/stored")).hit()).isTrue();
			application.apply(yaml("cache: 1MB\nheaders: {X-Tenant: b}"));
			assertThat(CacheStatus.of(session.get("/stored")).hit()).isFalse();
			application.apply(yaml("cache: false"));
			int before = this.server.getRequestCount();
			session.get("/stored");
			session.get("/stored");
			assertThat(this.server.getRequestCount()).isEqualTo(before + 2);
		}
	}

	@Test
	void stateOfAConcurrencyLimitFollowsTheSettings() {
		try (LiveApplication application = new LiveApplication(this.folder, yaml("concurrency: 5"), Limits.class)) {
			SessionConcurrency limits = application.bean(SessionConcurrency.class);
			application.session("s").get("/");
			assertThat(limits.state("s")).extracting(SessionConcurrency.State::limit).isEqualTo(5);
			application.refresh(yaml("concurrency: 6\nverify: /no/such/ca.pem"));
			assertThat(application.report().applied()).isFalse();
			assertThat(limits.state("s")).as("a refresh that was rejected")
				.extracting(SessionConcurrency.State::limit)
				.isEqualTo(5);
			application.apply(yaml("concurrency: 7"));
			assertThat(limits.state("s")).extracting(SessionConcurrency.State::limit).isEqualTo(7);
			application.refresh(yaml("concurrency: off\nverify: /no/such/ca.pem"));
			assertThat(limits.state("s")).extracting(SessionConcurrency.State::limit).isEqualTo(7);
			application.apply(yaml("concurrency: off"));
			assertThat(limits.state("s")).isNull();
			application.apply(yaml("concurrency: 8"));
			assertThat(limits.state("s")).extracting(SessionConcurrency.State::limit).isEqualTo(8);
			application.apply(yaml(""));
			assertThat(limits.state("s")).as("the key was removed").isNull();
		}
	}

	@Test
	void resilienceNamesTogetherWithTheirInstances() {
		String instances = "resilience4j.circuitbreaker.instances.%s.sliding-window-size: 10\n";
		try (LiveApplication application = new LiveApplication(this.folder, instances.formatted("one") + yaml(""))) {
			Session session = application.session("s");
			assertThat(steps(session)).isEmpty();
			application.apply(instances.formatted("one") + yaml("resilience: {circuit-breaker: one}"));
			assertThat(steps(session)).containsExactly("BreakerStep");
			application.apply(instances.formatted("two") + yaml("resilience: {circuit-breaker: two}"));
			assertThat(session.get("/").text()).isEqualTo("ok");
			application.apply(instances.formatted("two") + yaml(""));
			assertThat(steps(session)).isEmpty();
		}
	}

	private static List<String> steps(Session session) {
		return session.interceptors()
			.stream()
			.map((interceptor) -> interceptor.getClass().getSimpleName())
			.filter((name) -> name.endsWith("Step"))
			.toList();
	}

	@Test
	void connectionsAndCookiesStayIfTheTransportHasTheSameSettings() throws Exception {
		try (LiveApplication application = new LiveApplication(this.folder, yaml("""
				adapters: {"[http://localhost:1/]": {pool-maxsize: 2}}
				"""))) {
			Session session = application.session("s");
			session.get("/login");
			int connection = take(this.server).getConnectionIndex();
			HttpAdapter transport = transport(session);
			application.apply(yaml("""
					adapters: {"[http://localhost:1/]": {pool-maxsize: 3}}
					headers: {Accept: text/plain}
					read-timeout: 7s
					hedge: 1s
					concurrency: 5
					"""));
			session.get("/item");
			RecordedRequest request = take(this.server);
			assertThat(request.getConnectionIndex()).isEqualTo(connection);
			assertThat(request.getHeaders().get("Cookie")).isEqualTo("id=7");
			assertThat(request.getHeaders().get("Accept")).isEqualTo("text/plain");
			assertThat(transport(session)).isSameAs(transport);
			assertThat(session.adapters()).containsKey("http://localhost:1/");
		}
	}

	@Test
	void lazySessionIsCreatedWithTheNewSettings() throws Exception {
		try (LiveApplication application = new LiveApplication(this.folder, yaml("headers: {X-A: 1}"))) {
			application.apply(yaml("headers: {X-A: 2}"));
			assertThat(application.context().getBeanFactory().containsSingleton("sSession")).isFalse();
			application.session("s").get("/");
			assertThat(take(this.server).getHeaders().get("X-A")).isEqualTo("2");
		}
	}

	@Test
	void streamedResponseAndDerivedSessionStayReadable() {
		try (LiveApplication application = new LiveApplication(this.folder, yaml("adapter: {pool-maxsize: 3}"))) {
			Session session = application.session("s");
			Session derived = session.derive((builder) -> builder.header("X-Own", "1"));
			try (Response streamed = session.get("/", (request) -> request.stream(true))) {
				application.apply(yaml("adapter: {pool-maxsize: 4}"));
				assertThat(streamed.text()).isEqualTo("ok");
			}
			assertThat(derived.get("/").text()).isEqualTo("ok");
		}
	}

	@Test
	void restClientUsesTheNewBaseUrl() throws Exception {
		try (LiveApplication application = new LiveApplication(this.folder, yaml("rest-client: true"))) {
			RestClient client = application.bean(RestClient.class);
			assertThat(client.get().uri("/item").retrieve().body(String.class)).isEqualTo("ok");
			application.apply(yaml("rest-client: true").replace(origin(this.server), origin(this.other) + "/v2"));
			assertThat(client.get().uri("/item").retrieve().body(String.class)).isEqualTo("ok");
			assertThat(take(this.other).getTarget()).isEqualTo("/v2/item");
		}
	}

	@EnableRequestsClients(clients = Shop.class)
	static class Clients {

	}

	/**
	 * A client.
	 */
	@RequestsClient("s")
	public interface Shop {

		@GetExchange("/item")
		String item();

		@GetExchange("/slow")
		String slow();

	}

	@ImportAutoConfiguration(RequestsConcurrencyAutoConfiguration.class)
	static class Limits {

	}

}
