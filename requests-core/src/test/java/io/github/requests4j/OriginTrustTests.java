package io.github.requests4j;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.PreparedRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * With a base URL, the session's own headers, params and auth go to its origin and to
 * trusted ones only, however the URL of a call is written.
 */
class OriginTrustTests {

	private static PreparedRequest prepare(String baseUrl, String url) {
		try (Session session = Session.builder()
			.baseUrl(baseUrl)
			.trustedOrigins("https://files.example")
			.trustEnv(false)
			.header("X-Own", "1")
			.param("own", 1)
			.auth("u", "p")
			.build()) {
			return session.prepare("GET", url, (options) -> options.param("q", 2));
		}
	}

	@ParameterizedTest
	@CsvSource({ "items, https://a.example/api/items?own=1&q=2", "/items, https://a.example/api/items?own=1&q=2",
			"'', https://a.example/api?own=1&q=2", "?x=y, https://a.example/api?x=y&own=1&q=2",
			"https://a.example/api, https://a.example/api?own=1&q=2",
			"https://a.example/apix, https://a.example/apix?own=1&q=2",
			"https://a.example/, https://a.example/?own=1&q=2",
			"https://A.EXAMPLE:443/api/, https://A.EXAMPLE:443/api/?own=1&q=2",
			"https://a.example\\@evil.example/, https://a.example/%5C@evil.example/?own=1&q=2",
			"https://files.example/f, https://files.example/f?own=1&q=2" })
	void trustedUrlsReceiveTheSettingsOfTheSession(String url, String expected) {
		PreparedRequest prepared = prepare("https://a.example/api", url);
		assertThat(prepared.url()).isEqualToIgnoringCase(expected);
		assertThat(prepared.headers()).containsEntry("X-Own", "1").containsKey("Authorization");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://a.example.evil/api", "https://a.example@evil.example/api",
			"https://a.example:8443/api", "http://a.example/api", "https://a.exampleevil/",
			"https://files.example.evil/" })
	void foreignUrlsReceiveNoSettingsOfTheSession(String url) {
		for (String baseUrl : List.of("https://a.example", "https://a.example/", "https://a.example/api")) {
			PreparedRequest prepared = prepare(baseUrl, url);
			assertThat(prepared.url()).doesNotContain("own=1").endsWith("?q=2");
			assertThat(prepared.headers()).doesNotContainKey("X-Own");
			assertThat(prepared.headers().get("Authorization")).isNotEqualTo("Basic dTpw");
		}
	}

	@Test
	void urisAreCalledUnchanged() {
		List<String> seen = new ArrayList<>();
		FixedAdapter adapter = new FixedAdapter((request, options) -> seen.add(request.method() + " " + request.url()));
		URI uri = URI.create("http://h/a%20b?c=d");
		try (Session session = Session.builder().trustEnv(false).mount("http://", adapter).build()) {
			session.get(uri);
			session.get(uri, (options) -> options.param("e", 1));
			session.request("PUT", uri);
			session.request("POST", uri, (options) -> options.param("e", 1));
		}
		assertThat(seen).containsExactly("GET http://h/a%20b?c=d", "GET http://h/a%20b?c=d&e=1",
				"PUT http://h/a%20b?c=d", "POST http://h/a%20b?c=d&e=1");
	}

}
