package io.github.requests4j.spring.guide;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.resilience4j.springboot.bulkhead.autoconfigure.BulkheadAutoConfiguration;
import io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.github.resilience4j.springboot.ratelimiter.autoconfigure.RateLimiterAutoConfiguration;
import io.github.resilience4j.springboot.retry.autoconfigure.RetryAutoConfiguration;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.Session;
import io.github.requests4j.http.Auth;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.spring.MockServers;
import io.github.requests4j.spring.client.EnableRequestsClients;
import io.github.requests4j.spring.client.RequestsClient;
import io.github.requests4j.spring.client.RequestsClientsAutoConfiguration;
import io.github.requests4j.spring.client.ResponseErrorMapper;
import io.github.requests4j.spring.guide.CatalogClient.Item;
import io.github.requests4j.spring.guide.CatalogClient.Search;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.oauth2.MissingTokenException;
import io.github.requests4j.spring.oauth2.RequestsOAuth2AutoConfiguration;
import io.github.requests4j.spring.oauth2.RequestsTokenRelayAutoConfiguration;
import io.github.requests4j.spring.observation.DefaultRequestsObservationConvention;
import io.github.requests4j.spring.observation.RequestsObservationAutoConfiguration;
import io.github.requests4j.spring.observation.RequestsObservationContext;
import io.github.requests4j.spring.cookies.RequestsCookiesAutoConfiguration;
import io.github.requests4j.spring.rate.RequestsRateAutoConfiguration;
import io.github.requests4j.spring.redis.RequestsRedisAutoConfiguration;
import io.github.requests4j.spring.resilience.RequestsResilienceAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;
import io.github.requests4j.spring.session.SessionCustomizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The pages of the guide about the starter: each block of YAML starts an application, and
 * what they show in Java is run against a server.
 */
@ExtendWith(MockServers.class)
class SpringPagesTests {

	private static final Path GUIDE = Path.of("..", "docs", "guide").toAbsolutePath().normalize();

