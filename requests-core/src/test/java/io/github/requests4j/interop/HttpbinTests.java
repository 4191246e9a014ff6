package io.github.requests4j.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import io.github.requests4j.auth.BearerAuth;
import io.github.requests4j.auth.HttpDigestAuth;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.ReadTimeoutException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.TooManyRedirectsException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Sessions against Python's httpbin, the usual counterpart of requests.
 */
@Tag("once")
class HttpbinTests {

	@TempDir
	static Path folder;

	private static HttpbinApp httpbin;

	@BeforeAll
	static void start() throws IOException {
		httpbin = HttpbinApp.start(folder);
	}

	@AfterAll
	static void stop() {
		if (httpbin != null) {
			httpbin.close();
		}
	}

	private static JsonNode json(Response response) {
		assertThat(response.statusCode()).isEqualTo(200);
		return response.json();
	}

	@Test
	void parametersAndHeadersArrive() {
		try (Client client = Client.create()) {
			JsonNode seen = json(client.session()
				.get(httpbin.url("/get"),
						(request) -> request.param("q", "gr\u00fcn & blau")
							.param("n", List.of(1, 2))
							.header("X-Name", "value")));
			assertThat(seen.at("/args/q").asString()).isEqualTo("gr\u00fcn & blau");
			assertThat(seen.at("/args/n/1").asString()).isEqualTo("2");
			assertThat(seen.at("/headers/X-Name").asString()).isEqualTo("value");
			assertThat(seen.at("/url").asString()).isEqualTo(httpbin.url("/get?q=gr\u00fcn+%26+blau&n=1&n=2"));
			client.assertUsable(httpbin.url("/get"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "PATCH", "DELETE" })
	void bodiesOfEachMethodArrive(String method) {
		String url = httpbin.url("/" + method.toLowerCase(Locale.ROOT));
		try (Client client = Client.create()) {
			JsonNode form = json(client.session()
				.request(method, url, (request) -> request.data(Map.of("name", "J\u00f6rg & Ann"))));
			assertThat(form.at("/form/name").asString()).isEqualTo("J\u00f6rg & Ann");
			JsonNode json = json(
					client.session().request(method, url, (request) -> request.json(Map.of("list", List.of(1, 2)))));
			assertThat(json.at("/json/list/1").asInt()).isEqualTo(2);
			JsonNode text = json(client.session().request(method, url, (request) -> request.data("plain")));
			assertThat(text.at("/data").asString()).isEqualTo("plain");
			JsonNode empty = json(client.session().request(method, url));
			assertThat(empty.at("/data").asString()).isEmpty();
			client.assertUsable(httpbin.url("/get"));
		}
	}

	@DeepTest
	@Test
	void filesArrive() throws IOException {
		Path file = Files.writeString(folder.resolve("report.txt"), "the report");
		try (Client client = Client.create()) {
			JsonNode seen = json(client.session()
				.post(httpbin.url("/post"), (request) -> request.file("report", file).data(Map.of("year", "2026"))));
			assertThat(seen.at("/files/report").asString()).isEqualTo("the report");
			assertThat(seen.at("/form/year").asString()).isEqualTo("2026");
			client.assertUsable(httpbin.url("/get"));
		}
	}

	@DeepTest
	@Test
	void chunkedBodyArrives() {
		try (Client client = Client.create()) {
			JsonNode seen = json(client.session()
				.post(httpbin.url("/post"), (request) -> request.data(List.of("one ", "two").iterator())));
			assertThat(seen.at("/data").asString()).isEqualTo("one two");
			assertThat(seen.at("/headers/Transfer-Encoding").asString()).isEqualTo("chunked");
			client.assertUsable(httpbin.url("/get"));
		}
	}

	@DeepTest
	@Test
	void headAndOptionsHaveNoBody() {
		try (Client client = Client.create()) {
			Response head = client.session().head(httpbin.url("/get"));
			Client.assertResponse(head, 200, "");
			assertThat(head.headers()).containsKey("Content-Length");
			Response options = client.session().options(httpbin.url("/get"));
			Client.assertResponse(options, 200, "");
			assertThat(options.headers().get("Allow")).contains("GET");
			client.assertUsable(httpbin.url("/get"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@ValueSource(strings = { "/redirect/3", "/relative-redirect/3", "/absolute-redirect/3" })
	void redirectsAreFollowed(String path) {
		try (Client client = Client.create()) {
			Response response = client.session().get(httpbin.url(path));
			assertThat(response.url()).isEqualTo(httpbin.url("/get"));
			assertThat(json(response).at("/url").asString()).isEqualTo(httpbin.url("/get"));
			assertThat(response.history()).extracting(Response::statusCode).containsExactly(302, 302, 302);
			client.assertUsable(httpbin.url("/get"));
		}
	}

	@DeepTest
	@Test
	void redirectsAreLimited() {
		try (Client client = Client.create((session) -> session.maxRedirects(3))) {
			assertThatExceptionOfType(TooManyRedirectsException.class)
				.isThrownBy(() -> client.session().get(httpbin.url("/redirect/5")));
			client.assertUsable(httpbin.url("/get"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@CsvSource({ "301, GET", "302, GET", "303, GET", "307, POST", "308, POST" })
	void redirectOfPostUsesTheRightMethod(int status, String method) {
		try (Client client = Client.create()) {
			Response response = client.session()
				.post(httpbin.url("/redirect-to"),
						(request) -> request.param("url", "/anything").param("status_code", status).data("kept"));
			JsonNode seen = json(response);
			assertThat(seen.at("/method").asString()).isEqualTo(method);
			assertThat(seen.at("/data").asString()).isEqualTo(method.equals("POST") ? "kept" : "");
			client.assertUsable(httpbin.url("/get"));
		}
	}

	@DeepTest
	@Test
	void cookiesAreKeptAndDeleted() {
		try (Client client = Client.create()) {
			JsonNode set = json(client.session().get(httpbin.url("/cookies/set?one=1&two=2")));
			assertThat(set.at("/cookies")).hasSize(2);
			JsonNode sent = json(
					client.session().get(httpbin.url("/cookies"), (request) -> request.cookie("three", "3")));
			assertThat(sent.at("/cookies/three").asString()).isEqualTo("3");
			json(client.session().get(httpbin.url("/cookies/delete?one")));
			JsonNode left = json(client.session().get(httpbin.url("/cookies")));
			assertThat(left.at("/cookies").toString()).isEqualTo("{\"two\":\"2\"}");
			client.assertUsable(httpbin.url("/get"));
		}
	}

	@DeepTest
	@Test
	void basicAndBearerAuthenticate() {
		try (Client client = Client.create()) {
			JsonNode basic = json(client.session()
				.get(httpbin.url("/basic-auth/ann/secret"), (request) -> request.auth("ann", "secret")));
			assertThat(basic.at("/user").asString()).isEqualTo("ann");
			assertThat(client.session()
				.get(httpbin.url("/basic-auth/ann/secret"), (request) -> request.auth("ann", "wrong"))
				.statusCode()).isEqualTo(401);
			JsonNode bearer = json(
					client.session().get(httpbin.url("/bearer"), (request) -> request.auth(new BearerAuth("token"))));
			assertThat(bearer.at("/token").asString()).isEqualTo("token");
			client.assertUsable(httpbin.url("/get"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@CsvSource({ "auth, MD5", "auth, SHA-256", "auth, SHA-512" })
	void digestAuthenticates(String quality, String algorithm) {
		String url = httpbin.url("/digest-auth/" + quality + "/ann/secret/" + algorithm);
		try (Client client = Client.create()) {
			JsonNode seen = json(
					client.session().get(url, (request) -> request.auth(new HttpDigestAuth("ann", "secret"))));
			assertThat(seen.at("/user").asString()).isEqualTo("ann");
			assertThat(client.session()
				.get(url, (request) -> request.auth(new HttpDigestAuth("ann", "wrong")))
				.statusCode()).isEqualTo(401);
			client.assertUsable(httpbin.url("/get"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@CsvSource({ "/gzip, gzipped, gzip", "/deflate, deflated, deflate", "/brotli, brotli, br" })
	void encodedBodyIsDecoded(String path, String flag, String encoding) {
		try (Client client = Client.create()) {
			Response response = client.session().get(httpbin.url(path));
			assertThat(json(response).at("/" + flag).asBoolean()).isTrue();
			assertThat(response.headers()).containsEntry("Content-Encoding", encoding);
			client.assertUsable(httpbin.url("/get"));
		}
	}

	@DeepTest
	@Test
	void linesAreStreamed() {
		try (Client client = Client.create()) {
			Response response = client.session().get(httpbin.url("/stream/20"), (request) -> request.stream(true));
			assertThat(response.headers()).containsEntry("Transfer-Encoding", "chunked");
			List<String> lines = response.lines().toList();
			assertThat(lines).hasSize(20);
			assertThat(lines.get(19)).contains("\"id\": 19");
			client.assertUsable(httpbin.url("/get"));
		}
	}

	@DeepTest
	@Test
	void unreadStreamIsClosed() {
		try (Client client = Client.create()) {
			Response response = client.session().get(httpbin.url("/stream/100"), (request) -> request.stream(true));
			Iterator<String> lines = response.lines().iterator();
			assertThat(lines.next()).contains("\"id\": 0");
			response.close();
			client.assertUsable(httpbin.url("/get"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@ValueSource(strings = { "/bytes/100000?seed=1", "/stream-bytes/100000?seed=1&chunk_size=7000" })
	void seededBytesAreEqual(String path) {
		try (Client client = Client.create()) {
			byte[] first = client.session().get(httpbin.url(path)).content();
			assertThat(first).hasSize(100_000);
			Client.assertResponse(client.session().get(httpbin.url(path)), 200, first);
			client.assertUsable(httpbin.url("/get"));
		}
	}

	@DeepTest
	@Test
	void rangeReturnsPart() {
		try (Client client = Client.create()) {
			Response response = client.session()
				.get(httpbin.url("/range/1000"), (request) -> request.header("Range", "bytes=26-51"));
			Client.assertResponse(response, 206, "abcdefghijklmnopqrstuvwxyz");
			assertThat(response.headers()).containsEntry("Content-Range", "bytes 26-51/1000");
			client.assertUsable(httpbin.url("/get"));
		}
	}

	@DeepTest
	@Test
	void slowResponseEndsInReadTimeout() {
		try (Client client = Client.create()) {
			for (int i = 0; i < 2; i++) {
				assertThatExceptionOfType(ReadTimeoutException.class).isThrownBy(() -> client.session()
					.get(httpbin.url("/delay/10"), (request) -> request.timeout(Duration.ofMillis(300))));
				client.assertNothingLeased();
			}
			json(client.session().get(httpbin.url("/delay/1")));
			client.assertUsable(httpbin.url("/get"));
		}
	}

	@DeepTest
	@Test
	void pauseWithinTheBodyEndsInReadTimeout() {
		try (Client client = Client.create()) {
			Response response = client.session()
				.get(httpbin.url("/drip?numbytes=2&duration=20&delay=0"),
						(request) -> request.stream(true).timeout(Duration.ofMillis(300)));
			assertThat(response.statusCode()).isEqualTo(200);
			assertThatExceptionOfType(ReadTimeoutException.class).isThrownBy(response::content);
			client.assertUsable(httpbin.url("/get"));
		}
	}

	@DeepTest
	@ParameterizedTest
	@ValueSource(ints = { 200, 204, 205, 304, 400, 404, 418, 429, 500, 503 })
	void statusIsReturned(int status) {
		try (Client client = Client.create()) {
			for (String method : List.of("GET", "POST")) {
				Response response = client.session().request(method, httpbin.url("/status/" + status));
				assertThat(response.statusCode()).isEqualTo(status);
				if (status >= 400) {
					assertThatExceptionOfType(HttpException.class).isThrownBy(response::raiseForStatus)
						.satisfies((ex) -> assertThat(ex.statusCode()).isEqualTo(status));
				}
			}
			client.assertUsable(httpbin.url("/get"));
		}
	}

	@DeepTest
	@Test
	void unchangedResourceReturns304() {
		try (Client client = Client.create()) {
			Response response = client.session()
				.get(httpbin.url("/etag/tag"), (request) -> request.header("If-None-Match", "\"tag\""));
			Client.assertResponse(response, 304, "");
			client.assertUsable(httpbin.url("/get"));
		}
	}

	@DeepTest
	@Test
	void largeBodyIsReturned() {
		String text = "0123456789".repeat(200_000);
		try (Client client = Client.create()) {
			JsonNode seen = json(
					client.session().post(httpbin.url("/anything"), (request) -> request.data(Body.of(text))));
			assertThat(seen.at("/data").asString()).isEqualTo(text);
			client.assertUsable(httpbin.url("/get"));
		}
	}

}
