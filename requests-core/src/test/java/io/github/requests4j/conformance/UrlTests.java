package io.github.requests4j.conformance;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.InvalidUrlException;
import io.github.requests4j.http.KeyValues;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Request;
import io.github.requests4j.http.Response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * URLs and their parameters, as they are prepared and as they arrive.
 */
class UrlTests extends HttpbinSupport {

	private static String prepare(String url, Map<String, ?> params) {
		return String.valueOf(Request.of("GET", url, (o) -> o.params(params)).prepare().url());
	}

	@Test
	@DisplayName("42, 44: a blank in the path is encoded once")
	void encodedOnce() {
		assertThat(prepared("GET", "http://0.0.0.0/get/test case").pathUrl()).isEqualTo("/get/test%20case");
		this.session.get(url("/get/test case"));
		assertThat(this.httpbin.lastRequest().target()).isEqualTo("/get/test%20case");
	}

	@ParameterizedTest(name = "52: a=b goes into {0} before the fragment")
	@CsvSource({ "http://example.com/path#fragment, http://example.com/path?a=b#fragment",
			"http://example.com/path?key=value#fragment, http://example.com/path?key=value&a=b#fragment" })
	void beforeTheFragment(String url, String expected) {
		assertThat(prepare(url, Map.of("a", "b"))).isEqualTo(expected);
	}

	@Test
	@DisplayName("53: parameters keep their order")
	void order() {
		Map<String, Object> params = new LinkedHashMap<>();
		for (String name : List.of("z", "a", "k", "d")) {
			params.put(name, 1);
		}
		Request request = Request.of("GET", "http://example.com/", (o) -> o.params(params));
		assertThat(this.session.prepareRequest(request).url()).isEqualTo("http://example.com/?z=1&a=1&k=1&d=1");
	}

	@Test
	@DisplayName("51: parameters as bytes or text are taken as they are")
	void textParams() {
		KeyValues bytes = KeyValues.fromBytes("test=foo".getBytes(StandardCharsets.US_ASCII));
		for (KeyValues params : List.of(bytes, KeyValues.fromText("test=foo"))) {
			PreparedRequest prepared = Request.of("GET", "http://example.com", (o) -> o.params(params)).prepare();
			assertThat(prepared.url()).isEqualTo("http://example.com/?test=foo");
		}
	}

	@Test
	@DisplayName("24: blanks before a URL do not count")
	void leadingBlanks() {
		assertThat(prepared("GET", " http://example.com").url()).isEqualTo("http://example.com/");
	}

	@Test
	@DisplayName("50: a list repeats its name")
	void multivalued() {
		Response response = this.session.get(url("/get"), (o) -> o.param("test", List.of("foo", "baz")));
		assertThat(response.url()).isEqualTo(url("/get?test=foo&test=baz"));
		assertThat(shown(response, "args")).isEqualTo("{\"test\":[\"foo\",\"baz\"]}");
	}

	@ParameterizedTest(name = "42, 49: {1}={2} at {0} arrives as it is")
	@CsvSource({ "/get, foo, føø", "/get, føø, føø", "/get, foo, foo", "/get, a b, c+d&e=f" })
	void unicodeParams(String path, String name, String value) {
		Response response = this.session.get(url(path), (o) -> o.param(name, value));
		assertThat(shown(response, "args", name)).isEqualTo(value);
	}

	@Test
	@DisplayName("42: a path beyond ASCII is sent as UTF-8 escapes")
	void unicodePath() {
		this.session.get(url("/ø"), (o) -> o.param("foo", "foo"));
		assertThat(this.httpbin.lastRequest().target()).isEqualTo("/%C3%B8?foo=foo");
	}

	@Test
	@DisplayName("21: parameters of session and request differ by case")
	void mergedCaseSensitively() {
		this.session.update((b) -> b.params(KeyValues.empty().plus("foo", "bar")));
		Response response = this.session.get(url("/get"), (o) -> o.param("FOO", "bar"));
		assertThat(shown(response, "args")).isEqualTo("{\"foo\":\"bar\",\"FOO\":\"bar\"}");
	}

	@Test
	@DisplayName("36: a long user information stays in the URL")
	void longUserinfo() {
		String url = "http://E8A3BE87-9E3F-4620-8858-95478E385B5B:EA770032-DA4D-4D84-8CE9-29C6D910BF1E@"
				+ "exactly-------------sixty-----------three------------characters:9000/path?query#frag";
		assertThat(prepared("GET", url).url()).isEqualTo(url);
	}

	@ParameterizedTest(name = "25: {0} is left alone, parameters too")
	@ValueSource(strings = { "data:image/gif;base64,R0lGODlhAQABAHAAACH5BAUAAAAALAAAAAABAAEAAAICRAEAOw==",
			"file:///etc/passwd", "magnet:?xt=urn:btih:be08f00302bc2d1d3cfa3af02024fa647a271431",
			"mailto:user@example.org", "data:SSDimaUgUHl0aG9uIQ==" })
	void otherSchemes(String url) {
		assertThat(prepared("GET", url).url()).isEqualTo(url);
		assertThat(prepare(url, Map.of("key", "value"))).isEqualTo(url);
	}

	@Test
	@DisplayName("26: schemes that begin with http are prepared, and take parameters")
	void schemesLikeHttp() {
		String url = "http+unix://%2Fvar%2Frun%2Fsocket/path";
		assertThat(prepared("GET", url + "%7E").url()).isEqualTo(url + "~");
		assertThat(prepare(url, Map.of("key", "value"))).isEqualTo(url + "?key=value");
	}

	@ParameterizedTest(name = "32, 33, 34, 37: {0}")
	@CsvSource({ "http://google.com, http://google.com/", "http://ジェーピーニック.jp, http://xn--hckqz9bzb1cyrb.jp/",
			"http://xn--n3h.net/, http://xn--n3h.net/", "http://straße.de/straße, http://xn--strae-oqa.de/stra%C3%9Fe",
			"http://Königsgäßchen.de/straße, http://xn--knigsgchen-b4a3dun.de/stra%C3%9Fe",
			"http://[1200:0000:ab00:1234:0000:2552:7777:1313]:12345/, "
					+ "http://[1200:0000:ab00:1234:0000:2552:7777:1313]:12345/" })
	void international(String url, String expected) {
		assertThat(prepared("GET", url).url()).isEqualTo(expected);
	}

	@ParameterizedTest(name = "30, 32: {0} is invalid")
	@ValueSource(strings = { "http://*.google.com", "http://*", "http://☃.net/" })
	void badHosts(String url) {
		assertThatExceptionOfType(InvalidUrlException.class).isThrownBy(() -> prepared("GET", url));
	}

	@Test
	@DisplayName("45: slashes at the beginning of the path are sent as they are")
	void leadingSlashes() {
		this.session.get(url("//v:h"));
		assertThat(this.httpbin.lastRequest().requestLine()).isEqualTo("GET //v:h HTTP/1.1");
	}

	@Test
	@DisplayName("44: a fragment is never sent")
	void fragmentNotSent() {
		Response response = this.session.get(url("/get?a=b#view=edit&token=hunter2"));
		assertThat(this.httpbin.lastRequest().requestLine()).isEqualTo("GET /get?a=b HTTP/1.1");
		assertThat(this.httpbin.lastRequest().head()).doesNotContain("hunter2");
		assertThat(response.url()).endsWith("#view=edit&token=hunter2");
	}

}