	private static final Pattern YAML = Pattern.compile("^```yaml\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

	private static final String TEA = "{\"id\":\"tea\",\"price\":3.5}";

	private final MockWebServer server = new MockWebServer();

	@TempDir
	Path folder;

	// tag::stock-client[]
	@RequestsClient(session = "catalog", fallback = NoStock.class)
	interface StockClient {

		@GetExchange("/stock/{id}")
		int stock(@PathVariable String id);

	}
	// end::stock-client[]

	// tag::no-stock[]
	static class NoStock implements StockClient {

		@Override
		public int stock(String id) {
			return 0;
		}

	}
	// end::no-stock[]

	static class SoldOutException extends RuntimeException {

		SoldOutException(String message) {
			super(message);
		}

	}

	// tag::convention[]
	static class TeamConvention extends DefaultRequestsObservationConvention {

		TeamConvention() {
			super(DEFAULT_NAME);
		}

		@Override
		public KeyValues getLowCardinalityKeyValues(RequestsObservationContext context) {
			return super.getLowCardinalityKeyValues(context).and("team", "depot");
		}

	}
	// end::convention[]

	@Configuration(proxyBeanMethods = false)
	static class Beans {

		// tag::customizer[]
		@Bean
		SessionCustomizer callerHeader() {
			return (name, session) -> session.header("X-Caller", "depot-" + name);
		}
		// end::customizer[]

		// tag::auth-bean[]
		@Bean
		Auth signature() {
			return (request) -> {
				request.headers().put("X-Signature", "signed " + request.method());
				return request;
			};
		}
		// end::auth-bean[]

		// tag::error-mapper[]
		@Bean
		ResponseErrorMapper soldOut() {
			return (response, call) -> (response.statusCode() == 409) ? new SoldOutException(response.text()) : null;
		}
		// end::error-mapper[]

		// tag::problem-mapper[]
		@Bean
		ResponseErrorMapper problems() {
			return ResponseErrorMapper.problemDetails();
		}
		// end::problem-mapper[]

	}

	@Configuration(proxyBeanMethods = false)
	@EnableRequestsClients(clients = { CatalogClient.class, StockClient.class })
	static class Clients {

	}

	@ParameterizedTest
	@ValueSource(strings = { "sessions", "clients", "authentication", "tls", "proxies", "retries", "observation",
			"live-settings", "caching" })
	void everyBlockStartsAnApplication(String page) throws IOException {
		List<String> blocks = blocks(page);
		assertThat(blocks).isNotEmpty();
		for (String block : blocks) {
			// Settings of unknown clients would fail the start.
			ApplicationContextRunner runner = List.of("clients", "caching").contains(page)
					? runner(block).withUserConfiguration(Clients.class) : runner(block);
			runner.run((context) -> assertThat(context).as(block)
				.hasNotFailed()
				.getBeanNames(Session.class)
				.hasSameSizeAs(ConfiguredSessions.names(context.getEnvironment())));
		}
	}

	@Test
	void sessionsAndTheirSettings() throws Exception {
		runner(blocks("sessions").get(0)).withBean(Catalog.class).run((context) -> {
			this.server.enqueue(json("[" + TEA + "]"));
			assertThat(context.getBean(Catalog.class).items("te")).containsExactly(new Catalog.Item("tea", 3.5));
			RecordedRequest request = next();
			assertThat(request.getTarget()).isEqualTo("/items?size=20&q=te");
			assertThat(request.getHeaders().get("X-Caller")).isEqualTo("depot-catalog");
			this.server.enqueue(json("{}"));
			Session catalog = context.getBean(Session.class);
			// tag::derive[]
			Session patient = catalog
				.derive((settings) -> settings.timeout(Duration.ofMinutes(2)).header("X-Purpose", "report"));
			Response report = patient.get("report");
			// end::derive[]
			assertThat(report.statusCode()).isEqualTo(200);
			assertThat(next().getHeaders().get("X-Purpose")).isEqualTo("report");
		});
		runner(blocks("sessions").get(1)).run((context) -> {
			this.server.enqueue(json("{}"));
			context.getBean(Session.class).get("x");
			assertThat(next().getHeaders().get("X-Team")).as("removed").isNull();
		});
	}

	@Test
	void interfaceClients() throws Exception {
		runner(blocks("clients").get(0)).withUserConfiguration(Clients.class).run((context) -> {
			CatalogClient catalog = context.getBean(CatalogClient.class);
			for (String body : List.of(TEA, "[" + TEA + "]", TEA, "[" + TEA + "," + TEA + "]")) {
				this.server.enqueue(json(body));
			}
			// tag::calls[]
			Item tea = catalog.item("tea").orElseThrow();
			List<Item> cheap = catalog.items(new Search("cheap", 10));
			HttpStatusCode status = catalog.add(tea, Timeouts.of(Duration.ofSeconds(30))).getStatusCode();
			try (Stream<Item> all = catalog.export()) {
				all.forEach(System.out::println);
			}
			String command = catalog.dryRun(tea).toCurl();
			// end::calls[]
			assertThat(next().getTarget()).isEqualTo("/items/tea");
			assertThat(next().getTarget()).isEqualTo("/items?q=cheap&size=10");
			assertThat(cheap).containsExactly(tea);
			assertThat(status.value()).isEqualTo(200);
			assertThat(command).contains("curl", "/items");
			assertThat(this.server.getRequestCount()).isEqualTo(4);
			this.server.enqueue(json(TEA));
			assertThat(catalog.later("tea").get(30, TimeUnit.SECONDS)).isEqualTo(tea);
			this.server.enqueue(new MockResponse.Builder().code(409).body("no tea").build());
			assertThatExceptionOfType(SoldOutException.class).isThrownBy(() -> catalog.item("tea"))
				.withMessage("no tea");
			this.server.enqueue(new MockResponse.Builder().code(404).build());
			assertThat(context.getBean(StockClient.class).stock("tea")).isZero();
		});
		runner(blocks("clients").get(1)).withUserConfiguration(Clients.class)
			.run((context) -> assertThat(context).as("the method exists").hasNotFailed());
	}

	@Test
	void authentication() throws Exception {
		List<String> blocks = blocks("authentication");
		runner(blocks.get(0)).run((context) -> {
			Session payments = context.getBean(Session.class);
			this.server.enqueue(json("{}"));
			payments.get("charges");
			assertThat(next().getHeaders().get("Authorization")).isEqualTo("Basic ZGVwb3Q6c2VjcmV0");
			this.server.enqueue(json("{}"));
			// tag::own-auth[]
			Response mine = payments.get("charges", (request) -> request.auth("ann", "her password"));
			// end::own-auth[]
			assertThat(mine.statusCode()).isEqualTo(200);
			assertThat(next().getHeaders().get("Authorization")).isEqualTo("Basic YW5uOmhlciBwYXNzd29yZA==");
		});
		runner(blocks.get(2)).run((context) -> {
			this.server.enqueue(json("{}"));
			context.getBean(Session.class).get("charges");
			assertThat(next().getHeaders().get("Authorization")).isEqualTo("Bearer t0ken");
		});
		runner(blocks.get(blocks.size() - 1)).run((context) -> {
			this.server.enqueue(json("{}"));
			context.getBean(Session.class).get("charges");
			assertThat(next().getHeaders().get("X-Signature")).isEqualTo("signed GET");
		});
	}

	@Test
	void tokensOfOAuth2() throws Exception {
		List<String> blocks = blocks("authentication");
		for (String block : List.of(blocks.get(3), blocks.get(5), blocks.get(6), blocks.get(7))) {
			runner(block).run((context) -> {
				this.server.enqueue(json("{\"access_token\": \"issued\", \"token_type\": \"Bearer\"}"));
				this.server.enqueue(json("{}"));
				context.getBean("paymentsSession", Session.class).get("charges");
				assertThat(next().getTarget()).isEqualTo("/login/oauth2/token");
				assertThat(next().getHeaders().get("Authorization")).isEqualTo("Bearer issued");
			});
		}
		for (String block : List.of(blocks.get(4), blocks.get(8))) {
			runner(block).run((context) -> assertThatExceptionOfType(MissingTokenException.class)
				.isThrownBy(() -> context.getBean(Session.class).get("charges")));
		}
	}

	@Test
	void beansForTokens() {
		new ApplicationContextRunner().withUserConfiguration(TokenBeans.class)
			.withBean(TokenBeans.ActorTokens.class, () -> () -> null)
			.withPropertyValues("login.key={\"kty\": \"oct\", \"k\": \"c2VjcmV0\"}")
			.run((context) -> assertThat(context).hasSingleBean(OAuth2AuthorizedClientProvider.class)
				.hasBean("clientKey"));
	}

	@Test
	void retriesAndMeters() throws Exception {
		runner(blocks("retries").get(0)).run((context) -> {
			Session catalog = context.getBean(Session.class);
			this.server.enqueue(new MockResponse.Builder().code(503).build());
			this.server.enqueue(json("[]"));
			// tag::retried[]
			Response items = catalog.get("items");
			// end::retried[]
			assertThat(items.statusCode()).isEqualTo(200);
			assertThat(this.server.getRequestCount()).isEqualTo(2);
		});
		runner(blocks("observation").get(0)).withBean(TeamConvention.class).run((context) -> {
			Session catalog = context.getBean(Session.class);
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			this.server.enqueue(json(TEA));
			// tag::meters[]
			Response tea = catalog.get("items/{id}", (request) -> request.uriVariable("id", "tea"));
			long calls = meters.get("http.client.requests")
				.tag("session", "catalog")
				.tag("uri", "/items/{id}")
				.timer()
				.count();
			// end::meters[]
			assertThat(tea.statusCode()).isEqualTo(200);
			assertThat(calls).isEqualTo(1);
			assertThat(meters.get("http.client.requests").tag("team", "depot").timer().count()).isEqualTo(1);
		});
	}

	private RecordedRequest next() throws InterruptedException {
		RecordedRequest request = this.server.takeRequest(10, TimeUnit.SECONDS);
		assertThat(request).isNotNull();
		return request;
	}

	private static MockResponse json(String body) {
		return new MockResponse.Builder().body(body).addHeader("Content-Type", "application/json").build();
	}

	private static List<String> blocks(String page) throws IOException {
		return YAML.matcher(Files.readString(GUIDE.resolve(page + ".md")))
			.results()
			.map((block) -> block.group(1))
			.toList();
	}

	private ApplicationContextRunner runner(String yaml) throws IOException {
		HeldCertificate certificate = new HeldCertificate.Builder().certificateAuthority(0).build();
		Files.writeString(this.folder.resolve("ca.pem"), certificate.certificatePem());
		Files.writeString(this.folder.resolve("client.pem"), certificate.certificatePem());
		Files.writeString(this.folder.resolve("client.key"), certificate.privateKeyPkcs8Pem());
		return new ApplicationContextRunner().withInitializer((context) -> load(context, yaml))
			.withPropertyValues("catalog.url=" + this.server.url("/"), "catalog.token=t0ken",
					"redis.key=" + "A".repeat(43) + "=", "catalog.password=secret",
					"login.url=" + this.server.url("/login"), "login.secret=s3cr3t", "tls.folder=" + this.folder,
					"management.metrics.use-global-registry=false")
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsClientsAutoConfiguration.class,
							RequestsObservationAutoConfiguration.class, RequestsResilienceAutoConfiguration.class,
							JacksonAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class,
							SslAutoConfiguration.class, ObservationAutoConfiguration.class,
							MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
							SimpleMetricsExportAutoConfiguration.class, OAuth2ClientAutoConfiguration.class,
							RequestsOAuth2AutoConfiguration.class, RequestsTokenRelayAutoConfiguration.class,
							CircuitBreakerAutoConfiguration.class, RetryAutoConfiguration.class,
							DataRedisAutoConfiguration.class, RequestsRedisAutoConfiguration.class,
							RequestsRateAutoConfiguration.class, RequestsCookiesAutoConfiguration.class,
							RateLimiterAutoConfiguration.class, BulkheadAutoConfiguration.class))
			.withUserConfiguration(Beans.class);
	}

	private static void load(ConfigurableApplicationContext context, String yaml) {
		ByteArrayResource resource = new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8));
		try {
			new YamlPropertySourceLoader().load("application.yml", resource)
				.forEach(context.getEnvironment().getPropertySources()::addLast);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
