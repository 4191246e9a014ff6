package io.github.requests4j.spring.client;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.resilience4j.springboot.retry.autoconfigure.RetryAutoConfiguration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.Session;
import io.github.requests4j.http.Attempt;
import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.RetryException;
import io.github.requests4j.spring.MockServers;
import io.github.requests4j.spring.internal.session.LiveSessions;
import io.github.requests4j.spring.resilience.RequestsResilienceAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * After the retries for a status are exhausted, the last response is treated like any
 * other.
 */
@ExtendWith(MockServers.class)
class ExhaustedRetriesTests {

	private static final String POLICY = "adapter.max-retries.total=2,adapter.max-retries.status-forcelist=503";

	private static final String INSTANCE = "resilience.retry=again";

	private static final int ATTEMPTS = 3;

	private final MockWebServer server = new MockWebServer();

	@ParameterizedTest
	@ValueSource(strings = { POLICY, INSTANCE })
	void bodiesOfEveryTypeThrowHttpExceptionWithStatusBodyAndAttempts(String retries) {
		List<Function<Stocks, Object>> calls = List.of(Stocks::text, Stocks::item, Stocks::optional, Stocks::headers,
				Stocks::input, Stocks::elements, Stocks::iterator, Stocks::events, (stocks) -> {
					stocks.nothing();
					return "";
				});
		run(retries, (context) -> calls.forEach((call) -> {
			enqueueFailures();
			assertThatExceptionOfType(HttpException.class).isThrownBy(() -> call.apply(context.stocks()))
				.withMessageContaining("(GET, 3 attempts)")
				.withMessageContaining("The body: {\"name\":\"last\"}")
				.satisfies((ex) -> {
					assertThat(ex.statusCode()).isEqualTo(503);
					assertThat(ex.response().text()).isEqualTo("{\"name\":\"last\"}");
				});
		}));
	}

