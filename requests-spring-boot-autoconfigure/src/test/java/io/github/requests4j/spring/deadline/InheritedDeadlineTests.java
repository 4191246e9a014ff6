package io.github.requests4j.spring.deadline;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.error.ErrorPage;
import org.springframework.boot.web.error.ErrorPageRegistrar;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.Requests;
import io.github.requests4j.Session;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.Response;
import io.github.requests4j.spring.CountingServer;
import io.github.requests4j.spring.WithoutSecurity;
import io.github.requests4j.spring.client.EnableRequestsClients;
import io.github.requests4j.spring.client.RequestsClient;
import io.github.requests4j.spring.internal.config.RequestsConfigurationException;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;
import io.github.requests4j.spring.session.SessionCustomizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Calls that inherit the deadline of the request being served, in a real web server.
 */
@Timeout(120)
class InheritedDeadlineTests {

	private static final CountDownLatch END = new CountDownLatch(1);

	private static ConfigurableApplicationContext context;

	private static CountingServer upstream;

	@BeforeAll
	static void start() {
		upstream = new CountingServer((request) -> {
			if (request.target().equals("/slow")) {
				END.await(60, TimeUnit.SECONDS);
			}
			return new CountingServer.Answer(200, "", request.headers().get("X-Limit"));
		});
		context = start("requests.sessions.shop.deadline=inherit");
	}

	static ConfigurableApplicationContext start(String... properties) {
		return new SpringApplicationBuilder(Application.class)
			.properties(WithoutSecurity.property(), "server.port=0",
					"requests.sessions.shop.base-url=" + upstream.url(),
					"requests.sessions.plain.base-url=" + upstream.url(), "requests.sessions.plain.deadline=70s",
					"requests.clients.Plain.methods.inherits.deadline=inherit",
					"requests.clients.Shop.methods.own.deadline=80s")
			.properties(properties)
			.run();
	}

	@AfterAll
	static void stop() {
		END.countDown();
		context.close();
		upstream.close();
	}

	@ParameterizedTest
	@CsvSource({ "60S, PT1M", "2M, PT2M", "1H, PT1H", "99999999m, PT27H46M39.999S", "90000000u, PT1M30S" })
	void headerOfGrpcSetsTheDeadlineOfCalls(String header, String limit) {
		assertThat(get("/call", "grpc-timeout", header).text()).isEqualTo(limit);
	}

	@ParameterizedTest
	@ValueSource(strings = { "60", "60s", "S", "-1S", "123456789S", "1.5S", "inherit", "" })
	void headersThatAreNotValidAreIgnored(String header) {
		assertThat(get("/call", "grpc-timeout", header).text()).isEqualTo("none");
		assertThat(get("/call", "x-envoy-expected-rq-timeout-ms", header + "S").text()).isEqualTo("none");
	}

	@Test
	void headerOfEnvoyIsSupported() {
		assertThat(get("/call", "x-envoy-expected-rq-timeout-ms", "61000").text()).isEqualTo("PT1M1S");
		Response both = Requests.get(url("/call"),
				(options) -> options.header("X-Envoy-Expected-Rq-Timeout-Ms", "61000").header("Grpc-Timeout", "62S"));
		assertThat(both.text()).as("the shorter one").isEqualTo("PT1M1S");
	}

