package io.github.requests4j.conformance;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.Requests;
import io.github.requests4j.Session;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.InvalidSchemaException;
import io.github.requests4j.http.InvalidUrlException;
import io.github.requests4j.http.MissingSchemaException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Request;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The ways in: functions, sessions, requests that are made by hand.
 */
class EntryPointTests extends HttpbinSupport {

	@Test
	@DisplayName("3, 16: each function of the module is there, and a session has the same")
	void functions() {
		List<String> names = List.of("request", "get", "options", "head", "post", "put", "patch", "delete");
		for (Class<?> type : List.of(Requests.class, Session.class)) {
			assertThat(Arrays.stream(type.getMethods()).map(Method::getName)).containsAll(names);
		}
		try (Session session = Requests.session()) {
			assertThat(session.head(url("/get")).statusCode()).isEqualTo(200);
		}
	}

	@ParameterizedTest(name = "1, 2: {0} by the module")
	@CsvSource({ "get, /get", "put, /put", "post, /post", "patch, /patch", "delete, /delete", "options, /anything" })
	void methodsOfTheModule(String method, String path) {
		Response response = Requests.request(method, url(path));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(shown(response, "method")).isEqualToIgnoringCase(method);
	}

	@Test
	@DisplayName("230: HEAD has no body")
	void head() {
		Response response = Requests.head(url("/get"));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.content()).isEmpty();
		assertThat(response.headers().get("Content-Length")).isNotEqualTo("0");
	}

	@ParameterizedTest(name = "27: {0} lacks a scheme")
	@ValueSource(strings = { "hiwpefhipowhefopw", "//host/path", "" })
	void missingSchema(String url) {
		assertThatExceptionOfType(MissingSchemaException.class).isThrownBy(() -> Requests.get(url))
			.withMessageContaining("No scheme supplied");
	}

	@ParameterizedTest(name = "25, 197: {0} has a scheme that nothing is mounted for")
	@ValueSource(strings = { "localhost:3128", "localhost.localdomain:3128/", "10.122.1.1:3128/", "ftp://host/file" })
	void invalidSchema(String url) {
		assertThatExceptionOfType(InvalidSchemaException.class).isThrownBy(() -> Requests.get(url))
			.withMessageContaining("No connection adapters were found for '" + url + "'");
	}

	@ParameterizedTest(name = "28, 29, 30: {0} is invalid")
	@ValueSource(strings = { "http://", "http://*example.com", "http://.example.com", "http://fe80::5054:ff:fe5a:fc0",
			"http://localhost:-1" })
	void invalidUrl(String url) {
		assertThatExceptionOfType(InvalidUrlException.class).isThrownBy(() -> Requests.get(url));
	}

	@Test
	@DisplayName("240: a name that does not exist and a port that nobody listens to are connection errors")
	void connectionErrors() {
		assertThatExceptionOfType(ConnectionException.class)
			.isThrownBy(() -> this.session.get("http://does-not-exist.invalid/"));
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> this.session.get("http://127.0.0.1:1/"))
			.satisfies((error) -> assertThat(error.request()).isNotNull());
	}

	@Test
	@DisplayName("68: a request made by hand is prepared with URL and form")
	void basicBuilding() {
		Request request = Request.of("POST", "http://example.org/", (o) -> o.data(Map.of("life", "42")));
		PreparedRequest prepared = request.prepare();
		assertThat(prepared.url()).isEqualTo(request.url());
		assertThat(prepared.body().text()).isEqualTo("life=42");
	}

	@ParameterizedTest(name = "31: {0} is http")
	@ValueSource(strings = { "http://", "HTTP://", "hTTp://", "HttP://" })
	void schemeInAnyCase(String scheme) {
		PreparedRequest prepared = prepared("GET", scheme + this.httpbin.authority() + "/get");
		assertThat(this.session.send(prepared).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest(name = "54: the header {0} names the user agent")
	@ValueSource(strings = { "User-agent", "user-agent", "User-Agent" })
	void userAgent(String name) {
		Response response = Requests.get(url("/user-agent"), (o) -> o.header(name, "Mozilla/5.0"));
		assertThat(this.httpbin.lastRequest().headers("User-Agent")).containsExactly("Mozilla/5.0");
		assertThat(response.text()).contains("Mozilla/5.0");
	}

	@Test
	@DisplayName("52: parameters join a query that is there")
	void mixedParams() {
		Response response = Requests.get(url("/get?test=true"), (o) -> o.param("q", "test"));
		assertThat(shown(response, "args")).isEqualTo("{\"test\":\"true\",\"q\":\"test\"}");
	}

	@Test
	@DisplayName("13: only a prepared request can be sent: send takes nothing else")
	void sendTakesPreparedRequests() {
		assertThat(Session.class.getMethods()).filteredOn((method) -> method.getName().equals("send"))
			.isNotEmpty()
			.allMatch((method) -> method.getParameterTypes()[0] == PreparedRequest.class);
	}

	@Test
	@DisplayName("5: a method of any case and kind is upper-cased and sent")
	void anyMethod() {
		this.session.request("purge", url("/anything"));
		assertThat(this.httpbin.lastRequest().method()).isEqualTo("PURGE");
		PreparedRequest prepared = this.session.prepareRequest(Request.of("post", url("/post")));
		assertThat(prepared.method()).isEqualTo("POST");
		assertThat(this.session.send(prepared).statusCode()).isEqualTo(200);
	}

	@Test
	@DisplayName("6: a method that is no token is no RequestException but misuse")
	void badMethod() {
		assertThatIllegalArgumentException().isThrownBy(() -> Requests.request("G E T", url("/get")))
			.isNotInstanceOf(RequestException.class);
		assertThat(this.httpbin.connectionCount()).isZero();
	}

	@Test
	@DisplayName("1, 103: module-level calls neither keep nor share cookies")
	void noCookiesKept() {
		Requests.get(url("/cookies/set?foo=bar"));
		Response response = Requests.get(url("/cookies"));
		assertThat(shown(response, "cookies")).isEqualTo("{}");
	}

}
