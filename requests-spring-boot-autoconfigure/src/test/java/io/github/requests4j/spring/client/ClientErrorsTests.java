package io.github.requests4j.spring.client;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.MissingSchemaException;
import io.github.requests4j.http.Response;
import io.github.requests4j.spring.MockServers;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * How error responses and failed calls are handled.
 */
@ExtendWith(MockServers.class)
class ClientErrorsTests {

	private final MockWebServer server = new MockWebServer();

	@Test
	void bodyExcerptIsOneBoundedLine() {
		enqueue(500, "first\r\n\u0007second" + "x".repeat(2000));
		run(Stocks.class,
				(stocks) -> assertThatExceptionOfType(HttpException.class).isThrownBy(() -> stocks.of("tea"))
					.withMessageStartingWith(
							"500 Server Error: Server Error for url: " + this.server.url("/stocks/tea") + " (GET). ")
					.withMessageContaining(" The body: first secondxxx")
					.withMessageEndingWith("...")
					.satisfies((ex) -> {
						assertThat(ex.getMessage()).hasSizeLessThan(800).doesNotContain("\n", "\u0007");
						assertThat(ex.statusCode()).isEqualTo(500);
						assertThat(ex.response().text()).hasSizeGreaterThan(2000);
					}));
	}

	@Test
	@DisplayName("threat 40: the excerpt of a body shows no secret")
	void bodyExcerptHasNoSecrets() {
		for (String body : List.of("{\"detail\":\"no\",\"access_token\":\"c4n4ry\"}", "why: token=c4n4ry",
				"why: Authorization: Bearer c4n4ry", "<why><password>c4n4ry</password></why>",
				"why: see http://u:c4n4ry@host/?code=c4n4ry#id_token=c4n4ry")) {
			this.server.enqueue(new MockResponse.Builder().code(400)
				.addHeader("Content-Type", body.startsWith("{") ? "application/problem+json" : "text/plain")
				.body(body)
				.build());
			run(Stocks.class,
					(stocks) -> assertThatExceptionOfType(HttpException.class).isThrownBy(() -> stocks.of("tea"))
						.withMessageContaining(body.startsWith("{") ? "\"detail\":\"no\"" : "why")
						.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("c4n4ry").contains("***")));
		}
	}

	@Test
	void errorMappersThrowExceptionsOfTheApplication() {
		enqueue(409, "{\"item\":\"tea\"}");
		enqueue(410, "");
		enqueue(404, "none");
		enqueue(409, "{\"item\":\"cup\"}");
		enqueue(409, "{\"item\":\"pot\"}");
		enqueue(409, "{\"item\":\"pan\"}");
		runner().withUserConfiguration(Clients.class, Mappers.class).run((context) -> {
			Stocks stocks = context.getBean(Stocks.class);
			assertThatThrownBy(() -> stocks.of("tea")).isInstanceOf(SoldOutException.class)
				.hasMessage("tea in s by Stocks at /stocks/{item}");
			assertThatExceptionOfType(HttpException.class).isThrownBy(() -> stocks.of("tea"));
			assertThat(stocks.maybe("tea")).as("an Optional needs no mapper").isEmpty();
			assertThatThrownBy(() -> stocks.later("cup").join()).hasCauseInstanceOf(SoldOutException.class);
			assertThat(stocks.entity("pot").getStatusCode().value()).isEqualTo(409);
			assertThat(stocks.response("pan").statusCode()).isEqualTo(409);
		});
	}

	@Test
	void problemDetailsBecomeErrorResponseExceptions() {
		enqueueProblem("{\"type\":\"/probs/sold-out\",\"title\":\"Sold out\",\"status\":500,\"detail\":\"No tea.\","
				+ "\"instance\":\"not a URI\",\"left\":0,\"token\":\"c4n4ry\"}");
		enqueueProblem("{junk");
		enqueue(409, "{\"title\":\"no problem\"}");
		runner().withUserConfiguration(Clients.class)
			.withBean(ResponseErrorMapper.class, ResponseErrorMapper::problemDetails)
			.run((context) -> {
				Stocks stocks = context.getBean(Stocks.class);
				assertThatExceptionOfType(ErrorResponseException.class).isThrownBy(() -> stocks.of("tea"))
					.withCauseInstanceOf(HttpException.class)
					.withMessageStartingWith("409 Client Error")
					.satisfies((ex) -> {
						assertThat(ex.getStatusCode().value()).isEqualTo(409);
						assertThat(ex.getBody().getStatus()).isEqualTo(409);
						assertThat(ex.getBody().getType()).hasToString("/probs/sold-out");
						assertThat(ex.getBody().getTitle()).isEqualTo("Sold out");
						assertThat(ex.getBody().getDetail()).isEqualTo("No tea.");
						assertThat(ex.getBody().getInstance()).isNull();
						assertThat(ex.getBody().getProperties()).containsEntry("left", 0)
							.containsEntry("token", "c4n4ry");
						assertThat(ex.getMessage()).doesNotContain("c4n4ry");
						assertThat(ex.toString()).doesNotContain("c4n4ry");
					});
				assertThatExceptionOfType(HttpException.class).isThrownBy(() -> stocks.of("tea"));
				assertThatExceptionOfType(HttpException.class).isThrownBy(() -> stocks.of("tea"))
					.satisfies((ex) -> assertThat(ex.problemDetail()).isNull());
			});
	}

	@Test
	void httpExceptionsOfClientsHaveProblemDetails() {
		enqueueProblem("{\"title\":\"Sold out\"}");
		run(Stocks.class, (stocks) -> assertThatExceptionOfType(HttpException.class).isThrownBy(() -> stocks.of("tea"))
			.satisfies((ex) -> assertThat(ex.problemDetail().title()).isEqualTo("Sold out")));
	}

	@Test
	void fallbacksAreCalledForFailedCalls() {
		enqueue(503, "closed");
		enqueue(200, "7");
		enqueue(503, "closed");
		run(Safe.class, (safe) -> {
			assertThat(safe.of("tea")).isEqualTo("fallback tea in test");
			assertThat(safe.of("tea")).isEqualTo("7");
			assertThat(safe.later("tea").join()).isEqualTo("later tea");
			assertThat(safe.twice("tea")).as("no server answers").isEqualTo("fallback tea in testfallback tea in test");
		});
	}

	@Test
	void fallbacksMayThrowAndAreNotCalledForMisuse() {
		enqueue(503, "closed");
		run(Safe.class, (safe) -> {
			assertThatThrownBy(safe::refused).isInstanceOf(UnsupportedOperationException.class)
				.satisfies((ex) -> assertThat(ex.getSuppressed()).hasOnlyElementsOfType(HttpException.class));
			assertThatIllegalArgumentException().isThrownBy(() -> safe.of(".."));
		});
	}

	@Test
	void fallbackMayBeABeanThatDependsOnTheClient() {
		enqueue(503, "closed");
		runner().withUserConfiguration(Clients.class)
			.withBean("mine", SafeStocks.class, () -> new SafeStocks("a bean"))
			.run((context) -> {
				assertThat(context.getBean(Safe.class).of("tea")).isEqualTo("fallback tea in a bean");
				assertThat(context.getBean(Safe.class)).isNotInstanceOf(SafeStocks.class);
			});
	}

	@Test
	void fallbackOfAnotherTypeFailsTheStart() {
		runner().withUserConfiguration(WrongFallback.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("Mismatched")
				.hasMessageContaining("java.lang.String")
				.hasMessageContaining("implements"));
	}

	@Test
	void fallbackThatCannotBeCreatedFailsTheStart() {
		runner().withUserConfiguration(NeedyFallback.class)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("NeedyStocks")
				.hasMessageContaining("constructor"));
	}

	@Test
	void withoutFallbackTheCallerReceivesTheError() {
		this.server.close();
		run(Stocks.class,
				(stocks) -> assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> stocks.of("tea")));
	}

	@Test
	void relativePathWithoutBaseUrlNamesTheProperty() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsClientsAutoConfiguration.class))
			.withPropertyValues("requests.sessions.s.stream=false")
			.withUserConfiguration(Clients.class)
			.run((context) -> {
				Stocks stocks = context.getBean(Stocks.class);
				MissingSchemaException thrown = catchThrowableOfType(MissingSchemaException.class,
						() -> stocks.of("tea"));
				assertThat(thrown)
					.hasMessage("Invalid URL '/stocks/tea': No scheme supplied. The path of the method is relative,"
							+ " and the session 's' has no base URL. Set requests.sessions.s.base-url.");
				assertThat(Path.of("..", "docs", "troubleshooting.md")).content()
					.contains("\nMissingSchemaException: " + thrown.getMessage()
						.replace("/stocks/tea", "/items")
						.replace("'s'", "'github'")
						.replace("sessions.s.", "sessions.github.") + "\n");
			});
	}

	private <T> void run(Class<T> type, Consumer<T> call) {
		runner().withUserConfiguration(Clients.class).run((context) -> {
			assertThat(context).hasNotFailed();
			call.accept(context.getBean(type));
		});
	}

	private ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsClientsAutoConfiguration.class,
							JacksonAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class))
			.withPropertyValues("requests.sessions.s.base-url=" + this.server.url("/"),
					"requests.sessions.s.read-timeout=500ms", "place=test");
	}

	private void enqueueProblem(String body) {
		this.server.enqueue(new MockResponse.Builder().code(409)
			.addHeader("Content-Type", "application/problem+json")
			.body(body)
			.build());
	}

	private void enqueue(int status, String body) {
		this.server.enqueue(new MockResponse.Builder().code(status).body(body).build());
	}

	/**
	 * An exception of the application.
	 */
	static class SoldOutException extends RuntimeException {

		SoldOutException(String message) {
			super(message);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Mappers {

		@Bean
		@Order(2)
		ResponseErrorMapper second() {
			return (response, call) -> (response.statusCode() == 409) ? new SoldOutException("second") : null;
		}

		@Bean
		@Order(1)
		ResponseErrorMapper first() {
			return (response, call) -> (response.statusCode() == 409)
					? new SoldOutException(response.json().path("item").asString() + " in " + call.session() + " by "
							+ call.client() + " at " + call.uriTemplate())
					: null;
		}

	}

	@EnableRequestsClients(clients = { Stocks.class, Safe.class })
	static class Clients {

	}

	@EnableRequestsClients(clients = Mismatched.class)
	static class WrongFallback {

	}

	@EnableRequestsClients(clients = Needy.class)
	static class NeedyFallback {

	}

	/**
	 * A client.
	 */
	@RequestsClient("s")
	public interface Stocks {

		@GetExchange("/stocks/{item}")
		String of(@PathVariable String item);

		@GetExchange("/stocks/{item}")
		Optional<String> maybe(@PathVariable String item);

		@GetExchange("/stocks/{item}")
		CompletableFuture<String> later(@PathVariable String item);

		@GetExchange("/stocks/{item}")
		ResponseEntity<String> entity(@PathVariable String item);

		@GetExchange("/stocks/{item}")
		Response response(@PathVariable String item);

	}

	/**
	 * A client that never fails.
	 */
	@RequestsClient(session = "s", fallback = SafeStocks.class)
	public interface Safe {

		@GetExchange("/stocks/{item}")
		String of(@PathVariable String item);

		@GetExchange("/stocks/{item}")
		CompletableFuture<String> later(@PathVariable String item);

		@GetExchange("/refused")
		void refused();

		default String twice(String item) {
			return of(item) + of(item);
		}

	}

	/** Needs something to be injected. */
	static class SafeStocks implements Safe {

		private final String place;

		@Autowired
		SafeStocks(Environment environment) {
			this(environment.getProperty("place"));
		}

		SafeStocks(String place) {
			this.place = place;
		}

		@Override
		public String of(String item) {
			return "fallback " + item + " in " + this.place;
		}

		@Override
		public CompletableFuture<String> later(String item) {
			return CompletableFuture.completedFuture("later " + item);
		}

		@Override
		public void refused() {
			throw new UnsupportedOperationException("no");
		}

	}

	/**
	 * Its fallback is something else.
	 */
	@RequestsClient(session = "s", fallback = String.class)
	public interface Mismatched {

		@GetExchange("/")
		String get();

	}

	/**
	 * Its fallback has a missing dependency.
	 */
	@RequestsClient(session = "s", fallback = NeedyStocks.class)
	public interface Needy {

		@GetExchange("/")
		String get();

	}

	/** Has a missing dependency. */
	record NeedyStocks(Clock clock) implements Needy {

		@Override
		public String get() {
			return "";
		}

	}

}