	@Test
	void withoutAHeaderThereIsNoLimit() {
		for (String path : new String[] { "/call", "/callable", "/future" }) {
			assertThat(get(path).text()).isEqualTo("none");
		}
		assertThat(get("/method").text()).as("that of the session").isEqualTo("PT1M10S");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/call", "/callable", "/future", "/client-future", "/method" })
	void otherThreadsInheritIt(String path) {
		assertThat(get(path, "grpc-timeout", "50S").text()).isEqualTo("PT50S");
		assertThat(get(path, "grpc-timeout", "51S").text()).as("of this request").isEqualTo("PT51S");
		assertThat(get("/call").text()).as("a request without it").isEqualTo("none");
	}

	@Test
	void ownValuesAreNotInherited() {
		assertThat(get("/plain", "grpc-timeout", "50S").text()).isEqualTo("PT1M10S");
		assertThat(get("/own-method", "grpc-timeout", "50S").text()).isEqualTo("PT1M20S");
		assertThat(get("/own-call", "grpc-timeout", "50S").text()).isEqualTo("PT1M30S");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/call", "/callable", "/client-future", "/method" })
	void nothingIsSentAfterTheDeadline(String path) {
		int before = upstream.accepted();
		Response response = get(path, "grpc-timeout", "1n");
		assertThat(response.statusCode()).isEqualTo(504);
		assertThat(response.text()).startsWith("GET " + upstream.url() + "/")
			.contains("the inherited deadline of the served request (0.000000001s) has passed, so nothing was sent");
		assertThat(get(path, "grpc-timeout", "0S").statusCode()).isEqualTo(504);
		assertThat(upstream.accepted()).isEqualTo(before);
	}

	@Test
	void aCallEndsWithTheDeadline() {
		Response response = get("/slow", "grpc-timeout", "300m");
		assertThat(response.statusCode()).isEqualTo(504);
		assertThat(response.text()).contains("the inherited deadline of the served request (300ms) passed while")
			.contains("Raise the deadline at the client of that request");
	}

	@Test
	@Tag("jdk25")
	void virtualThreadsInheritIt() {
		try (ConfigurableApplicationContext virtual = start("requests.sessions.shop.deadline=inherit",
				"spring.threads.virtual.enabled=true")) {
			for (String path : new String[] { "/call", "/callable", "/future", "/client-future", "/method" }) {
				Response response = Requests.get(url(virtual, path),
						(options) -> options.header("grpc-timeout", "50S"));
				assertThat(response.text()).as(path).isEqualTo("PT50S");
			}
		}
	}

	@Test
	void errorPagesInheritIt() {
		assertThat(get("/fails", "grpc-timeout", "50S").text()).isEqualTo("PT50S");
	}

	@Test
	void codeWithoutARequestSetsIt() {
		Session shop = context.getBean("shopSession", Session.class);
		assertThat(shop.get("/").text()).isEqualTo("none");
		try (InheritedDeadline.Scope outer = InheritedDeadline.open(Deadline.after(Duration.ofSeconds(40)))) {
			assertThat(outer).isNotNull();
			assertThat(shop.get("/").text()).isEqualTo("PT40S");
			try (InheritedDeadline.Scope inner = InheritedDeadline.open(Deadline.after(Duration.ofSeconds(41)))) {
				assertThat(inner).isNotNull();
				assertThat(shop.get("/").text()).as("the earlier one").isEqualTo("PT40S");
			}
			try (InheritedDeadline.Scope inner = InheritedDeadline.open(Deadline.after(Duration.ofSeconds(39)))) {
				assertThat(inner).isNotNull();
				assertThat(shop.get("/").text()).isEqualTo("PT39S");
			}
			assertThat(shop.get("/").text()).isEqualTo("PT40S");
		}
		assertThat(InheritedDeadline.current()).isNull();
		assertThat(shop.get("/").text()).isEqualTo("none");
	}

	@Test
	void derivedSessionsInheritIt() {
		Session shop = context.getBean("shopSession", Session.class);
		try (InheritedDeadline.Scope scope = InheritedDeadline.open(Deadline.after(Duration.ofNanos(1)));
				Session derived = shop.derive((builder) -> builder.header("X-A", "1"))) {
			assertThat(scope).isNotNull();
			assertThatExceptionOfType(RequestTimeoutException.class).isThrownBy(() -> derived.get("/x?token=t1"))
				.withMessageContaining("/x: the inherited deadline")
				.withMessageNotContaining("t1");
		}
	}

	@Test
	void nothingIsConfiguredUnlessInherited() {
		runner().withPropertyValues("requests.sessions.shop.deadline=5s").run((started) -> {
			assertThat(started).doesNotHaveBean(DeadlineAccessor.class).doesNotHaveBean(FilterRegistrationBean.class);
			assertThat(started.getBean(Session.class).interceptors()).noneMatch(InheritStep.class::isInstance);
		});
		runner().withPropertyValues("requests.defaults.deadline=inherit", "requests.sessions.shop.deadline=")
			.run((started) -> assertThat(started.getBean(Session.class).interceptors())
				.contains(new InheritStep(false)));
		runner().withPropertyValues("requests.defaults.deadline=INHERIT", "requests.sessions.shop.trust-env=false")
			.run((started) -> {
				assertThat(started.getBean(Session.class).interceptors()).contains(new InheritStep(true));
				assertThat(started).hasSingleBean(DeadlineAccessor.class);
			});
	}

	@Test
	void webAndContextPropagationAreOptional() {
		Consumer<ConfigurableApplicationContext> inherits = (
				started) -> assertThat(started.getBean(Session.class).interceptors()).contains(new InheritStep(true));
		runner().withPropertyValues("requests.sessions.shop.deadline=inherit")
			.withClassLoader(new FilteredClassLoader("jakarta.servlet", "io.micrometer.context"))
			.run((started) -> {
				assertThat(started).hasNotFailed().doesNotHaveBean(DeadlineAccessor.class);
				inherits.accept(started.getSourceApplicationContext());
			});
		new WebApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsDeadlineAutoConfiguration.class))
			.withPropertyValues("requests.sessions.shop.deadline=inherit")
			.run((started) -> assertThat(started).hasSingleBean(FilterRegistrationBean.class));
	}

