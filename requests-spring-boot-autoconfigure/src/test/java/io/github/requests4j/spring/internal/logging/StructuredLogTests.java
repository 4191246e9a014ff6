package io.github.requests4j.spring.internal.logging;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import io.github.requests4j.Session;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.spring.MockServers;
import io.github.requests4j.spring.WithoutSecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What Spring Boot's structured formats make of the fields of an exchange.
 */
@ExtendWith({ MockServers.class, OutputCaptureExtension.class })
class StructuredLogTests {

	private static final String LOGGER = "io.github.requests4j.wire.shop";

	private final MockWebServer server = new MockWebServer();

	@Test
	void elasticCommonSchemaHasTheFieldsOfAnExchange(CapturedOutput output) {
		this.server.enqueue(new MockResponse.Builder().code(503).addHeader("Retry-After", "0").build());
		this.server.enqueue(new MockResponse.Builder().build());
		List<JsonNode> events = logged(output, "ecs", "basic",
				(shop) -> shop.get("items/{id}?key=canary", (request) -> request.uriVariable("id", "7")));
		assertThat(events).hasSize(2);
		JsonNode first = events.get(0);
		assertThat(first.path("message").asString()).matches("GET http://[^ ]+/items/7 -> 503 in \\d+ ms");
		assertThat(first.at("/http/request/method").asString()).isEqualTo("GET");
		assertThat(first.at("/http/response/status_code").isInt()).isTrue();
		assertThat(first.at("/http/response/status_code").asInt()).isEqualTo(503);
		assertThat(first.at("/url/template").asString()).isEqualTo("items/{id}");
		assertThat(first.at("/server/address").asString()).isEqualTo("localhost");
		assertThat(first.at("/event/duration").isIntegralNumber()).isTrue();
		assertThat(first.at("/event/duration").asLong()).isPositive();
		assertThat(first.path("requests"))
			.isEqualTo(JsonMapper.shared().valueToTree(Map.of("session", "shop", "kind", "first", "attempt", 1)));
		JsonNode second = events.get(1);
		assertThat(second.at("/requests/kind").asString()).isEqualTo("retry");
		assertThat(second.at("/requests/attempt").asInt()).isEqualTo(2);
		assertThat(second.at("/http/response/status_code").asInt()).isEqualTo(200);
	}

	@Test
	void logstashHasTheFieldsOfAnExchange(CapturedOutput output) {
		this.server.enqueue(new MockResponse.Builder().code(404).build());
		List<JsonNode> events = logged(output, "logstash", "basic",
				(shop) -> shop.get("items/{id}", (request) -> request.uriVariable("id", "7")));
		assertThat(events).hasSize(1);
		JsonNode event = events.get(0);
		assertThat(event.path("http.request.method").asString()).isEqualTo("GET");
		assertThat(event.path("http.response.status_code").asInt()).isEqualTo(404);
		assertThat(event.path("url.template").asString()).isEqualTo("items/{id}");
		assertThat(event.path("event.duration").asLong()).isPositive();
		assertThat(event.path("requests.session").asString()).isEqualTo("shop");
		assertThat(event.path("requests.attempt").asInt()).isEqualTo(1);
		assertThat(event.path("requests.kind").asString()).isEqualTo("first");
	}

	@Test
	void failureHasTypeAndMessage(CapturedOutput output) {
		this.server.enqueue(new MockResponse.Builder().onRequestStart(new SocketEffect.CloseSocket()).build());
		List<JsonNode> events = logged(output, "ecs", "basic",
				(shop) -> assertThatExceptionOfType(RequestException.class)
					.isThrownBy(() -> shop.post("?key=canary", (request) -> request.data("x"))));
		assertThat(events).hasSize(1);
		JsonNode event = events.get(0);
		assertThat(event.path("message").asString()).matches("POST http://[^ ]+/ -> \\w+Exception in \\d+ ms");
		assertThat(event.at("/error/type").asString()).startsWith("io.github.requests4j.http.");
		assertThat(event.at("/error/message").asString()).contains("POST http://");
		assertThat(event.at("/http/response").isMissingNode()).isTrue();
	}

	@Test
	void headersAndBodiesAreFieldsWithSecretsMasked(CapturedOutput output) {
		this.server.enqueue(new MockResponse.Builder().addHeader("Content-Type", "application/json")
			.addHeader("Set-Cookie", "a=canary")
			.addHeader("X-Part", "one")
			.addHeader("X-Part", "two")
			.addHeader("Http", "a value")
			.addHeader("Http.Request", "another value")
			.addHeader("Http.Request.Method", "a third one")
			.body("{\"token\": \"canary\", \"name\": \"tea\"}")
			.build());
		List<JsonNode> events = logged(output, "ecs", "body",
				(shop) -> shop.post("orders", (request) -> request.header("Authorization", "Bearer canary")
					.json(Map.of("password", "canary", "item", "tea"))));
		assertThat(events).hasSize(2);
		JsonNode http = events.get(0).path("http");
		assertThat(http.at("/request/header/authorization")).hasToString("[\"***\"]");
		assertThat(http.at("/request/header/content-type")).hasToString("[\"application/json\"]");
		assertThat(http.at("/request/body/content").asString()).contains("tea").contains("***");
		assertThat(http.at("/response/header/x-part")).hasToString("[\"one\",\"two\"]");
		assertThat(http.at("/response/header/http_request_method")).hasToString("[\"a third one\"]");
		JsonNode body = events.get(1);
		assertThat(body.path("message").asString()).isEqualTo("POST body of status 200");
		assertThat(body.at("/http/response/body/content").asString()).contains("tea");
		assertThat(body.at("/requests/session").asString()).isEqualTo("shop");
	}

	@Test
	void traceIsWrittenOnce(CapturedOutput output) {
		this.server.enqueue(new MockResponse.Builder().build());
		List<JsonNode> events = logged(output, "ecs", "basic", (shop) -> shop.get("/"));
		assertThat(events).hasSize(1);
		String trace = events.get(0).findValue("traceId").asString();
		assertThat(trace).matches("[0-9a-f]{32}");
		assertThat(events.get(0).toString().split(trace, -1)).hasSize(2);
	}

	private List<JsonNode> logged(CapturedOutput output, String format, String level, Consumer<Session> calls) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties(WithoutSecurity.property(), "logging.structured.format.console=" + format,
					"spring.main.banner-mode=off", "requests.sessions.shop.base-url=" + this.server.url("/"),
					"requests.sessions.shop.logging.level=" + level, "requests.sessions.shop.logging.format=fields",
					"requests.sessions.shop.adapter.max-retries.total=1",
					"requests.sessions.shop.adapter.max-retries.status-forcelist=503")
			.run()) {
			Session shop = context.getBean(Session.class);
			Observation.createNotStarted("served", context.getBean(ObservationRegistry.class))
				.observe(() -> calls.accept(shop));
		}
		List<JsonNode> events = output.getOut()
			.lines()
			.filter((line) -> line.startsWith("{") && line.contains(LOGGER))
			.map((line) -> JsonMapper.shared().readTree(line))
			.toList();
		assertThat(events.toString()).doesNotContain("canary");
		return events;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
