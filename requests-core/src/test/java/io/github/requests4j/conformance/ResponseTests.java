package io.github.requests4j.conformance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.ChunkedEncodingException;
import io.github.requests4j.http.ContentDecodingException;
import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.InvalidHeaderException;
import io.github.requests4j.http.JsonDecodeException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SslException;
import io.github.requests4j.testserver.RawServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Responses: status, content, text, JSON, and reading them piece by piece.
 */
class ResponseTests extends HttpbinSupport {

	private static Response of(String content) {
		return Response.builder(200).raw(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8))).build();
	}

	private static List<String> texts(Iterator<byte[]> pieces) {
		List<String> texts = new ArrayList<>();
		pieces.forEachRemaining((piece) -> texts.add(new String(piece, StandardCharsets.UTF_8)));
		return texts;
	}

	@Test
	@DisplayName("209, 210: 4xx and 5xx are not ok, and are raised when asked for")
	void statuses() {
		for (int status : new int[] { 404, 500 }) {
			Response response = this.session.get(url("/status/" + status));
			assertThat(response.ok()).isFalse();
			assertThatExceptionOfType(HttpException.class).isThrownBy(response::raiseForStatus)
				.withMessageStartingWith(status + ((status < 500) ? " Client Error: " : " Server Error: ")
						+ response.reason() + " for url: " + url("/status/" + status) + " (GET). ")
				.satisfies((error) -> assertThat(error.response()).isSameAs(response));
		}
		Response fine = this.session.get(url("/get"));
		assertThat(fine.raiseForStatus()).isSameAs(fine);
	}

	@ParameterizedTest(name = "210: a reason in {0} is readable")
	@ValueSource(strings = { "UTF-8", "ISO-8859-1" })
	void reasons(String charset) {
		String reason = "Komponenttia ei löydy";
		String wire = new String(reason.getBytes(Charset.forName(charset)), StandardCharsets.ISO_8859_1);
		Response response = Response.builder(500).reason(wire).url("some url").build();
		assertThat(response.ok()).isFalse();
		assertThatExceptionOfType(HttpException.class).isThrownBy(response::raiseForStatus)
			.withMessageContaining(reason);
	}

	@ParameterizedTest(name = "226: {0} is decoded")
	@ValueSource(strings = { "gzip", "deflate" })
	void decoded(String coding) {
		Response response = this.session.get(url("/" + coding));
		assertThat(response.text()).isEqualTo("{\"compressed\":\"" + coding + "\"}");
		assertThat(response.headers().get("Content-Encoding")).isEqualTo(coding);
	}

	@Test
	@DisplayName("165, 226: a redirect that says gzip wrongly is followed all the same")
	void wronglyEncodedRedirect() throws IOException {
		try (RawServer server = RawServer.answering(
				"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain",
				"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
			assertThat(this.session.get(server.url("/")).statusCode()).isEqualTo(200);
		}
	}

	@Test
	@DisplayName("208: the time until the headers were there")
	void elapsed() {
		assertThat(this.session.get(url("/get")).elapsed()).isPositive();
	}

	@Test
	@DisplayName("219: without a body the content is empty, and no JSON")
	void empty() {
		for (Response response : List.of(Response.builder(0).build(), this.session.get(url("/status/204")))) {
			assertThat(response.content()).isEmpty();
			assertThat(response.text()).isEmpty();
			assertThatExceptionOfType(JsonDecodeException.class).isThrownBy(response::json);
		}
	}

	@Test
	@DisplayName("220, 224: pieces of a size, as they arrive, and of the response itself")
	void pieces() {
		assertThat(texts(of("the content").iterContent(1))).hasSize(11).allMatch((piece) -> piece.length() == 1);
		assertThat(texts(of("the content").iterContent())).containsExactly("the content");
		assertThat(texts(of("abc").iterator())).containsExactly("abc");
		assertThat(texts(of("x".repeat(300)).iterator())).extracting(String::length).containsExactly(128, 128, 44);
	}

	@ParameterizedTest(name = "220: content in memory in pieces of {0}: {1}")
	@CsvSource({ "0, 1", "-5, 1", "1, 4", "3, 2" })
	void slices(int size, int expected) {
		Response response = of("Test");
		assertThat(response.content()).hasSize(4);
		assertThat(texts(response.iterContent(size))).hasSize(expected);
	}

	@ParameterizedTest(name = "222: decoded pieces are text, also of content in memory ({0})")
	@ValueSource(booleans = { false, true })
	void decodedPieces(boolean inMemory) {
		Response response = of("the content");
		response.encoding("ascii");
		if (inMemory) {
			assertThat(response.content()).isNotEmpty();
		}
		StringBuilder text = new StringBuilder();
		response.iterText(1).forEachRemaining(text::append);
		assertThat(text).hasToString("the content");
	}

	@Test
	@DisplayName("223: lines as they come")
	void lines() {
		Response response = this.session.get(url("/stream/4"), (o) -> o.stream(true));
		Iterator<byte[]> lines = response.iterLines();
		assertThat(lines.next()).asString().isEqualTo("{\"id\":0}");
		assertThat(texts(lines)).hasSize(3);
	}

	@Test
	@DisplayName("16, 199, 233: leaving a response closes it, read or not")
	void closing() {
		Response left;
		try (Response response = this.session.get(url("/stream/4"), (o) -> o.stream(true))) {
			left = response;
			assertThat(response.isContentConsumed()).isFalse();
		}
		assertThat(left.isContentConsumed()).isFalse();
		assertThat(left.content()).isEmpty();
	}

	@Test
	@DisplayName("233: closing a response closes whatever its body comes from")
	void closesRaw() {
		List<String> closed = new ArrayList<>();
		Response response = Response.builder(200).raw(new ByteArrayInputStream(new byte[] { 'x' }) {
			@Override
			public void close() {
				closed.add("closed");
			}
		}).build();
		response.close();
		assertThat(closed).isNotEmpty();
	}

	@Test
	@DisplayName("214, 216: what is no JSON is told without showing it")
	void noJson() {
		Response response = this.session.get(url("/bytes/20"));
		assertThatExceptionOfType(JsonDecodeException.class).isThrownBy(response::json).satisfies((error) -> {
			assertThat(error).isInstanceOf(RequestException.class);
			assertThat(error.getMessage()).doesNotContain(response.text());
			assertThat(error.response().text()).isEqualTo(response.text());
			assertThat(error.problem()).isNotEmpty();
		});
	}

	@ParameterizedTest(name = "214, 217: JSON in {0}")
	@ValueSource(strings = { "UTF-8", "UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32", "UTF-32BE", "UTF-32LE" })
	void jsonOfOtherEncodings(String charset) throws IOException {
		byte[] body = "{\"test\": \"¡ø\"}".getBytes(Charset.forName(charset));
		try (RawServer server = RawServer.start((conversation) -> {
			conversation.readRequest();
			conversation.send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n");
			conversation.send(body);
		})) {
			assertThat(this.session.get(server.url("/")).json().path("test").stringValue()).isEqualTo("¡ø");
		}
	}

	@ParameterizedTest(name = "227, 231: {1} for {0}")
	@CsvSource(delimiter = '|',
			value = { "Transfer-Encoding: chunked;;5,,Hello,,ooops | ChunkedEncodingException",
					"Content-Length: 10;;Hello | ChunkedEncodingException",
					"Content-Length: 5;Content-Encoding: gzip;;Hello | ContentDecodingException",
					"Content-Length: 16;Content-Length: 32;;Hello | InvalidHeaderException" })
	void brokenBodies(String script, String expected) throws IOException {
		String answer = "HTTP/1.1 200 OK\r\n" + script.replace(";", "\r\n").replace(",,", "\r\n");
		try (RawServer server = RawServer.start((conversation) -> {
			conversation.readRequest();
			conversation.send(answer);
		})) {
			assertThatExceptionOfType(RequestException.class).isThrownBy(() -> this.session.get(server.url("/")))
				.satisfies((error) -> assertThat(error.getClass().getSimpleName()).isEqualTo(expected))
				.satisfies((error) -> assertThat(error.request()).isNotNull());
		}
	}

	@Test
	@DisplayName("227, 228, 229: errors of the body keep their type, and carry request and response")
	void typedErrors() {
		for (RequestException error : List.of(new ChunkedEncodingException("cut"), new SslException("tls"),
				new ContentDecodingException("gzip"), new InvalidHeaderException("length"))) {
			Response response = Response.builder(200).request(prepared("GET", url("/"))).raw(new InputStream() {
				@Override
				public int read() {
					throw error;
				}

				@Override
				public int read(byte[] buffer, int offset, int length) {
					throw error;
				}
			}).build();
			assertThatExceptionOfType(error.getClass()).isThrownBy(() -> response.iterContent(1024).next());
			assertThat(error.response()).isSameAs(response);
			assertThat(error.request()).isSameAs(response.request());
		}
	}

	@Test
	@DisplayName("218: links by what they are")
	void links() {
		CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();
		headers.put("link", "<https://api.example.com/repos?page=2&per_page=10>; rel=\"next\", "
				+ "<https://api.example.com/repos?page=7&per_page=10>;  rel=\"last\"");
		Response response = Response.builder(200).headers(headers).build();
		assertThat(response.links().get("next").rel()).isEqualTo("next");
		assertThat(response.links().get("last").url()).isEqualTo("https://api.example.com/repos?page=7&per_page=10");
	}

}
