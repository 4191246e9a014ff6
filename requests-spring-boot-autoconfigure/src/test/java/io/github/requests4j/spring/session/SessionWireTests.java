package io.github.requests4j.spring.session;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.client.InetAddressFilter;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.http.Auth;
import io.github.requests4j.http.EgressDeniedException;
import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.ReadTimeoutException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.TooManyRedirectsException;
import io.github.requests4j.spring.MockServers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The effect of each property on the wire.
 */
@ExtendWith(MockServers.class)
class SessionWireTests {

	private final MockWebServer server = new MockWebServer();

	private final MockWebServer other = new MockWebServer();

	@Test
	void baseUrlIsJoined() {
		this.server.enqueue(new MockResponse.Builder().build());
		runner().withPropertyValues("requests.sessions.s.base-url=" + this.server.url("/v1")).run((context) -> {
			assertThat(context.getBean(Session.class).get("/items").statusCode()).isEqualTo(200);
			assertThat(take(this.server).getTarget()).isEqualTo("/v1/items");
		});
	}

	@Test
	void headersAreSentOnlyToTheBaseUrlAndTrustedOrigins() {
		run((session, server) -> {
			session.get("/");
			assertThat(take(server).getHeaders().get("X-Team")).isEqualTo("search");
			session.get(this.other.url("/").toString());
			assertThat(take(this.other).getHeaders().get("X-Team")).isNull();
		}, "headers.X-Team=search");
		run((session, server) -> {
			session.get(this.other.url("/").toString());
			assertThat(take(this.other).getHeaders().get("X-Team")).isEqualTo("search");
		}, "headers.X-Team=search", "trusted-origins=" + origin(this.other));
	}

	@Test
	void postsHaveAnIdempotencyKey() {
		this.server.enqueue(new MockResponse.Builder().code(503).build());
		run((session, server) -> {
			assertThat(session.post("/", (options) -> options.data("pay")).statusCode()).isEqualTo(200);
			String key = take(server).getHeaders().get("Idempotency-Key");
			assertThat(key).isNotBlank().isEqualTo(take(server).getHeaders().get("Idempotency-Key"));
			session.get("/");
			assertThat(take(server).getHeaders().get("Idempotency-Key")).isNull();
		}, "idempotency-key=auto", "adapter.max-retries.total=1", "adapter.max-retries.status-forcelist=503");
		run((session, server) -> {
			session.post("/");
			assertThat(take(server).getHeaders().get("Idempotency-Key")).isNull();
		}, "idempotency-key=none");
	}

	@Test
	void bodiesAreCompressed() {
		run((session, server) -> {
			session.post("/", (options) -> options.data("x".repeat(100)));
			RecordedRequest compressed = take(server);
			assertThat(compressed.getHeaders().get("Content-Encoding")).isEqualTo("gzip");
			assertThat(compressed.getBodySize()).isLessThan(50);
			session.post("/", (options) -> options.data("x".repeat(99)));
			assertThat(take(server).getHeaders().get("Content-Encoding")).isNull();
		}, "compress.coding=gzip", "compress.min-size=100B");
		run((session, server) -> {
			session.post("/", (options) -> options.data("x".repeat(2047)));
			assertThat(take(server).getHeaders().get("Content-Encoding")).isNull();
			session.post("/", (options) -> options.data("x".repeat(2048)));
			assertThat(take(server).getHeaders().get("Content-Encoding")).isEqualTo("gzip");
		}, "compress.coding=gzip");
		run((session, server) -> {
			session.post("/", (options) -> options.data("x".repeat(5000)));
			assertThat(take(server).getHeaders().get("Content-Encoding")).isNull();
		}, "compress.min-size=1B");
	}

	@Test
	void emptyHeaderRemovesADefaultHeader() {
		run((session, server) -> {
			session.get("/");
			assertThat(take(server).getHeaders().get("User-Agent")).isNull();
		}, "headers.User-Agent=");
	}

