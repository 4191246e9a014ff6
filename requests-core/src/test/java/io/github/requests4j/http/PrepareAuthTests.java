package io.github.requests4j.http;

import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PrepareAuthTests {

	@Test
	@DisplayName("125, 127: an auth takes precedence over the URL and the header")
	void authTakesPrecedenceOverUrlAndHeader() {
		PreparedRequest request = new PreparedRequest();
		request.prepareMethod("GET");
		request.prepareUrl("http://u:p@h/", null);
		request.prepareHeaders(Map.of("authorization", "mine"));
		request.prepareAuth((prepared) -> {
			prepared.headers().put("Authorization", "auth");
			return prepared;
		});
		assertThat(request.headers().getAll("Authorization")).containsExactly("auth");
	}

	@Test
	@DisplayName("130: nothing is added without auth and credentials")
	void nothingIsAddedWithoutCredentials() {
		PreparedRequest request = new PreparedRequest();
		request.prepareUrl("http://h/", null);
		request.prepareAuth(null);
		assertThat(request.headers()).isEmpty();
	}

	@Test
	@DisplayName("131: an auth runs after the body is prepared, and the request that it returns replaces the original")
	void authRunsAfterTheBodyIsPrepared() {
		PreparedRequest other = new PreparedRequest();
		other.prepareMethod("PUT");
		other.prepareUrl("http://other/", null);
		other.prepareHeaders(Map.of("X", "1"));
		other.prepareBody(Body.of("other"), java.util.List.of(), null);
		PreparedRequest request = new PreparedRequest();
		request.prepare(Request.of("POST", "http://h/", (o) -> o.data(Body.of("body")).auth((prepared) -> {
			assertThat(prepared.headers().get("Content-Length")).isEqualTo("4");
			return other;
		})));
		assertThat(request.method()).isEqualTo("PUT");
		assertThat(request.url()).isEqualTo("http://other/");
		assertThat(request.headers()).containsEntry("X", "1").containsEntry("Content-Length", "5");
		assertThat(request.body()).isSameAs(other.body());
	}

	@Test
	@DisplayName("131: Content-Length follows a body that an auth has changed")
	void contentLengthFollowsABodyChangedByAuth() {
		PreparedRequest request = new PreparedRequest();
		request.prepare(Request.of("POST", "http://h/", (o) -> o.data(Body.of("body")).auth((prepared) -> {
			prepared.body(Body.of("longer body"));
			return prepared;
		})));
		assertThat(request.headers().get("Content-Length")).isEqualTo("11");
	}

	@Test
	@DisplayName("143: hooks that an auth registers run before the caller's")
	void hooksOfAuthRunFirst() {
		ResponseHook ofAuth = (response, options) -> null;
		ResponseHook ofCaller = (response, options) -> response;
		PreparedRequest request = new PreparedRequest();
		request.prepare(Request.of("GET", "http://h/", (o) -> o.hooks(Hooks.onResponse(ofCaller)).auth((prepared) -> {
			prepared.registerHook(Hooks.RESPONSE, ofAuth);
			return prepared;
		})));
		assertThat(request.hooks().responseHooks()).containsExactly(ofAuth, ofCaller);
	}

}