	@ParameterizedTest
	@ValueSource(strings = { POLICY, INSTANCE })
	void responsesAndEntitiesAreReturned(String retries) {
		run(retries, (context) -> {
			enqueueFailures();
			Response response = context.stocks().response();
			assertThat(response.text()).isEqualTo("{\"name\":\"last\"}");
			assertThat(response.attempts()).extracting(Attempt::status).containsExactly(503, 503);
			enqueueFailures();
			ResponseEntity<Item> entity = context.stocks().entity();
			assertThat(entity.getStatusCode().value()).isEqualTo(503);
			assertThat(entity.getBody()).isEqualTo(new Item("last"));
			enqueueFailures();
			assertThat(context.stocks().bodiless().getStatusCode().value()).isEqualTo(503);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { POLICY, INSTANCE })
	void futuresFailWithHttpException(String retries) {
		run(retries, (context) -> {
			enqueueFailures();
			assertThatThrownBy(() -> context.stocks().later().join()).isInstanceOf(CompletionException.class)
				.cause()
				.isInstanceOfSatisfying(HttpException.class, (ex) -> assertThat(ex.statusCode()).isEqualTo(503));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { POLICY, INSTANCE })
	void sessionsReturnTheResponse(String retries) {
		run(retries, (context) -> {
			enqueueFailures();
			Response response = context.session().get("stocks");
			assertThat(response.statusCode()).isEqualTo(503);
			assertThat(response.attempts()).hasSize(ATTEMPTS - 1);
			assertThatExceptionOfType(HttpException.class).isThrownBy(response::raiseForStatus)
				.withMessageStartingWith("503 Server Error: Server Error for url: " + this.server.url("/stocks")
						+ " (GET, 3 attempts). ")
				.withMessageEndingWith("Try again later.");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { POLICY, INSTANCE })
	void mappersAndFallbacksSeeTheResponse(String retries) {
		List<Response> mapped = new ArrayList<>();
		ResponseErrorMapper mapper = (response, call) -> {
			mapped.add(response);
			return new IllegalCallerException("mapped " + response.json().path("name").asString());
		};
		run(runner(retries).withBean(ResponseErrorMapper.class, () -> mapper), (context) -> {
			enqueueFailures();
			assertThatThrownBy(context.stocks()::item).isInstanceOf(IllegalCallerException.class)
				.hasMessage("mapped last");
			enqueueFailures();
			assertThat(context.safe().text()).isEqualTo("from the fallback");
			assertThat(mapped).hasSize(2)
				.allSatisfy((response) -> assertThat(response.attempts()).hasSize(ATTEMPTS - 1));
		});
	}

	@Test
	void retryExceptionIsThrownOnRequestAndReachesTheFallback() {
		run(runner(POLICY).withPropertyValues("requests.sessions.s.adapter.max-retries.raise-on-status=true"),
				(context) -> {
					enqueueFailures();
					assertThatExceptionOfType(RetryException.class).isThrownBy(context.stocks()::response)
						.satisfies((ex) -> assertThat(String.valueOf(ex.response().text())).contains("last"));
					enqueueFailures();
					assertThat(context.safe().text()).isEqualTo("from the fallback");
				});
	}

	private void enqueueFailures() {
		for (int i = 1; i <= ATTEMPTS; i++) {
			String name = (i < ATTEMPTS) ? "early" : "last";
			this.server.enqueue(new MockResponse.Builder().code(503)
				.addHeader("Content-Type", "application/json")
				.body("{\"name\":\"" + name + "\"}")
				.build());
		}
	}

	private void run(String retries, Calls calls) {
		run(runner(retries), calls);
	}

	/** No connection is leaked, whatever happened to the response. */
	private void run(ApplicationContextRunner runner, Calls calls) {
		runner.withUserConfiguration(Clients.class).run((context) -> {
			assertThat(context).hasNotFailed();
			calls.make(new Beans(context.getBean(Session.class), context.getBean(Stocks.class),
					context.getBean(Safe.class)));
			assertThat(context.getBean(LiveSessions.class).pool("s").leased()).as("leased connections").isZero();
			assertThat(this.server.getRequestCount() % ATTEMPTS).as("unexpected requests").isZero();
		});
	}

	private ApplicationContextRunner runner(String retries) {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsClientsAutoConfiguration.class,
							RequestsResilienceAutoConfiguration.class, RetryAutoConfiguration.class,
							JacksonAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class))
			.withPropertyValues("requests.sessions.s.base-url=" + this.server.url("/"),
					"requests.sessions.s.read-timeout=5s", "requests.sessions.s.retry-budget=off",
					"resilience4j.retry.instances.again.max-attempts=" + ATTEMPTS,
					"resilience4j.retry.instances.again.wait-duration=1ms");
		for (String property : retries.split(",")) {
			runner = runner.withPropertyValues("requests.sessions.s." + property);
		}
		return runner;
	}

	@FunctionalInterface
	private interface Calls {

		void make(Beans beans);

	}

	private record Beans(Session session, Stocks stocks, Safe safe) {
	}

	record Item(String name) {
	}

	@EnableRequestsClients(clients = { Stocks.class, Safe.class })
	static class Clients {

	}

	/**
	 * Has a method for each kind of result.
	 */
	@RequestsClient("s")
	public interface Stocks {

		@GetExchange("/stocks")
		void nothing();

		@GetExchange("/stocks")
		String text();

		@GetExchange("/stocks")
		Item item();

		@GetExchange("/stocks")
		Optional<Item> optional();

		@GetExchange("/stocks")
		HttpHeaders headers();

		@GetExchange("/stocks")
		InputStream input();

		@GetExchange("/stocks")
		Stream<Item> elements();

		@GetExchange("/stocks")
		Iterator<Item> iterator();

		@GetExchange("/stocks")
		Stream<ServerSentEvent<Item>> events();

		@GetExchange("/stocks")
		CompletableFuture<Item> later();

		@GetExchange("/stocks")
		Response response();

		@GetExchange("/stocks")
		ResponseEntity<Item> entity();

		@GetExchange("/stocks")
		ResponseEntity<Void> bodiless();

	}

	/**
	 * A client with a fallback.
	 */
	@RequestsClient(session = "s", fallback = SafeStocks.class)
	public interface Safe {

		@GetExchange("/stocks")
		String text();

	}

	static class SafeStocks implements Safe {

		@Override
		public String text() {
			return "from the fallback";
		}

	}

}