	@Test
	void paramsMayContainCommasListsAndDots() {
		run((session, server) -> {
			session.get("/");
			assertThat(take(server).getTarget()).contains("per_page=50", "q=a%2Cb", "tag=x", "tag=y", "a.b=1")
				.doesNotContain("gone");
		}, "params.per_page=50", "params.q=a,b", "params.tag[0]=x", "params.tag[1]=y", "params.a.b=1", "params.gone=");
	}

	@Test
	void basicAuthIsSent() {
		run((session, server) -> {
			session.get("/");
			assertThat(take(server).getHeaders().get("Authorization")).isEqualTo("Basic dXNlcjpzZWNyZXQ=");
		}, "auth.username=user", "auth.password=secret");
	}

	@Test
	void bearerAuthIsSent() {
		run((session, server) -> {
			session.get("/");
			assertThat(take(server).getHeaders().get("Authorization")).isEqualTo("Bearer t0ken");
		}, "auth.type=bearer", "auth.token=t0ken");
	}

	@Test
	void digestAuthIsSent() {
		this.server.enqueue(new MockResponse.Builder().code(401)
			.addHeader("WWW-Authenticate", "Digest realm=\"r\", nonce=\"n\", qop=\"auth\"")
			.build());
		run((session, server) -> {
			assertThat(session.get("/").statusCode()).isEqualTo(200);
			take(server);
			assertThat(take(server).getHeaders().get("Authorization")).startsWith("Digest username=\"user\"");
		}, "auth.type=digest", "auth.username=user", "auth.password=secret");
	}

	@Test
	void authBeanIsUsed() {
		Auth auth = (request) -> {
			request.headers().put("X-Signed", "yes");
			return request;
		};
		this.server.enqueue(new MockResponse.Builder().build());
		runner("auth.type=bean", "auth.bean=signer").withBean("signer", Auth.class, () -> auth).run((context) -> {
			context.getBean(Session.class).get("/");
			assertThat(take(this.server).getHeaders().get("X-Signed")).isEqualTo("yes");
		});
	}

	@Test
	void readTimeoutApplies() {
		this.server.enqueue(new MockResponse.Builder().headersDelay(5, TimeUnit.SECONDS).build());
		run((session, server) -> assertThatExceptionOfType(ReadTimeoutException.class)
			.isThrownBy(() -> session.get("/"))
			.withMessageContaining("or raise read-timeout."), "read-timeout=100ms");
	}

	@Test
	void deadlineApplies() {
		this.server.enqueue(new MockResponse.Builder().headersDelay(5, TimeUnit.SECONDS).build());
		run((session, server) -> assertThatExceptionOfType(RequestTimeoutException.class)
			.isThrownBy(() -> session.get("/")), "deadline=100ms");
	}

	@Test
	void timeoutsAreFiniteByDefault() {
		run((session, server) -> {
			assertThat(session.timeouts().connect()).isEqualTo(Duration.ofSeconds(5));
			assertThat(session.timeouts().read()).isEqualTo(Duration.ofSeconds(10));
		});
		run((session, server) -> assertThat(session.timeouts().connect()).isEqualTo(Duration.ofMillis(1500)),
				"connect-timeout=1500ms");
	}

	@Test
	void proxiesApply() {
		this.other.enqueue(new MockResponse.Builder().body("proxied").build());
		run((session, server) -> {
			assertThat(session.get("http://nowhere.invalid/x").text()).isEqualTo("proxied");
			assertThat(take(this.other).getRequestLine()).startsWith("GET http://nowhere.invalid/x");
		}, "proxies.http=" + origin(this.other));
	}

