package io.github.requests4j.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.InvalidHeaderException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Request;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.Response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Headers of requests, and the map that keeps them.
 */
class HeaderTests extends HttpbinSupport {

	private static CaseInsensitiveHeaders headers(String... namesAndValues) {
		CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			headers.put(namesAndValues[i], namesAndValues[i + 1]);
		}
		return headers;
	}

	static List<List<String>> invalid() {
		return List.of(List.of("foo", "bar\r\nbaz: qux"), List.of("foo", "bar\n\rbaz: qux"),
				List.of("foo", "bar\nbaz: qux"), List.of("foo", "bar\rbaz: qux"), List.of("fo\ro", "bar"),
				List.of("fo\r\no", "bar"), List.of("fo\n\ro", "bar"), List.of("fo\no", "bar"), List.of(" foo", "bar"),
				List.of("\tfoo", "bar"), List.of("    foo", "bar"), List.of("foo", " bar"), List.of("foo", "    bar"),
				List.of("foo", "\tbar"), List.of(" ", "bar"));
	}

	@Test
	@DisplayName("20: headers that the session sets to null are not sent")
	void nullOfSession() {
		this.session.update((b) -> b.header("Accept-Encoding", null));
		PreparedRequest request = this.session.prepareRequest(Request.of("GET", url("/get")));
		assertThat(request.headers()).doesNotContainKey("Accept-Encoding");
		this.session.send(request);
		assertThat(this.httpbin.lastRequest().header("Accept-Encoding")).isNull();
	}

	@Test
	@DisplayName("54, 55: headers keep their order, the session's first")
	void order() {
		Map<String, String> ofSession = new LinkedHashMap<>();
		ofSession.put("Accept-Encoding", "identity");
		ofSession.put("First", "1");
		ofSession.put("Second", "2");
		this.session.update((b) -> b.clearHeaders().headers(ofSession));
		this.session.get(url("/get"),
				(o) -> o.header("Third", "3").header("Fourth", "4").header("Fifth", "5").header("Second", "222"));
		assertThat(this.httpbin.lastRequest().headerLines()).containsSubsequence("Accept-Encoding: identity",
				"First: 1", "Second: 222", "Third: 3", "Fourth: 4", "Fifth: 5");
	}

	@Test
	@DisplayName("21, 54: a header is one header in any case")
	void anyCase() {
		this.session.update((b) -> b.header("ACCEPT", "BOGUS"));
		this.session.update((b) -> b.header("accept", "application/json"));
		Response response = this.session.get(url("/get"));
		for (String name : List.of("accept", "Accept", "ACCEPT")) {
			assertThat(response.request().headers().get(name)).isEqualTo("application/json");
		}
		this.session.update((b) -> b.header("foo", "bar"));
		response = this.session.get(url("/get"), (o) -> o.header("FOO", null));
		assertThat(response.request().headers()).doesNotContainKey("foo");
	}

	@ParameterizedTest(name = "60: the value \"{0}\" is fine")
	@ValueSource(strings = { "bar baz qux", "fbbq", "", "1" })
	void valid(String value) {
		Response response = this.session.get(url("/get"), (o) -> o.header("foo", value));
		assertThat(response.request().headers().get("foo")).isEqualTo(value);
		assertThat(this.httpbin.lastRequest().header("foo")).isEqualTo(value);
	}

	@ParameterizedTest(name = "60, 61: refused before anything is sent ({index})")
	@MethodSource
	void invalid(List<String> header) {
		boolean name = header.get(1).equals("bar");
		assertThatExceptionOfType(InvalidHeaderException.class)
			.isThrownBy(() -> this.session.get(url("/get"), (o) -> o.header(header.get(0), header.get(1))))
			.withMessageStartingWith(
					"Invalid leading whitespace, reserved character(s), or return character(s) in header "
							+ (name ? "name: '" : "value: '"))
			.withMessageEndingWith(name ? "'. Use only letters, digits and dashes."
					: "' of foo. Remove line breaks, other control characters and leading blanks.");
		assertThat(this.httpbin.connectionCount()).isZero();
	}

	@Test
	@DisplayName("62: names and values of headers are text: nothing else can be given")
	void typed() throws NoSuchMethodException {
		assertThat(RequestOptions.class.getMethod("header", String.class, String.class)).isNotNull();
		assertThat(RequestOptions.class.getMethods()).filteredOn((method) -> method.getName().equals("header"))
			.hasSize(1);
	}

	@ParameterizedTest(name = "243: {0} finds, holds and removes Accept")
	@ValueSource(strings = { "accept", "ACCEPT", "aCcEpT", "Accept" })
	void lookup(String name) {
		CaseInsensitiveHeaders headers = headers("Accept", "application/json");
		assertThat(headers.get(name)).isEqualTo("application/json");
		assertThat(headers).containsKey(name).doesNotContainKey("not" + name);
		assertThat(headers.getOrDefault("not" + name, "default")).isEqualTo("default");
		headers.remove(name);
		assertThat(headers).doesNotContainKey(name).isEmpty();
	}

	@Test
	@DisplayName("243: the last case of a name in the place of the first")
	void lastCase() {
		CaseInsensitiveHeaders headers = headers("spam", "one", "b", "1", "Spam", "two", "SPAM", "blue");
		assertThat(headers.get("spam")).isEqualTo("blue");
		assertThat(new ArrayList<>(headers.keySet())).containsExactly("SPAM", "b");
		headers.putAll(Map.of("sPam", "not blue"));
		assertThat(headers).hasSize(2).containsEntry("sPam", "not blue");
		assertThat(headers.get("b")).isEqualTo("1");
	}

	@Test
	@DisplayName("243: made from a map, copied, and compared with any map whatever the case")
	void equality() {
		CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders(Map.of("Foo", "foo", "BAr", "bar"));
		assertThat(headers).hasSize(2).containsKeys("foo", "bar").isEqualTo(Map.of("fOO", "foo", "bar", "bar"));
		CaseInsensitiveHeaders copy = headers.copy();
		assertThat(copy).isEqualTo(headers).isNotSameAs(headers).hasSameHashCodeAs(headers);
		headers.put("changed", "yes");
		assertThat(copy).isNotEqualTo(headers);
		assertThat(headers.equals(Map.of())).isFalse();
		assertThat(headers.equals(null)).isFalse();
		assertThat(headers("Accept", "x").equals(Map.of(1, "x"))).isFalse();
		assertThat(headers.equals(List.of())).isFalse();
	}

	@Test
	@DisplayName("243: the names in lower case, and a text like that of any map")
	void lowerItems() {
		CaseInsensitiveHeaders headers = headers("Accept", "application/json", "user-Agent", "requests");
		assertThat(headers.lowerItems()).extracting(Map.Entry::getKey).containsExactly("accept", "user-agent");
		assertThat(headers.keySet()).containsExactly("Accept", "user-Agent");
		assertThat(headers).hasToString("{Accept=application/json, user-Agent=requests}");
		assertThat(headers.putIfAbsent("ACCEPT", "other")).isEqualTo("application/json");
		assertThat(headers.putIfAbsent("new", "value")).isNull();
		assertThat(headers.get("NEW")).isEqualTo("value");
	}

	@ParameterizedTest(name = "9, 58: {0} can be left out")
	@CsvSource({ "User-Agent", "Accept-Encoding", "Accept", "Connection" })
	void leftOut(String name) {
		this.session.get(url("/get"), (o) -> o.header(name, null));
		assertThat(this.httpbin.lastRequest().header(name)).isNull();
	}

}
