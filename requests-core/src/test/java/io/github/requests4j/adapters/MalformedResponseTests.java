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
import io.github.requests4j.http.Limits;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.testserver.RawServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a strict client of RFC 9112 must reject and must accept. Escapes are written out:
 * {@code ~} is CR LF.
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

	@Test
	@DisplayName("threat 20: if both lengths are sent, Transfer-Encoding wins, and the connection is closed")
	void connectionWithBothLengthsIsClosed() throws IOException {
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
	void truncatedBodyIsReported(String response) throws IOException {
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
	void hugeContentLengthTakesNoMemory() {
		assertThatExceptionOfType(ChunkedEncodingException.class)
			.isThrownBy(() -> answer("HTTP/1.1 200 OK~Content-Length: 9000000000000000000~~hello"));
	}

	@Test
	@DisplayName("threat 23 (CVE-2023-38039): lines, headers, trailers and interim responses have limits")
	void headsAreLimited() throws IOException {
		Limits limits = Limits.DEFAULTS;
		String start = "HTTP/1.1 200 OK~";
		String line = "A: " + "x".repeat(limits.maxHeaderBytes() - 25);
		assertThat(answer(start + line + "~Content-Length: 5~~hello")).isEqualTo("hello");
		refuses(start + line + "xxxx~Content-Length: 5~~hello", "longer than the limit of 262144 bytes");
		refuses("HTTP/1.1 200 " + "x".repeat(limits.maxHeaderBytes() + 1024) + "~~",
				"longer than the limit of 262144 bytes");
		String many = "A: 1~".repeat(limits.maxHeaderCount() - 1);
		assertThat(answer(start + many + "Content-Length: 5~~hello")).isEqualTo("hello");
		refuses(start + many + "B: 1~Content-Length: 5~~hello", "more than 100 headers");
		String total = ("A: " + "x".repeat(8000) + "~").repeat(32);
		assertThat(answer(start + total + "Content-Length: 5~~hello")).isEqualTo("hello");
		refuses(start + total + "B: " + "x".repeat(8000) + "~Content-Length: 5~~hello",
				"longer than the limit of 262144 bytes");
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
	@DisplayName("threat 27: the announced or actual size of a body can be limited")
	void bodyCanBeLimited() throws IOException {
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