	@Test
	void proxyOfOneHostAndNoProxyApply() {
		run((session, server) -> {
			assertThat(session.proxies().select("http", "api.example.com")).isEqualTo("http://one:1");
			assertThat(session.proxies().select("http", "other.example.com")).isEqualTo("http://two:2");
			assertThat(session.proxies().select("https", "x")).isNull();
			assertThat(session.get("/").statusCode()).as("called directly").isEqualTo(200);
		}, "proxies[http://api.example.com]=http://one:1", "proxies.http=http://two:2", "proxies.https=",
				"no-proxy=" + this.server.getHostName() + ",10.0.0.0/8");
	}

	@Test
	void redirectsAreLimited() {
		for (int i = 0; i < 3; i++) {
			this.server.enqueue(new MockResponse.Builder().code(302).addHeader("Location", "/next").build());
		}
		run((session, server) -> assertThatExceptionOfType(TooManyRedirectsException.class)
			.isThrownBy(() -> session.get("/")), "max-redirects=2");
	}

	@Test
	void redirectsCanBeDisabled() {
		this.server.enqueue(new MockResponse.Builder().code(302).addHeader("Location", "/next").build());
		run((session, server) -> assertThat(session.get("/").statusCode()).isEqualTo(302), "allow-redirects=false");
	}

	@Test
	void listedHeadersAreStrippedOnRedirects() {
		this.server.enqueue(
				new MockResponse.Builder().code(302).addHeader("Location", this.other.url("/").toString()).build());
		run((session, server) -> {
			session.get("/", (o) -> o.header("X-Api-Key", "k").header("X-Other", "o"));
			RecordedRequest second = take(this.other);
			assertThat(second.getHeaders().get("X-Api-Key")).isNull();
			assertThat(second.getHeaders().get("X-Other")).isEqualTo("o");
		}, "redirect.strip-headers=X-Api-Key");
	}

	@Test
	void responsesAreStreamed() {
		this.server.enqueue(new MockResponse.Builder().body("later").build());
		run((session, server) -> {
			try (Response response = session.get("/")) {
				assertThat(session.stream()).isTrue();
				assertThat(response.text()).isEqualTo("later");
			}
		}, "stream=true");
	}

	@Test
	void cookiesAreSharedInTheSession() {
		this.server.enqueue(cookie());
		run((session, server) -> {
			session.get("/");
			session.get("/");
			session.get("/", (o) -> o.header("Authorization", "mine"));
			take(server);
			assertThat(take(server).getHeaders().get("Cookie")).isEqualTo("sid=1");
			assertThat(take(server).getHeaders().get("Cookie")).as("a separate jar").isNull();
		});
	}

	@Test
	void cookiesCanBeLimitedToACallOrDisabled() {
		for (String scope : new String[] { "call", "none" }) {
			this.server.enqueue(cookie());
			run((session, server) -> {
				session.get("/");
				session.get("/");
				take(server);
				assertThat(take(server).getHeaders().get("Cookie")).isNull();
			}, "cookies=" + scope);
		}
	}

	@Test
	void trustEnvIsOffByDefault() {
		run((session, server) -> assertThat(session.trustEnv()).isFalse());
		run((session, server) -> assertThat(session.trustEnv()).isTrue(), "trust-env=true");
	}

	@Test
	void defaultsApplyToTheSession() {
		this.server.enqueue(new MockResponse.Builder().build());
		runner("headers.X-Two=")
			.withPropertyValues("requests.defaults.headers.X-One=1", "requests.defaults.headers.X-Two=2")
			.run((context) -> {
				context.getBean(Session.class).get("/");
				RecordedRequest request = take(this.server);
				assertThat(request.getHeaders().get("X-One")).isEqualTo("1");
				assertThat(request.getHeaders().get("X-Two")).isNull();
			});
	}

