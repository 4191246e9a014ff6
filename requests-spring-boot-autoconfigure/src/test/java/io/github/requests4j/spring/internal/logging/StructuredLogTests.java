package io.github.requests4j.spring.internal.logging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.BeforeAll;
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
import io.github.requests4j.spring.WithoutSecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What Spring Boot's structured formats make of the fields of an exchange. Each format
 * has one application, and each of its sessions the events of one kind.
 */
@ExtendWith(OutputCaptureExtension.class)
class StructuredLogTests {

	private static final String LOGGER = "io.github.requests4j.wire.";

	private static final Map<String, List<JsonNode>> ECS = new HashMap<>();

	private static final Map<String, List<JsonNode>> LOGSTASH = new HashMap<>();

	@BeforeAll
	static void logInBothFormats(CapturedOutput output) {
		callServices("ecs");
		callServices("logstash");
		output.getOut()
			.lines()
			.filter((line) -> line.startsWith("{") && line.contains(LOGGER))
			.map((line) -> JsonMapper.shared().readTree(line))
			.forEach((event) -> {
				boolean logstash = event.has("logger_name");
				String logger = event.at(logstash ? "/logger_name" : "/log/logger").asString();
				(logstash ? LOGSTASH : ECS)
					.computeIfAbsent(logger.substring(LOGGER.length()), (name) -> new ArrayList<>())
					.add(event);
			});
	}

