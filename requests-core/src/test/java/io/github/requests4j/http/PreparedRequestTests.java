package io.github.requests4j.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Preparing a request as a whole.
 */
class PreparedRequestTests {

	private static PreparedRequest prepare(Request.Builder request) {
		return request.build().prepare();
	}

	private static Request.Builder post() {
		return Request.builder("POST", "http://h/p");
	}

	@Test
	@DisplayName("5: the method is written in upper case, and shown as it was given")
	void methodIsUpperCase() {
		Request request = Request.builder("PurGe", "http://h").build();
		assertThat(request.prepare().method()).isEqualTo("PURGE");
		assertThat(request).hasToString("<Request [PurGe]>");
		assertThat(request.prepare()).hasToString("<PreparedRequest [PURGE]>");
	}

	@Test
	@DisplayName("6: a method with a character that no token has is refused")
	void methodIsToken() {
		for (String method : List.of("GE T", "GET\r\nX: y", "G\u00c9T", "GET/", "A:B")) {
			assertThatIllegalArgumentException().isThrownBy(() -> prepare(Request.builder(method, "http://h")))
				.withMessageStartingWith("Method cannot contain non-token characters");
		}
		assertThat(prepare(Request.builder("", "http://h")).method()).isEmpty();
	}

	@Test
	@DisplayName("55, 56: headers, cookies, body and auth set their headers in this order")
	void orderOfPreparing() {
		PreparedRequest prepared = prepare(post().header("X-A", "1").data(Map.of("a", "b")).auth((request) -> {
			request.headers().put("Authorization", "t");
			return request;
		}));
		assertThat(prepared.headers().keySet()).containsExactly("X-A", "Content-Length", "Content-Type",
				"Authorization");
		assertThat(prepared.headers()).containsEntry("Content-Length", "3")
			.containsEntry("Content-Type", "application/x-www-form-urlencoded");
	}

	@Test
	@DisplayName("85, 87: JSON is sent when there is no data")
	void json() {
		PreparedRequest prepared = prepare(post().json(new LinkedHashMap<>(Map.of("a", 1))));
		assertThat(prepared.body().bytes()).asString().isEqualTo("{\"a\":1}");
		assertThat(prepared.headers()).containsEntry("Content-Type", "application/json");
		assertThat(prepare(post().data("x").json(1)).body().text()).isEqualTo("x");
	}

	@Test
	@DisplayName("88: NaN is refused, with the request")
	void notANumber() {
		assertThatExceptionOfType(InvalidJsonException.class)
			.isThrownBy(() -> prepare(post().json(Map.of("a", new double[] { 1, Double.NaN }))))
			.withMessageStartingWith("Out of range float values are not JSON compliant")
			.satisfies((ex) -> assertThat(ex.request()).isNotNull());
	}

}