	@Test
	void poolSettingsApply() {
		run((session, server) -> {
			HttpAdapter adapter = (HttpAdapter) session.getAdapter("http://x/");
			assertThat(session.getAdapter("https://x/")).isSameAs(adapter);
			for (int i = 0; i < 3; i++) {
				session.get("/");
			}
			assertThat(take(server).getConnectionIndex()).isEqualTo(take(server).getConnectionIndex());
			assertThat(adapter.poolStatistics().available()).isEqualTo(1);
			assertThat(adapter.poolStatistics().max()).isEqualTo(7);
		}, "adapter.pool-connections=3", "adapter.pool-maxsize=7", "adapter.pool-block=true", "adapter.pool-timeout=2s",
				"adapter.pool-idle-timeout=30s", "adapter.pool-time-to-live=5m");
	}

	@Test
	void poolTimeoutApplies() {
		this.server.enqueue(new MockResponse.Builder().body("x".repeat(200_000)).build());
		run((session, server) -> {
			try (Response held = session.get("/", (o) -> o.stream(true))) {
				assertThat(held.statusCode()).isEqualTo(200);
				assertThatExceptionOfType(RequestException.class).isThrownBy(() -> session.get("/"));
			}
		}, "adapter.pool-maxsize=1", "adapter.pool-block=true", "adapter.pool-timeout=100ms");
	}

	@Test
	void retriesApply() {
		this.server.enqueue(new MockResponse.Builder().code(503).build());
		this.server.enqueue(new MockResponse.Builder().code(502).build());
		this.server.enqueue(new MockResponse.Builder().body("at last").build());
		run((session, server) -> {
			Response response = session.get("/");
			assertThat(response.text()).isEqualTo("at last");
			assertThat(response.attempts()).hasSize(2);
		}, "adapter.max-retries.total=3", "adapter.max-retries.status-forcelist=502,503",
				"adapter.max-retries.backoff-factor=1ms");
	}

	@Test
	void retriesCanBeANumber() {
		this.server.enqueue(new MockResponse.Builder().code(503).setHeader("Retry-After", "0").build());
		this.server.enqueue(new MockResponse.Builder().body("at last").build());
		run((session, server) -> assertThat(session.get("/").text()).isEqualTo("at last"), "adapter.max-retries=1");
	}

	@Test
	void furtherAdaptersAreMounted() {
		String prefix = origin(this.other) + "/";
		run((session, server) -> {
			assertThat(session.getAdapter(prefix)).isNotSameAs(session.getAdapter("http://elsewhere/"));
			assertThat(session.get(prefix).statusCode()).isEqualTo(200);
		}, "adapters[" + prefix + "].pool-maxsize=2");
	}

	@Test
	void limitsApply() {
		this.server.enqueue(new MockResponse.Builder().body("0123456789").build());
		run((session, server) -> assertThatExceptionOfType(RequestException.class)
			.isThrownBy(() -> session.get("/").content()), "limits.max-body=5B");
	}

	@Test
	void egressDeniesPrivateAndListedAddresses() {
		for (String rule : new String[] { "egress.deny-private=true", "egress.deny=127.0.0.0/8,::1",
				"egress.deny=*" }) {
			run((session, server) -> {
				assertThatExceptionOfType(EgressDeniedException.class).isThrownBy(() -> session.get("/"));
				assertThat(server.getRequestCount()).isZero();
			}, rule);
		}
	}

	@Test
	void egressAllowsListedAddresses() {
		run((session, server) -> assertThat(session.get("/").statusCode()).isEqualTo(200), "egress.deny-private=true",
				"egress.allow=" + this.server.getHostName());
	}

