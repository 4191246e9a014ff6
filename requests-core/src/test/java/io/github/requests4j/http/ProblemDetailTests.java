package io.github.requests4j.http;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap.SimpleEntry;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.Requests;
import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ProblemDetailTests {

	private static final String TYPE = "Content-Type: application/problem+json";

	@Test
	void httpExceptionHasTheProblemDetailOfItsResponse() throws Exception {
		String body = """
				{"type": "https://example.com/probs/out-of-credit", "title": "You do not have enough credit.",
				 "status": 403, "detail": "Your balance is 30.", "instance": "/account/1/msgs/2",
				 "balance": 30, "accounts": ["/account/1"], "note": null}""";
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.of(403, body, TYPE + "; charset=utf-8"))) {
			Response response = Requests.get(server.url("/"));
			assertThatExceptionOfType(HttpException.class).isThrownBy(response::raiseForStatus).satisfies((ex) -> {
				ProblemDetail problem = ex.problemDetail();
				assertThat(problem).isEqualTo(ProblemDetail.of(response));
				assertThat(problem.type()).isEqualTo("https://example.com/probs/out-of-credit");
				assertThat(problem.title()).isEqualTo("You do not have enough credit.");
				assertThat(problem.status()).isEqualTo(403);
				assertThat(problem.detail()).isEqualTo("Your balance is 30.");
				assertThat(problem.instance()).isEqualTo("/account/1/msgs/2");
				assertThat(problem.extensions()).containsExactly(Map.entry("balance", 30),
						Map.entry("accounts", List.of("/account/1")), entryOfNull("note"));
			});
		}
	}

	private static Map.Entry<String, Object> entryOfNull(String key) {
		return new SimpleEntry<>(key, null);
	}

	@Test
	void membersOfTheWrongTypeAreIgnored() {
		ProblemDetail problem = ProblemDetail
			.of(response("{\"type\":1,\"title\":[],\"status\":\"404\",\"detail\":{\"a\":1},\"instance\":null}",
					"APPLICATION/Problem+JSON"));
		assertThat(problem).isEqualTo(new ProblemDetail("about:blank", null, null, null, null, Map.of()));
		for (String status : List.of("99", "600", "4e2", "99999999999", "true")) {
			assertThat(ProblemDetail.of(response("{\"status\":" + status + "}", "application/problem+json")).status())
				.as(status)
				.isNull();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "[]", "3", "\"x\"", "{", "{\"title\":\"a\"} x", "\u0000\u0001", "<html>" })
	void bodyWithoutAJsonObjectHasNoProblemDetail(String junk) {
		assertThat(ProblemDetail.of(response(junk, "application/problem+json"))).isNull();
	}

	@Test
	void deeplyNestedOrLongBodyHasNoProblemDetail() {
		String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
		String big = "{\"title\":\"" + "x".repeat(1024 * 1024) + "\"}";
		assertThat(ProblemDetail.of(response(deep, "application/problem+json"))).isNull();
		assertThat(ProblemDetail.of(response(big, "application/problem+json"))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "application/problem+xml", "text/plain", "", ";" })
	void otherMediaTypeHasNoProblemDetail(String type) {
		assertThat(ProblemDetail.of(response("{\"title\":\"no\"}", type))).isNull();
	}

	@Test
	void exceptionWithoutAResponseHasNoProblemDetail() {
		assertThat(new HttpException("no response").problemDetail()).isNull();
		assertThat(new HttpException("no type", Response.builder(500).build()).problemDetail()).isNull();
	}

	@Test
	void unreadableBodyHasNoProblemDetail() throws Exception {
		String problem = "{\"title\":\"This explanation is longer than the limit.\"}";
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.of(400, problem, TYPE));
				Session session = Session.builder()
					.mount("http://", HttpAdapter.builder().limits(Limits.DEFAULTS.withBody(10, -1, -1)).build())
					.build()) {
			try (Response streamed = session.get(server.url("/"), (options) -> options.stream(true))) {
				assertThat(ProblemDetail.of(streamed)).isNull();
			}
			Response consumed = Requests.get(server.url("/"), (options) -> options.stream(true));
			consumed.iterContent().forEachRemaining((piece) -> {
			});
			assertThat(ProblemDetail.of(consumed)).isNull();
		}
	}

	@Test
	void toStringHidesDetailAndExtensions() {
		ProblemDetail problem = ProblemDetail.of(response(
				"{\"type\":\"http://a.example/p?token=c4n4ry\",\"title\":\"no\\u0007\",\"status\":400,"
						+ "\"detail\":\"c4n4ry\",\"instance\":\"/c4n4ry\",\"password\":\"c4n4ry\"}",
				"application/problem+json"));
		assertThat(problem.toString()).startsWith("ProblemDetail[status=400, type=http://a.example/p?token=")
			.doesNotContain("c4n4ry", "\u0007");
	}

	private static Response response(String body, String type) {
		CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();
		headers.put("Content-Type", type);
		return Response.builder(400)
			.headers(headers)
			.raw(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))
			.build();
	}

}
