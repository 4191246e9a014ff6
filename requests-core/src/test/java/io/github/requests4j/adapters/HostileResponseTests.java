package io.github.requests4j.adapters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Every response of the corpus, which contains the expected result of each.
 */
class HostileResponseTests {

	static List<HostileResponse> corpus() throws IOException {
		return HostileResponse.readAll();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("corpus")
	@DisplayName("227, 230, 231, 232, threat 22: each malformed or unusual response of the corpus has its expected result")
	void eachResponseHasTheExpectedResult(HostileResponse one) throws IOException {
		try (Rig rig = Rig.open(Wire.PLAIN)) {
			rig.script((conversation) -> {
				conversation.readRequest();
				conversation.send(one.wire());
				if (!one.endsConnection() && conversation.readRequest() != null) {
					conversation.respond(200, "GET /");
				}
			});
			if (one.isRefused()) {
				refuses(rig, one);
			}
			else {
				accepts(rig, one);
			}
			assertThat(rig.adapter().poolStatistics().leased()).isZero();
			rig.heal();
			assertThat(rig.text()).as("the next call").isEqualTo("GET /");
			assertThat(rig.network().connectionCount()).isEqualTo(one.isReused() ? 1 : 2);
		}
	}

	private static Response send(Rig rig, HostileResponse one) {
		return rig.adapter().send(rig.request(one.method(), null), Calls.readTimeout(10_000));
	}

	private static void refuses(Rig rig, HostileResponse one) {
		Throwable thrown = catchThrowable(() -> send(rig, one).content());
		assertThat(thrown).isInstanceOf(RequestException.class);
		assertThat(thrown.getClass().getSimpleName()).as(thrown.toString()).isEqualTo(one.expected());
		RequestException failure = (RequestException) thrown;
		assertThat(failure.request()).isNotNull();
		assertThat(failure.response() != null).as("has its response").isEqualTo(one.hasHead());
	}

	private static void accepts(Rig rig, HostileResponse one) {
		Response response = send(rig, one);
		assertThat(response.statusCode()).hasToString(one.expected());
		assertThat(new String(response.content(), StandardCharsets.ISO_8859_1)).isEqualTo(one.body());
		assertThat(rig.failures()).isZero();
	}

	@Test
	@DisplayName("folded lines are joined to one value, with a space for each fold (RFC 9112, section 5.2)")
	void foldedLinesAreJoined() throws IOException {
		try (Rig rig = Rig.open(Wire.PLAIN)) {
			rig.answering("HTTP/1.1 200 OK\r\nA: one \r\n\t two\r\n three\r\nB: x\r\n \r\nContent-Length: 0\r\n\r\n");
			Response response = rig.send(rig.get());
			assertThat(response.headers()).containsEntry("A", "one two three").containsEntry("B", "x");
		}
	}

}