	@Test
	void addressFilterOfTheApplicationApplies() {
		runner().withBean(InetAddressFilter.class, InetAddressFilter::externalAddresses)
			.run((context) -> assertThatExceptionOfType(EgressDeniedException.class)
				.isThrownBy(() -> context.getBean(Session.class).get("/"))
				.withMessageContaining("address filter"));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "egress.allow[0]=10.0.0.0/8", "egress.deny[0]=http://a.example", "egress.deny[0]=10.0.0.1/8" })
	void invalidEgressRulesFailTheStart(String property) {
		runner(property).run((context) -> assertThat(context).getFailure()
			.hasMessageContaining("requests.sessions.s.egress." + (property.contains("allow") ? "allow" : "deny[0]")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "trusted-origins=x", "proxies.https=proxy:3128", "proxies.ftp=http://p:1",
			"max-redirects=-1", "adapter.pool-maxsize=0", "auth.type=bearer", "auth.bean=none", "limits.max-body=0B",
			"adapters[ftp://x/].pool-maxsize=1", "auth.registration-id=r" })
	void invalidValuesFailTheStart(String property) {
		runner(property).run((context) -> assertThat(context).getFailure()
			.hasMessageContaining(
					"requests.sessions.s." + property.substring(0, property.indexOf('=')).split("[.\\[]")[0]));
	}

	@Test
	void invalidBaseUrlFailsTheStart() {
		runner().withPropertyValues("requests.sessions.s.base-url=nonsense")
			.run((context) -> assertThat(context).getFailure().hasMessageContaining("requests.sessions.s.base-url"));
	}

	@Test
	void messagesNameSettingsByKey() {
		this.server.enqueue(redirect());
		this.server.enqueue(redirect());
		this.server.enqueue(new MockResponse.Builder().body("12345").build());
		this.server.enqueue(new MockResponse.Builder().code(503).build());
		runner("max-redirects=1", "limits.max-body=2B").run((context) -> {
			Session session = context.getBean(Session.class);
			assertThatExceptionOfType(TooManyRedirectsException.class).isThrownBy(() -> session.get("loop"))
				.withMessageContaining("Raise max-redirects if");
			assertThatExceptionOfType(RequestException.class).isThrownBy(() -> session.get("long"))
				.withMessageContaining("limits.max-body");
			assertThatExceptionOfType(HttpException.class).isThrownBy(() -> session.get("down").raiseForStatus())
				.withMessageContaining("adapter.max-retries")
				.withMessageContaining("adapter.max-retries.status-forcelist");
		});
	}

	private static MockResponse redirect() {
		return new MockResponse.Builder().code(302).addHeader("Location", "loop").build();
	}

	@Test
	void keysOfDifferentKindsOfAuthContradict() {
		runner("auth.username=u", "auth.token=s3cr3t").run((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessageContaining("different types")
			.message()
			.doesNotContain("s3cr3t"));
	}

	private static MockResponse cookie() {
		return new MockResponse.Builder().addHeader("Set-Cookie", "sid=1; Path=/").build();
	}

	private static String origin(MockWebServer server) {
		return "http://" + server.getHostName() + ":" + server.getPort();
	}

	private static RecordedRequest take(MockWebServer server) {
		try {
			RecordedRequest request = server.takeRequest(5, TimeUnit.SECONDS);
			assertThat(request).as("a request").isNotNull();
			return request;
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	private void run(BiConsumer<Session, MockWebServer> test, String... properties) {
		for (int i = 0; i < 4; i++) {
			this.server.enqueue(new MockResponse.Builder().build());
			this.other.enqueue(new MockResponse.Builder().build());
		}
		runner(properties).run((context) -> {
			assertThat(context).hasNotFailed();
			test.accept(context.getBean(Session.class), this.server);
		});
	}

	private ApplicationContextRunner runner(String... properties) {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, RequestsAutoConfiguration.class,
					DefaultSessionAutoConfiguration.class))
			.withPropertyValues("requests.sessions.s.base-url=" + this.server.url("/"));
		// Not by property values, which end a key at its first colon
		Map<String, Object> map = new LinkedHashMap<>();
		for (String property : properties) {
			int end = property.indexOf('=');
			map.put("requests.sessions.s." + property.substring(0, end), property.substring(end + 1));
		}
		return runner.withInitializer(
				(context) -> context.getEnvironment().getPropertySources().addLast(new MapPropertySource("map", map)));
	}

}