	private static void callServices(String format) {
		try (MockWebServer server = new MockWebServer()) {
			server.start();
			try (ConfigurableApplicationContext context = start(format, server)) {
				Observation.createNotStarted("served", context.getBean(ObservationRegistry.class))
					.observe(() -> call(context, server));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static ConfigurableApplicationContext start(String format, MockWebServer server) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(WithoutSecurity.property(), "logging.structured.format.console=" + format,
					"spring.main.banner-mode=off", "url=" + server.url("/"),
					"requests.sessions.retried.base-url=${url}", "requests.sessions.failed.base-url=${url}",
					"requests.sessions.detailed.base-url=${url}", "requests.defaults.logging.level=basic",
					"requests.defaults.logging.format=fields", "requests.sessions.retried.adapter.max-retries.total=1",
					"requests.sessions.retried.adapter.max-retries.status-forcelist=503",
					"requests.sessions.failed.adapter.max-retries=0", "requests.sessions.detailed.logging.level=body",
					"requests.sessions.varied.base-url=${url}", "requests.sessions.varied.logging.level=headers",
					"requests.sessions.hedged.base-url=${url}", "requests.sessions.hedged.hedge=20ms")
			.run();
	}

	private static void call(ConfigurableApplicationContext context, MockWebServer server) {
		server.enqueue(new MockResponse.Builder().code(503).addHeader("Retry-After", "0").build());
		server.enqueue(new MockResponse.Builder().build());
		context.getBean("retriedSession", Session.class)
			.get(server.url("/").toString().replace("//", "//canary:canary@") + "items/{id}?key=canary",
					(request) -> request.uriVariable("id", "7"));
		server.enqueue(new MockResponse.Builder().addHeader("Content-Type", "application/json")
			.addHeader("Set-Cookie", "a=canary")
			.addHeader("X-Part", "one")
			.addHeader("X-Part", "two")
			.addHeader("Http", "a value")
			.addHeader("Http.Request", "another value")
			.addHeader("Http.Request.Method", "a third one")
			.body("{\"token\": \"canary\", \"name\": \"tea\"}")
			.build());
		context.getBean("detailedSession", Session.class)
			.post("orders", (request) -> request.header("Authorization", "Bearer canary")
				.json(Map.of("password", "canary", "item", "tea")));
		server.enqueue(new MockResponse.Builder().onRequestStart(new SocketEffect.CloseSocket()).build());
		assertThatExceptionOfType(RequestException.class)
			.isThrownBy(() -> context.getBean("failedSession", Session.class)
				.post("?key=canary", (request) -> request.data("x")));
		server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
		server.enqueue(new MockResponse.Builder().build());
		context.getBean("hedgedSession", Session.class).get("");
		for (int i = 0; i < 3; i++) {
			MockResponse.Builder varied = new MockResponse.Builder();
			for (int j = 0; j < 90; j++) {
				varied.addHeader("X-Part-" + (90 * i + j), "value");
			}
			server.enqueue(varied.addHeader("X-Auth-Token-" + i, "canary").build());
			context.getBean("variedSession", Session.class).get("");
		}
	}

	/** Each field of a search index stays in its mapping, whose size is limited. */
	@Test
	void numberOfFieldsForHeadersIsLimited() {
		Set<String> names = new HashSet<>();
		ECS.get("varied").forEach((event) -> {
			names.addAll(event.at("/http/request/header").propertyNames());
			names.addAll(event.at("/http/response/header").propertyNames());
		});
		assertThat(names).hasSizeBetween(HeaderFields.MAX / 2, HeaderFields.MAX + 1).contains("x-part-0", "other");
		JsonNode last = ECS.get("varied").get(2);
		assertThat(last.at("/http/response/header/content-length").valueStream()).hasSize(1);
		assertThat(last.at("/http/response/header/other").valueStream().map(JsonNode::asString))
			.contains("X-Part-269: value")
			.noneMatch((header) -> header.contains("canary"));
	}

	@Test
	void elasticCommonSchemaNestsTheFields() {
		assertThat(ECS.get("retried")).hasSize(2);
		JsonNode first = ECS.get("retried").get(0);
		assertThat(first.path("message").asString()).matches("GET http://[^ ]+/items/7 -> 503 in \\d+ ms");
		assertThat(first.at("/http/request/method").asString()).isEqualTo("GET");
		assertThat(first.at("/http/response/status_code").isInt()).isTrue();
		assertThat(first.at("/http/response/status_code").asInt()).isEqualTo(503);
		assertThat(first.at("/url/template").asString()).isEqualTo("/items/{id}");
		assertThat(first.at("/server/address").asString()).isEqualTo("localhost");
		assertThat(first.at("/event/duration").isIntegralNumber()).isTrue();
		assertThat(first.at("/event/duration").asLong()).isPositive();
		assertThat(first.path("requests"))
			.isEqualTo(JsonMapper.shared().valueToTree(Map.of("session", "retried", "kind", "first", "attempt", 1)));
		JsonNode second = ECS.get("retried").get(1);
		assertThat(second.at("/requests/kind").asString()).isEqualTo("retry");
		assertThat(second.at("/requests/attempt").asInt()).isEqualTo(2);
		assertThat(second.at("/http/response/status_code").asInt()).isEqualTo(200);
	}

	@Test
	void logstashHasTheSameFields() {
		assertThat(LOGSTASH.get("retried")).hasSize(2);
		JsonNode event = LOGSTASH.get("retried").get(1);
		assertThat(event.path("http.request.method").asString()).isEqualTo("GET");
		assertThat(event.path("http.response.status_code").asInt()).isEqualTo(200);
		assertThat(event.path("url.template").asString()).isEqualTo("/items/{id}");
		assertThat(event.path("event.duration").asLong()).isPositive();
		assertThat(event.path("requests.session").asString()).isEqualTo("retried");
		assertThat(event.path("requests.attempt").asInt()).isEqualTo(2);
		assertThat(event.path("requests.kind").asString()).isEqualTo("retry");
	}

	@Test
	void failureHasTypeAndMessage() {
		assertThat(ECS.get("failed")).hasSize(1);
		JsonNode event = ECS.get("failed").get(0);
		assertThat(event.path("message").asString()).matches("POST http://[^ ]+/ -> \\w+Exception in \\d+ ms");
		assertThat(event.at("/error/type").asString()).startsWith("io.github.requests4j.http.");
		assertThat(event.at("/error/message").asString()).contains("POST http://");
		assertThat(event.at("/http/response").isMissingNode()).isTrue();
		assertThat(LOGSTASH.get("failed").get(0).path("error.type").asString())
			.isEqualTo(event.at("/error/type").asString());
	}

	@Test
	void attemptThatLostAgainstAHedgeIsNoError() {
		assertThat(ECS.get("hedged")).hasSize(2);
		JsonNode event = ECS.get("hedged")
			.stream()
			// Either attempt may reach the server first, and be the one that stalls
			.filter((candidate) -> candidate.path("message").asString().contains("-> AttemptCancelledException in "))
			.findFirst()
			.orElseThrow();
		assertThat(event.at("/event/duration").isIntegralNumber()).isTrue();
		assertThat(event.has("error")).isFalse();
	}

	@Test
	void headersAndBodiesAreFields() {
		assertThat(ECS.get("detailed")).hasSize(2);
		JsonNode http = ECS.get("detailed").get(0).path("http");
		assertThat(http.at("/request/header/content-type")).hasToString("[\"application/json\"]");
		assertThat(http.at("/request/body/content").asString()).contains("tea");
		assertThat(http.at("/response/header/x-part")).hasToString("[\"one, two\"]");
		JsonNode body = ECS.get("detailed").get(1);
		assertThat(body.path("message").asString()).isEqualTo("POST body of status 200");
		assertThat(body.at("/http/response/body/content").asString()).contains("tea");
		assertThat(body.at("/requests/session").asString()).isEqualTo("detailed");
	}

	@Test
	void namesOfHeadersCannotReplaceOtherFields() {
		JsonNode http = ECS.get("detailed").get(0).path("http");
		assertThat(http.at("/response/header/http_request_method")).hasToString("[\"a third one\"]");
		assertThat(http.at("/response/header/http_request")).hasToString("[\"another value\"]");
		assertThat(http.at("/request/method").asString()).isEqualTo("POST");
	}

	@Test
	void secretsAreMasked() {
		JsonNode http = ECS.get("detailed").get(0).path("http");
		assertThat(http.at("/request/header/authorization")).hasToString("[\"***\"]");
		assertThat(http.at("/request/body/content").asString()).contains("***");
		assertThat(ECS.toString() + LOGSTASH).doesNotContain("canary");
	}

	@Test
	void traceIsWrittenOnce() {
		for (JsonNode event : List.of(ECS.get("retried").get(0), LOGSTASH.get("retried").get(0))) {
			String trace = event.findValue("traceId").asString();
			assertThat(trace).matches("[0-9a-f]{32}");
			assertThat(event.toString().split(trace, -1)).hasSize(2);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
