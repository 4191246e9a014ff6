package io.github.requests4j.adapters;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.ChunkedEncodingException;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.InvalidHeaderException;
import io.github.requests4j.http.Limits;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.testserver.RawServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a strict client of RFC 9112 must refuse, and what it must take. Escapes are
 * written out: {@code ~} is CR LF.
 */
class MalformedResponseTests {

	private final HttpAdapter adapter = HttpAdapter.builder().build();

	@AfterEach
	void close() {
		this.adapter.close();
	}

	private static String wire(String text) {
		return text.replace("~", "\r\n").replace("<NUL>", "\0").replace("<CR>", "\r").replace("<LF>", "\n");
	}

	private static String answer(String response) throws IOException {
		try (RawServer server = RawServer.start((conversation) -> {
			conversation.readRequest();
			conversation.send(wire(response));
		}); HttpAdapter adapter = HttpAdapter.builder().build()) {
			return text(adapter, server);
		}
	}

	private static String text(HttpAdapter adapter, RawServer server) {
		try {
			return Calls.text(adapter, Calls.get(server.url("/")), Calls.readTimeout(5000));
		}
		catch (RequestException ex) {
			assertThat(adapter.poolStatistics().leased()).isZero();
			assertThat(adapter.poolStatistics().available()).isZero();
			throw ex;
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 abc OK~Content-Length: 0~~", "HTTP/1.1 20 OK~Content-Length: 0~~",
			"HTTP/1.1 2000 OK~Content-Length: 0~~", "HTTP/1.1 000 OK~Content-Length: 0~~",
			"HTTP/1.1 099 OK~Content-Length: 0~~", "HTTP/1.1 -20 OK~Content-Length: 0~~",
			"HTTP/1.-1 200 OK~Content-Length: 0~~", "HTTP/2.0 200 OK~Content-Length: 0~~",
			"HTTP/0.9 200 OK~Content-Length: 0~~", "HTTP/1.x 200 OK~Content-Length: 0~~",
			"HTTP/11 200 OK~Content-Length: 0~~", "http/1.1 200 OK~Content-Length: 0~~",
			"ICY 200 OK~Content-Length: 0~~", "HTTP/1.1  200 OK~Content-Length: 0~~",
			"HTTP/1.1\t200 OK~Content-Length: 0~~", " HTTP/1.1 200 OK~Content-Length: 0~~",
			"HTTP/1.1 200 O<NUL>K~Content-Length: 0~~", "HTTP/1.1 200 O<CR>K~Content-Length: 0~~",
			"junk~HTTP/1.1 200 OK~Content-Length: 0~~", "~~HTTP/1.1 200 OK~Content-Length: 0~~",
			"HTTP/1.1 200 OK~A: 1~ folded~Content-Length: 0~~", "HTTP/1.1 200 OK~ A: 1~Content-Length: 0~~",
			"HTTP/1.1 200 OK~A : 1~Content-Length: 0~~", "HTTP/1.1 200 OK~: 1~Content-Length: 0~~",
			"HTTP/1.1 200 OK~no colon~Content-Length: 0~~", "HTTP/1.1 200 OK~A\u00e9: 1~Content-Length: 0~~",
			"HTTP/1.1 200 OK~A: x<NUL>y~Content-Length: 0~~", "HTTP/1.1 200 OK~A: x<CR>y~Content-Length: 0~~",
			"HTTP/1.1 200 OK~A<NUL>: x~Content-Length: 0~~", "HTTP/1.1 200 OK~A(b): x~Content-Length: 0~~",
			"HTTP/1.1 101 Switching Protocols~Upgrade: x~~HTTP/1.1 200 OK~Content-Length: 0~~", "",
			"HTTP/1.1 200 OK~Content-Length: 0~", "HTTP/1.1 200 OK~Content-Length: 0~<CR>", "HTTP/1.1 200 OK<CR>",
			"HTTP/1.1 200" })
	@DisplayName("232, threat 22: a head that is not HTTP/1.1 is a ConnectionException")
	void refusesHeads(String response) {
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> answer(response))
			.satisfies((ex) -> assertThat(ex).isExactlyInstanceOf(ConnectionException.class))
			.satisfies((ex) -> assertThat(ex.request()).isNotNull());
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: +5", "Content-Length: -1", "Content-Length: abc", "Content-Length: 5 5",
			"Content-Length: 0x5", "Content-Length:", "Content-Length: 5, 6", "Content-Length: 5~Content-Length: 6",
			"Content-Length: 5,", "Content-Length: 99999999999999999999", "Content-Length: 5.0",
			"Transfer-Encoding: gzip, chunked", "Transfer-Encoding: xchunked", "Transfer-Encoding: chunked, chunked",
			"Transfer-Encoding: identity", "Transfer-Encoding:" })
	@DisplayName("231, threat 22: lengths that are not clear are InvalidHeaderExceptions, with the response")
	void refusesLengths(String header) {
		assertThatExceptionOfType(InvalidHeaderException.class)
			.isThrownBy(() -> answer("HTTP/1.1 200 OK~" + header + "~~hello"))
			.satisfies((ex) -> assertThat(ex.request()).isNotNull())
			.satisfies((ex) -> assertThat(ex.response().statusCode()).isEqualTo(200));
	}

	@ParameterizedTest
	@ValueSource(strings = { "+5~hello~0~~", "-5~hello~0~~", "0x5~hello~0~~", "5 ~hello~0~~", " 5~hello~0~~",
			"g~hello~0~~", "~hello~0~~", "5~hello0~~", "5~hello~~0~~", "5~hello!~0~~", "5~hello~0~", "5~hello~0",
			"5~hello~", "5~hello", "5~hel", "5", "", "5<LF>hello~0~~", "5~hello<LF>0~~", "5~hello~0<LF>~",
			"5;a=<NUL>~hello~0~~", "fffffffffffffffff~hello~0~~", "8000000000000000~hello~0~~",
			"5~hello~0~Bad Trailer~~", "5~hello~0~A: <NUL>~~", "5~hello~0~A: 1~", "5~hello~0~<CR>", "5<CR>hello~0~~" })
	@DisplayName("227, threat 22: bad, cut or unterminated chunks are ChunkedEncodingExceptions")
	void refusesChunks(String body) {
		assertThatExceptionOfType(ChunkedEncodingException.class)
			.isThrownBy(() -> answer("HTTP/1.1 200 OK~Transfer-Encoding: chunked~~" + body))
			.satisfies((ex) -> assertThat(ex.request()).isNotNull())
			.satisfies((ex) -> assertThat(ex.response()).isNotNull());
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 200 OK~Content-Length: 5~~hello", "HTTP/1.1 200 ~Content-Length: 5~~hello",
			"HTTP/1.1 200~Content-Length: 5~~hello", "HTTP/1.0 200 OK~Content-Length: 5~~hello",
			"HTTP/1.7 200 OK~Content-Length: 5~~hello", "~HTTP/1.1 200 OK~Content-Length: 5~~hello",
			"HTTP/1.1 999 Own~Content-Length: 5~~hello", "HTTP/1.1 200 OK<LF>Content-Length: 5<LF><LF>hello",
			"HTTP/1.1 200 OK~Content-Length: 5~Content-Length: 5~~hello", "HTTP/1.1 200 OK~Content-Length: 5, 5~~hello",
			"HTTP/1.1 200 OK~Content-Length: \t 5 \t~~hello", "HTTP/1.1 200 OK~content-length:5~~hello",
			"HTTP/1.1 200 OK~Content-Length: 005~~hello", "HTTP/1.1 200 OK~~hello",
			"HTTP/1.1 200 OK~A:~B: x\ty \u00e9~~hello", "HTTP/1.1 200 OK~transfer-encoding: CHUNKED~~5~hello~0~~",
			"HTTP/1.1 200 OK~Transfer-Encoding: chunked~~05;a=\"b\"; c~hello~000~~",
			"HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hello~0~T: 1~U: 2~~",
			"HTTP/1.1 200 OK~Transfer-Encoding: chunked~Content-Length: 3~~5~hello~0~~",
			"HTTP/1.1 102 Processing~~HTTP/1.1 103 Early Hints~A: 1~~HTTP/1.1 200 OK~Content-Length: 5~~hello" })
	@DisplayName("230: what is unusual but valid is taken")
	void accepts(String response) throws IOException {
		assertThat(answer(response)).isEqualTo("hello");
	}

	@Test
	@DisplayName("threat 20: with Content-Length and Transfer-Encoding chunks win, and the connection is closed")
	void closesAfterBothLengths() throws IOException {
		String both = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
		try (RawServer server = RawServer.answering(both, both)) {
			assertThat(Calls.text(this.adapter, server.url("/"))).isEqualTo("hello");
			assertThat(Calls.text(this.adapter, server.url("/"))).isEqualTo("hello");
			assertThat(server.connectionCount()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 200 OK~X: y~Content-Length: 5~~hello",
			"HTTP/1.1 200 OK~Transfer-Encoding: chunked~~3~hel~2;x~lo~0~T: 1~~",
			"HTTP/1.1 200 OK~Content-Length: 0~~" })
	@DisplayName("threat 28: a response cut at any byte is an error, never a success")
	void noticesTruncation(String response) throws IOException {
		String whole = wire(response);
		for (int end = 0; end < whole.length(); end++) {
			String cut = whole.substring(0, end);
			assertThatExceptionOfType(RequestException.class).as("cut after %d bytes", end)
				.isThrownBy(() -> answer(cut));
		}
		assertThat(answer(whole)).isEqualTo(whole.contains("h") && response.contains("he") ? "hello" : "");
	}

	@Test
	@DisplayName("threat 27: a huge Content-Length takes no memory")
	void trustsNoLength() {
		assertThatExceptionOfType(ChunkedEncodingException.class)
			.isThrownBy(() -> answer("HTTP/1.1 200 OK~Content-Length: 9000000000000000000~~hello"));
	}

	@Test
	@DisplayName("threat 23 (CVE-2023-38039): lines, headers, trailers and interim responses have limits")
	void limitsHeads() throws IOException {
		Limits limits = Limits.DEFAULTS;
		String start = "HTTP/1.1 200 OK~";
		String line = "A: " + "x".repeat(limits.maxLineBytes() - 3);
		assertThat(answer(start + line + "~Content-Length: 5~~hello")).isEqualTo("hello");
		refuses(start + line + "x~Content-Length: 5~~hello", "a line is longer than 8192 bytes");
		refuses("HTTP/1.1 200 " + "x".repeat(limits.maxLineBytes()) + "~~", "a line is longer than 8192 bytes");
		String many = "A: 1~".repeat(limits.maxHeaderCount() - 1);
		assertThat(answer(start + many + "Content-Length: 5~~hello")).isEqualTo("hello");
		refuses(start + many + "B: 1~Content-Length: 5~~hello", "more than 100 headers");
		String total = ("A: " + "x".repeat(8000) + "~").repeat(8);
		assertThat(answer(start + total + "Content-Length: 5~~hello")).isEqualTo("hello");
		refuses(start + total + "B: " + "x".repeat(2000) + "~Content-Length: 5~~hello", "longer than 65536 bytes");
		String interim = "HTTP/1.1 103 Early Hints~~".repeat(limits.maxInterimResponses());
		assertThat(answer(interim + start + "Content-Length: 5~~hello")).isEqualTo("hello");
		refuses("HTTP/1.1 100 Continue~~" + interim + start + "Content-Length: 5~~hello", "more than 20 interim");
		assertThatExceptionOfType(ChunkedEncodingException.class)
			.isThrownBy(() -> answer(start + "Transfer-Encoding: chunked~~5~hello~0~" + "T: 1~".repeat(101) + "~"));
		assertThatExceptionOfType(ChunkedEncodingException.class)
			.isThrownBy(() -> answer(start + "Transfer-Encoding: chunked~~5;" + "x".repeat(9000) + "~hello~0~~"));
	}

	private void refuses(String response, String message) {
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> answer(response))
			.withMessageContaining(message);
	}

	@Test
	@DisplayName("threat 27: a body may be limited, by its announcement or by what comes")
	void limitsBody() throws IOException {
		try (HttpAdapter limited = HttpAdapter.builder().limits(Limits.DEFAULTS.withBody(4, -1, -1)).build();
				RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfour",
						"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
						"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")) {
			assertThat(Calls.text(limited, server.url("/"))).isEqualTo("four");
			for (String ignored : List.of("length", "chunks")) {
				assertThatExceptionOfType(ConnectionException.class)
					.isThrownBy(() -> Calls.text(limited, server.url("/")))
					.withMessageContaining("limit of 4 bytes");
			}
			assertThat(limited.poolStatistics().leased()).isZero();
		}
	}

}
