package io.github.requests4j.spring.client.parity;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.spring.client.EnableRequestsClients;
import io.github.requests4j.spring.client.RequestsClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * URL templates that contain more than text and variables: RestClient detects them in the
 * call, if at all; a session rejects them when the application starts.
 */
class TemplateParityTests {

	private static ParityContext context;

	@BeforeAll
	static void start() {
		context = new ParityContext(RestClientParityTests.Clients.class);
		context.server()
			.respond("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
				.getBytes(StandardCharsets.US_ASCII));
	}

	@AfterAll
	static void stop() throws Exception {
		context.close();
	}

	static Stream<Arguments> templates() {
		return Stream.of(Arguments.of(Pattern.class, Patterns.class, "GET /t/7 HTTP/1.1"),
				Arguments.of(Rest.class, Rests.class, "rejected"),
				Arguments.of(Operator.class, Operators.class, "rejected"),
				Arguments.of(Blanks.class, BlankNames.class, "rejected"),
				Arguments.of(Unclosed.class, Uncloseds.class, "GET /t/%7Bid HTTP/1.1"),
				Arguments.of(Unopened.class, Unopeneds.class, "GET /t/id%7D HTTP/1.1"),
				Arguments.of(Nameless.class, Namelesses.class, "GET /t/%7B%7D HTTP/1.1"),
				Arguments.of(BehindPlaceholder.class, BehindPlaceholders.class, "GET /prefixed/7 HTTP/1.1"));
	}

	@ParameterizedTest
	@MethodSource("templates")
	void unsupportedTemplatesFailTheStart(Class<? extends Call> client, Class<?> configuration, String restClient)
			throws Exception {
		Outcome outcome = Outcome.of(context.server(), () -> {
			context.restClient(client).get("7");
			return null;
		});
		assertThat(outcome.aspects().getOrDefault("line", outcome.aspects().get("failure"))).isEqualTo(restClient);
		assertThatException().isThrownBy(() -> new ParityContext(configuration).close())
			.havingRootCause()
			.withMessageContaining(client.getName() + ".get: The URL of the method is not valid.");
	}

	/** What all these clients have. */
	interface Call {

		void get(String id);

	}

	@RequestsClient("s")
	interface Pattern extends Call {

		@Override
		@GetExchange("/t/{id:\\d+}")
		void get(@PathVariable("id") String id);

	}

	@RequestsClient("s")
	interface Rest extends Call {

		@Override
		@GetExchange("/t/{*id}")
		void get(@PathVariable("id") String id);

	}

	@RequestsClient("s")
	interface Operator extends Call {

		@Override
		@GetExchange("/t/{+id}")
		void get(@PathVariable("id") String id);

	}

	@RequestsClient("s")
	interface Blanks extends Call {

		@Override
		@GetExchange("/t/{ id }")
		void get(@PathVariable("id") String id);

	}

	@RequestsClient("s")
	interface Unclosed extends Call {

		@Override
		@GetExchange("/t/{id")
		void get(@PathVariable("id") String id);

	}

	@RequestsClient("s")
	interface Unopened extends Call {

		@Override
		@GetExchange("/t/id}")
		void get(@PathVariable("id") String id);

	}

	@RequestsClient("s")
	interface Nameless extends Call {

		@Override
		@GetExchange("/t/{}")
		void get(@PathVariable("id") String id);

	}

	@RequestsClient("s")
	interface BehindPlaceholder extends Call {

		@Override
		@GetExchange("${parity.prefix}/{id:\\d+}")
		void get(@PathVariable("id") String id);

	}

	@EnableRequestsClients(clients = Pattern.class)
	static class Patterns {

	}

	@EnableRequestsClients(clients = Rest.class)
	static class Rests {

	}

	@EnableRequestsClients(clients = Operator.class)
	static class Operators {

	}

	@EnableRequestsClients(clients = Blanks.class)
	static class BlankNames {

	}

	@EnableRequestsClients(clients = Unclosed.class)
	static class Uncloseds {

	}

	@EnableRequestsClients(clients = Unopened.class)
	static class Unopeneds {

	}

	@EnableRequestsClients(clients = Nameless.class)
	static class Namelesses {

	}

	@EnableRequestsClients(clients = BehindPlaceholder.class)
	static class BehindPlaceholders {

	}

}
