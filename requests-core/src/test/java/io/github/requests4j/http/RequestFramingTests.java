package io.github.requests4j.http;

import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests of how the end of a request body is determined.
 */
class RequestFramingTests {

	private static final String LENGTH = "Content-Length";

	private static final String ENCODING = "Transfer-Encoding";

	private static PreparedRequest post(Consumer<RequestOptions> options) {
		return Request.of("POST", "http://h/", options).prepare();
	}

	private static Body items() {
		return Body.of(List.of("a", "bc").iterator());
	}

	private static void assertRefused(Consumer<RequestOptions> options) {
		assertRefused("POST", options);
	}

	private static void assertRefused(String method, Consumer<RequestOptions> options) {
		Request request = Request.of(method, "http://h/", options);
		assertThatExceptionOfType(InvalidHeaderException.class).isThrownBy(request::prepare)
			.withMessageStartingWith("The length of the request is ambiguous: ")
			.withMessageEndingWith(". Remove these headers; they are set from the body.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PURGE", "TRACE" })
	@DisplayName("71: a request without a body has length 0, except for GET and HEAD")
	void missingBodyHasLengthZero(String method) {
		assertThat(Request.of(method, "http://h").prepare().headers()).containsExactly(entry(LENGTH, "0"));
		assertThat(Request.of("get", "http://h").prepare().headers()).isEmpty();
		assertThat(Request.of("head", "http://h").prepare().headers()).isEmpty();
	}

	@Test
	@DisplayName("71: the caller's length of 0 is kept if there is no body")
	void lengthZeroOfTheCallerIsKept() {
		assertThat(post((o) -> o.header("content-length", "0").header("A", "b")).headers().keySet())
			.containsExactly("content-length", "A");
		assertThat(Request.of("GET", "http://h", (o) -> o.header(LENGTH, "0")).prepare().headers())
			.containsEntry(LENGTH, "0");
	}

	@Test
	@DisplayName("72: a known length overwrites the caller's")
	void knownLengthOverwritesTheCallers() {
		assertThat(post((o) -> o.header("content-LENGTH", "99").data("abc")).headers())
			.containsExactly(entry(LENGTH, "3"));
	}

	@Test
	@DisplayName("74: an empty stream is sent in chunks")
	void emptyStreamIsChunked() {
		PreparedRequest prepared = post((o) -> o.data(Body.of(new ByteArrayInputStream(new byte[0]))));
		assertThat(prepared.headers()).containsExactly(entry(ENCODING, "chunked"));
		assertThat(WireText.of(prepared)).endsWith("\r\n\r\n0\r\n\r\n");
	}

	@Test
	@DisplayName("80: the caller's length is kept for a body of unknown length, which is then not chunked")
	void lengthOfTheCallerIsKeptForStreams() {
		PreparedRequest prepared = post((o) -> o.header(LENGTH, "3").data(items()));
		assertThat(prepared.headers()).containsExactly(entry(LENGTH, "3"));
		assertThat(WireText.of(prepared)).endsWith("\r\n\r\nabc");
	}

	@Test
	void leadingZerosOfALengthAreIgnored() {
		String length = "0".repeat(20) + "3";
		assertThat(post((o) -> o.header(LENGTH, length).data(items())).headers()).containsEntry(LENGTH, length);
		assertRefused((o) -> o.header(LENGTH, "9223372036854775808").data(items()));
	}

	@Test
	@DisplayName("84: the length is recomputed for the body that an auth has set")
	void lengthIsRecomputedAfterAuth() {
		assertThat(afterAuth(Body.of("abc"), Body.of("abcde"))).containsExactly(entry(LENGTH, "5"));
		assertThat(afterAuth(Body.of("abc"), items())).containsExactly(entry(ENCODING, "chunked"));
		assertThat(afterAuth(items(), Body.of("abc"))).containsExactly(entry(LENGTH, "3"));
		assertThat(afterAuth(items(), null)).containsExactly(entry(LENGTH, "0"));
		assertThat(afterAuth(Body.of("abc"), null)).containsExactly(entry(LENGTH, "0"));
		assertThat(afterAuth(null, Body.of("abc"))).containsExactly(entry(LENGTH, "3"));
		assertThat(afterAuth(null, items())).containsExactly(entry(ENCODING, "chunked"));
	}

