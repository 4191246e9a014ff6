package io.github.requests4j.conformance;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.auth.HttpBasicAuth;
import io.github.requests4j.body.BodySource;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.InvalidHeaderException;
import io.github.requests4j.http.InvalidJsonException;
import io.github.requests4j.http.KeyValues;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Request;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.UnrewindableBodyException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Bodies of requests: forms, text, bytes, streams, JSON, and how their length is told.
 */
class BodyTests extends HttpbinSupport {

	private static final String ANYWHERE = "http://www.example.com/";

	private static PreparedRequest post(Body body) {
		return Request.of("POST", ANYWHERE, (o) -> o.data(body)).prepare();
	}

	private static InputStream stream(String text) {
		return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
	}

	private static String written(Body body) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		body.writeTo(out);
		return out.toString(StandardCharsets.UTF_8);
	}

	@ParameterizedTest(name = "71: {0} without a body tells no length")
	@ValueSource(strings = { "GET", "HEAD" })
	void noLength(String method) {
		assertThat(prepared(method, ANYWHERE).headers()).doesNotContainKey("Content-Length");
	}

	@ParameterizedTest(name = "70, 71: {0} without a body, or with an empty one, has length 0")
	@ValueSource(strings = { "POST", "PUT", "PATCH", "OPTIONS" })
	void lengthZero(String method) {
		assertThat(prepared(method, ANYWHERE).headers()).containsEntry("Content-Length", "0");
		PreparedRequest empty = Request.of(method, ANYWHERE, (o) -> o.data("")).prepare();
		assertThat(empty.headers()).containsEntry("Content-Length", "0");
	}

	@Test
	@DisplayName("71: of a caller's Content-Length without a body only 0 is kept, which is a difference")
	void ownLength() {
		RequestOptions request = new RequestOptions();
		assertThat(request.header("Content-Length", "0").toRequest("POST", ANYWHERE).prepare().headers())
			.containsEntry("Content-Length", "0");
		for (String length : List.of("not zero", "5")) {
			assertThatExceptionOfType(InvalidHeaderException.class)
				.isThrownBy(() -> request.header("Content-Length", length).toRequest("POST", ANYWHERE).prepare());
		}
	}

	@Test
	@DisplayName("66, 67: text and bytes are sent as they are, their length in bytes")
	void textAndBytes() {
		String text = "This has bytes beyond ASCII: öö ☃";
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		PreparedRequest asBytes = post(Body.of(bytes));
		PreparedRequest asText = post(Body.of(text));
		assertThat(asBytes.body().bytes()).isEqualTo(bytes);
		assertThat(asBytes.headers()).containsEntry("Content-Length", String.valueOf(bytes.length))
			.doesNotContainKey("Content-Type");
		assertThat(asText.headers()).containsEntry("Content-Length", String.valueOf(bytes.length));
		assertThat(post(Body.of("this is a string")).headers()).containsEntry("Content-Length", "16");
		this.session.put(url("/put"), (o) -> o.header("Content-Type", "application/octet-stream").data("\u00ff"));
		assertThat(this.httpbin.lastRequest().body()).containsExactly(0xc3, 0xbf);
	}

	@Test
	@DisplayName("50, 68: a form repeats the name of a list")
	void formWithList() {
		PreparedRequest request = post(Body.form(Map.of("test", List.of("foo", "baz"))));
		assertThat(request.body().text()).isEqualTo("test=foo&test=baz");
		assertThat(request.headers()).containsEntry("Content-Type", "application/x-www-form-urlencoded");
	}

	@Test
	@DisplayName("68: pairs are a form in their order, names may repeat")
	void formOfPairs() {
		KeyValues pairs = KeyValues
			.fromPairs(List.of(List.of("c", "d"), List.of("a", "b"), Map.entry("e", "f"), Map.entry("c", "x")));
		assertThat(post(Body.form(pairs)).body().text()).isEqualTo("c=d&a=b&e=f&c=x");
	}

	@Test
	@DisplayName("68: any kind of map is a form")
	void anyMap() {
		Response response = this.session.post(url("/post"), (o) -> o.data(new TreeMap<>(Map.of("some", "data"))));
		assertThat(shown(response, "form")).isEqualTo("{\"some\":\"data\"}");
	}

	@Test
	@DisplayName("66, 70: posts with nothing, a form and text")
	void posts() {
		assertThat(this.session.post(url("/post")).ok()).isTrue();
		assertThat(this.session.post(url("/post"), (o) -> o.data(Map.of("some", "data"))).ok()).isTrue();
		Response response = this.session.post(url("/post"), (o) -> o.data("[{\"some\": \"json\"}]"));
		assertThat(shown(response, "data")).isEqualTo("[{\"some\": \"json\"}]");
	}

	@Test
	@DisplayName("74, 77: a stream is sent from where it stands, with the length that is left")
	void partlyReadStream() throws IOException {
		Response whole = this.session.post(url("/post"), (o) -> o.data(stream("test")));
		assertThat(shown(whole, "data")).isEqualTo("test");
		InputStream stream = stream("test");
		assertThat(stream.readNBytes(2)).hasSize(2);
		Response rest = this.session.post(url("/post"), (o) -> o.data(stream));
		assertThat(shown(rest, "data")).isEqualTo("st");
		assertThat(this.httpbin.lastRequest().header("Content-Length")).isEqualTo("2");
	}

	@Test
	@DisplayName("74: an empty stream goes out in chunks, also with auth, and has no Content-Length")
	void emptyStream() {
		PreparedRequest request = Request
			.of("POST", url("/post"), (o) -> o.data(Body.of(stream(""))).auth(new HttpBasicAuth("user", "pass")))
			.prepare();
		assertThat(request.headers()).containsEntry("Transfer-Encoding", "chunked").doesNotContainKey("Content-Length");
		this.session.send(request);
		assertThat(this.httpbin.lastRequest().wireBodyText()).isEqualTo("0\r\n\r\n");
	}

	@Test
	@DisplayName("74, 84: a stream of known length has a Content-Length, also with auth")
	void streamOfKnownLength() {
		PreparedRequest request = Request
			.of("POST", ANYWHERE, (o) -> o.data(Body.of(stream("test data"))).auth(new HttpBasicAuth("user", "pass")))
			.prepare();
		assertThat(request.headers()).containsEntry("Content-Length", "9").doesNotContainKey("Transfer-Encoding");
	}

	@Test
	@DisplayName("74, 79: an iterator goes out in chunks, one for each item")
	void iterator() {
		PreparedRequest request = post(Body.of(List.of("a", "b", "c").iterator()));
		assertThat(request.headers()).containsEntry("Transfer-Encoding", "chunked").doesNotContainKey("Content-Length");
		Response response = this.session.post(url("/post"),
				(o) -> o.data(List.of("a", new byte[] { 'b' }, "", "c").iterator()).stream(true));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.request().headers()).containsEntry("Transfer-Encoding", "chunked");
		assertThat(this.httpbin.lastRequest().wireBodyText()).isEqualTo("1\r\na\r\n1\r\nb\r\n1\r\nc\r\n0\r\n\r\n");
		response.close();
	}

	@Test
	@DisplayName("57: a body in chunks has one Host, the caller's or the automatic one")
	void hostOfChunks() {
		this.session.post(url("/post"), (o) -> o.header("Host", "sample-host").data(List.of("a").iterator()));
		assertThat(this.httpbin.lastRequest().headers("Host")).containsExactly("sample-host");
		this.session.post(url("/post"), (o) -> o.data(List.of("a").iterator()));
		assertThat(this.httpbin.lastRequest().headers("Host")).containsExactly(this.httpbin.authority());
	}

	@Test
	@DisplayName("82, 249: a body is rewound to where it stood when it was prepared")
	void rewind() throws IOException {
		InputStream stream = stream("the data");
		assertThat(stream.readNBytes(4)).asString().isEqualTo("the ");
		Body body = post(Body.of(stream)).body();
		assertThat(body.isRewindable()).isTrue();
		assertThat(written(body)).isEqualTo("data");
		body.rewind();
		assertThat(written(body)).isEqualTo("data");
	}

	@Test
	@DisplayName("82, 249: text and bytes need no rewinding")
	void rewindOfBytes() throws IOException {
		Body body = post(Body.of("the data")).body();
		for (int i = 0; i < 2; i++) {
			body.rewind();
			assertThat(written(body)).isEqualTo("the data");
		}
	}

	@Test
	@DisplayName("149, 249: what cannot be rewound says so")
	void rewindRefused() throws IOException {
		Body items = post(Body.of(List.of("a").iterator())).body();
		assertThat(written(items)).isEqualTo("a");
		assertThatExceptionOfType(UnrewindableBodyException.class).isThrownBy(items::rewind)
			.withMessageContaining("Unable to rewind request body");
		Body broken = post(Body.of(new BrokenSource())).body();
		assertThat(written(broken)).isEqualTo("x");
		assertThatExceptionOfType(UnrewindableBodyException.class).isThrownBy(broken::rewind)
			.withMessageContaining("error occurred when rewinding request body");
	}

	@Test
	@DisplayName("85, 87: JSON is sent with its type, and comes back")
	void json() {
		Response response = this.session.post(url("/post"), (o) -> o.json(Map.of("life", 42)));
		assertThat(response.request().headers().get("Content-Type")).isEqualTo("application/json");
		assertThat(shown(response, "json")).isEqualTo("{\"life\":42}");
	}

	@Test
	@DisplayName("85: data beats JSON")
	void dataBeatsJson() {
		PreparedRequest request = Request
			.of("POST", ANYWHERE, (o) -> o.data(Map.of("stuff", "elixr")).json(Map.of("music", "flute")))
			.prepare();
		assertThat(request.body().text()).isEqualTo("stuff=elixr");
	}

	@Test
	@DisplayName("86: the body of JSON is bytes in memory")
	void jsonIsBytes() {
		PreparedRequest request = new PreparedRequest();
		request.prepare(Request.of("GET", ANYWHERE, (o) -> o.json(Map.of("key", "value"))));
		assertThat(request.body().bytes()).asString().isEqualTo("{\"key\":\"value\"}");
	}

	@Test
	@DisplayName("88: numbers that JSON does not have are refused before anything is sent")
	void jsonNan() {
		assertThatExceptionOfType(InvalidJsonException.class)
			.isThrownBy(() -> this.session.post(url("/post"), (o) -> o.json(Map.of("foo", Double.NaN))));
		assertThat(this.httpbin.connectionCount()).isZero();
	}

	@Test
	@DisplayName("85: falsy values are JSON too, null is none")
	void falsyJson() {
		Map<Object, String> expected = new LinkedHashMap<>();
		expected.put(Map.of(), "{}");
		expected.put(List.of(), "[]");
		expected.put(0, "0");
		expected.put(false, "false");
		expected.put("", "\"\"");
		expected.forEach(
				(value, text) -> assertThat(Request.of("POST", ANYWHERE, (o) -> o.json(value)).prepare().body().bytes())
					.asString()
					.isEqualTo(text));
		assertThat(Request.of("POST", ANYWHERE, (o) -> o.json(null)).prepare().body()).isNull();
	}

	/** Promises that it can be rewound, and cannot. */
	private static final class BrokenSource implements BodySource {

		@Override
		public long contentLength() {
			return UNKNOWN_LENGTH;
		}

		@Override
		public void writeTo(OutputStream out) throws IOException {
			out.write('x');
		}

		@Override
		public boolean isRewindable() {
			return true;
		}

		@Override
		public void rewind() throws IOException {
			throw new IOException("the tape is stuck");
		}

	}

}