	@ParameterizedTest
	@CsvSource({ "inherited, is not a duration or 'inherit'", "5, requires a unit", "0s, must be longer than zero",
			"-1s, must be longer than zero" })
	void otherValuesFailTheStart(String value, String problem) {
		runner().withPropertyValues("requests.sessions.shop.deadline=" + value)
			.run((started) -> assertThat(started).getFailure()
				.hasRootCauseInstanceOf(RuntimeException.class)
				.satisfies((failure) -> assertThat(mistake(failure)).hasMessageContaining(problem)));
	}

	private static Throwable mistake(Throwable failure) {
		Throwable current = failure;
		while (!(current instanceof RequestsConfigurationException) && current.getCause() != null) {
			current = current.getCause();
		}
		return current;
	}

	private static ApplicationContextRunner runner() {
		return new ApplicationContextRunner().withConfiguration(
				AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsDeadlineAutoConfiguration.class));
	}

	private static String url(String path) {
		return url(context, path);
	}

	private static String url(ConfigurableApplicationContext started, String path) {
		return "http://localhost:" + ((WebServerApplicationContext) started).getWebServer().getPort() + path;
	}

	private static Response get(String path, String... header) {
		Consumer<RequestOptions> options = (request) -> {
			if (header.length > 0) {
				request.header(header[0], header[1]);
			}
		};
		return Requests.get(url(path), options);
	}

	/**
	 * A client whose session inherits.
	 */
	@RequestsClient("shop")
	interface Shop {

		@GetExchange("/")
		CompletableFuture<String> later();

		@GetExchange("/")
		String own();

	}

	/**
	 * A client with a method that inherits.
	 */
	@RequestsClient("plain")
	interface Plain {

		@GetExchange("/")
		String inherits();

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableRequestsClients(clients = { Shop.class, Plain.class })
	@Import(Handler.class)
	static class Application {

		@Bean
		ErrorPageRegistrar errorPages() {
			return (registry) -> registry.addErrorPages(new ErrorPage(HttpStatus.I_AM_A_TEAPOT, "/call"));
		}

		@Bean
		ContextPropagatingTaskDecorator propagation() {
			return new ContextPropagatingTaskDecorator();
		}

		@Bean
		SessionCustomizer limits() {
			return (name, builder) -> builder.interceptor((request, options, chain) -> {
				Deadline deadline = options.deadline();
				request.headers().put("X-Limit", (deadline != null) ? deadline.limit().toString() : "none");
				return chain.proceed(request, options);
			});
		}

	}

	@RestController
	static class Handler {

		private final Session shop;

		private final Session plain;

		private final Shop client;

		private final Plain plainClient;

		Handler(@Qualifier("shop") Session shop, @Qualifier("plain") Session plain, Shop client, Plain plainClient) {
			this.shop = shop;
			this.plain = plain;
			this.client = client;
			this.plainClient = plainClient;
		}

		@GetMapping("/call")
		String call() {
			return this.shop.get("/").text();
		}

		@GetMapping("/slow")
		String slow() {
			return this.shop.get("/slow").text();
		}

		@GetMapping("/callable")
		Callable<String> callable() {
			return this::call;
		}

		@GetMapping("/client-future")
		CompletableFuture<String> clientFuture() {
			return this.client.later();
		}

		@GetMapping("/future")
		String future() {
			return this.client.later().join();
		}

		@GetMapping("/method")
		String method() {
			return this.plainClient.inherits();
		}

		@GetMapping("/plain")
		String plain() {
			return this.plain.get("/").text();
		}

		@GetMapping("/own-method")
		String ownMethod() {
			return this.client.own();
		}

		@GetMapping("/own-call")
		String ownCall() {
			return this.shop.get("/", (options) -> options.deadline(Duration.ofSeconds(90))).text();
		}

		@GetMapping("/fails")
		void fails(HttpServletResponse response) throws IOException {
			response.sendError(418);
		}

		@ExceptionHandler
		@ResponseStatus(HttpStatus.GATEWAY_TIMEOUT)
		String handle(RequestTimeoutException ex) {
			return ex.getMessage();
		}

	}

}