	private static Map<String, String> afterAuth(@Nullable Body before, @Nullable Body after) {
		return post((o) -> o.data(before).auth((request) -> {
			request.body(after);
			return request;
		})).headers();
	}

	@Test
	@DisplayName("84: a GET whose body was removed by an auth has no length")
	void getWithoutItsBodyHasNoLength() {
		PreparedRequest prepared = Request.of("GET", "http://h", (o) -> o.data("x")).prepare();
		prepared.body(null);
		prepared.prepareContentLength(null);
		assertThat(prepared.headers()).isEmpty();
	}

	@Test
	@DisplayName("threat 19 (CWE-444): the caller's Transfer-Encoding is the only framing header")
	void transferEncodingOfTheCallerIsKept() {
		PreparedRequest prepared = post((o) -> o.header("transfer-encoding", "Chunked").data("abc"));
		assertThat(prepared.headers()).containsExactly(entry("transfer-encoding", "Chunked"));
		prepared.prepareContentLength(prepared.body());
		assertThat(prepared.headers()).doesNotContainKey(LENGTH);
		assertThat(WireText.of(prepared)).endsWith("\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
	}

	@ParameterizedTest
	@CsvSource({ "Content-Length,content-length,3,4", "CONTENT-LENGTH,Content-length,4,3",
			"Transfer-Encoding,transfer-encoding,chunked,identity",
			"TRANSFER-ENCODING,Transfer-Encoding,chunked,gzip" })
	@DisplayName("threat 19 (CWE-444): contradicting headers in different case are rejected")
	void contradictingHeadersAreRejected(String first, String second, String one, String other) {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put(first, one);
		headers.put(second, other);
		assertThatExceptionOfType(InvalidHeaderException.class).isThrownBy(() -> post((o) -> o.headers(headers)));
		assertThatExceptionOfType(InvalidHeaderException.class)
			.isThrownBy(() -> new PreparedRequest().prepareHeaders(headers));
	}

	@Test
	@DisplayName("threat 19: the same length twice is sent once")
	void repeatedEqualLengthsAreMerged() {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("Content-Length", "2");
		headers.put("content-length", "2");
		assertThat(post((o) -> o.headers(headers).data(Body.of(List.of("ab").iterator()))).headers())
			.containsExactly(entry("content-length", "2"));
	}

	@Test
	@DisplayName("threat 19: repeated fields of the same name are rejected")
	void repeatedFieldsAreRejected() {
		CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();
		headers.add(LENGTH, "1");
		headers.add("content-length", "2");
		assertRefused((o) -> o.headers(headers).data(items()));
	}

	@Test
	@DisplayName("threat 19: length and chunks together are rejected")
	void lengthAndChunksTogetherAreRejected() {
		assertRefused((o) -> o.header(LENGTH, "3").header(ENCODING, "chunked").data(items()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "+5", "-1", "5 ", "0x5", "1e3", "5, 5", "9999999999999999999", "\u00b2" })
	@DisplayName("threat 19: a length that is not a single number is rejected")
	void invalidLengthIsRejected(String length) {
		assertRefused((o) -> o.header(LENGTH, length).data(items()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "identity", "gzip", "gzip, chunked", "chunked, gzip", "chunked, chunked", "xchunked", "" })
	@DisplayName("threat 19: a coding other than chunked is rejected")
	void codingOtherThanChunkedIsRejected(String coding) {
		assertRefused((o) -> o.header(ENCODING, coding).data(items()));
	}

	@Test
	@DisplayName("threat 19: a body may be announced only if there is one")
	void announcedBodyMustExist() {
		assertRefused((o) -> o.header(LENGTH, "5"));
		assertRefused("GET", (o) -> o.header(LENGTH, "5"));
		assertRefused((o) -> o.header(ENCODING, "chunked"));
		assertRefused("GET", (o) -> o.header(ENCODING, "chunked"));
	}

	@Test
	@DisplayName("threat 19: headers set after preparing are checked when they are sent")
	void headersAreCheckedAgainWhenSent() {
		PreparedRequest prepared = post((o) -> o.data("abc"));
		prepared.headers().put(ENCODING, "chunked");
		assertThatExceptionOfType(InvalidHeaderException.class).isThrownBy(prepared::checkHeaders);
	}

}
