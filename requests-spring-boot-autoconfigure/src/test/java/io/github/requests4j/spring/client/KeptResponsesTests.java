package io.github.requests4j.spring.client;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.Response;
import io.github.requests4j.spring.MockServers;
import io.github.requests4j.spring.internal.session.LiveSessions;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Responses that error mappers, fallbacks and exceptions keep occupy no connection, and
 * their body remains readable.
 */
@ExtendWith(MockServers.class)
class KeptResponsesTests {

	/** More than is drained to reuse a connection. */
	private static final int LENGTH = 200_000;

	private static final List<Function<Feed, Object>> CALLS = List.of(Feed::text, Feed::optional, Feed::headers,
			Feed::input, Feed::lines, (feed) -> feed.later().join(), (feed) -> feed.laterLines().join(), (feed) -> {
				feed.nothing();
				return "";
			});

	private final MockWebServer server = new MockWebServer();

	@ParameterizedTest
	@ValueSource(strings = { "stream=false", "stream=true" })
	void errorMappersMayKeepResponsesAndThrow(String property) {
		List<Response> kept = new ArrayList<>();
		ResponseErrorMapper mapper = (response, call) -> {
			kept.add(response);
			if (kept.size() % 3 == 0) {
				throw new IllegalCallerException("the mapper failed");
			}
			return (kept.size() % 3 == 1) ? new IllegalCallerException("mapped") : null;
		};
		runner(property).withBean(ResponseErrorMapper.class, () -> mapper).run((context) -> {
			Feed feed = context.getBean(Feed.class);
			for (Function<Feed, Object> call : CALLS) {
				for (int i = 0; i < 3; i++) {
					enqueue(500);
					assertThatThrownBy(() -> call.apply(feed));
					assertThat(context.getBean(LiveSessions.class).pool("s").leased()).isZero();
				}
			}
			assertThat(kept).hasSize(3 * CALLS.size())
				.allSatisfy((response) -> assertThat(response.text()).hasSize(LENGTH));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "stream=false", "stream=true" })
	void exceptionsKeepTheBodyButNoConnection(String property) {
		runner(property).run((context) -> {
			Feed feed = context.getBean(Feed.class);
			for (Function<Feed, Object> call : CALLS) {
				enqueue(500);
				assertThatThrownBy(() -> call.apply(feed)).satisfies((error) -> {
					HttpException failure = (HttpException) ((error instanceof HttpException) ? error
							: error.getCause());
					assertThat(failure.response().text()).hasSize(LENGTH);
				});
			}
			enqueue(404);
			assertThat(feed.optional()).isEmpty();
			enqueue(500);
			assertThat(feed.entity().getBody()).hasSize(LENGTH);
			assertThat(context.getBean(LiveSessions.class).pool("s").leased()).isZero();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "stream=false", "stream=true" })
	void fallbacksLeakNoConnection(String property) {
		runner(property).run((context) -> {
			Safe safe = context.getBean(Safe.class);
			enqueue(500);
			assertThat(safe.lines()).containsExactly("from the fallback");
			enqueue(500);
			assertThat(safe.later().join()).isEqualTo("from the fallback");
			enqueue(500);
			try (Response response = safe.response()) {
				assertThat(response.statusCode()).as("not an error of the call").isEqualTo(500);
			}
			assertThat(context.getBean(LiveSessions.class).pool("s").leased()).isZero();
		});
	}

	private void enqueue(int status) {
		this.server.enqueue(new MockResponse.Builder().code(status)
			.addHeader("Content-Type", "text/plain")
			.chunkedBody("x".repeat(LENGTH), 1000)
			.build());
	}

	private ApplicationContextRunner runner(String property) {
		return new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsClientsAutoConfiguration.class,
							JacksonAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class))
			.withUserConfiguration(Clients.class)
			.withPropertyValues("requests.sessions.s.base-url=" + this.server.url("/"),
					"requests.sessions.s.read-timeout=10s", "requests.sessions.s." + property);
	}

	@EnableRequestsClients(clients = { Feed.class, Safe.class })
	static class Clients {

	}

	/**
	 * A client.
	 */
	@RequestsClient("s")
	public interface Feed {

		@GetExchange("/")
		void nothing();

		@GetExchange("/")
		String text();

		@GetExchange("/")
		Optional<String> optional();

		@GetExchange("/")
		HttpHeaders headers();

		@GetExchange("/")
		InputStream input();

		@GetExchange("/")
		Stream<String> lines();

		@GetExchange("/")
		CompletableFuture<String> later();

		@GetExchange("/")
		CompletableFuture<Stream<String>> laterLines();

		@GetExchange("/")
		ResponseEntity<String> entity();

	}

	/**
	 * A client with a fallback.
	 */
	@RequestsClient(session = "s", fallback = SafeFeed.class)
	public interface Safe {

		@GetExchange("/")
		Stream<String> lines();

		@GetExchange("/")
		CompletableFuture<String> later();

		@GetExchange("/")
		Response response();

	}

	static class SafeFeed implements Safe {

		@Override
		public Stream<String> lines() {
			return Stream.of("from the fallback");
		}

		@Override
		public CompletableFuture<String> later() {
			return CompletableFuture.completedFuture("from the fallback");
		}

		@Override
		public Response response() {
			return Response.builder(200).build();
		}

	}

}
