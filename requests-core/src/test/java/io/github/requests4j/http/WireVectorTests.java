package io.github.requests4j.http;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.internal.url.PythonRepr;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.RawServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Compares each recorded result of requests about the bytes and the headers of a request.
 */
class WireVectorTests {

	private static final String URL = "http://127.0.0.1:8080/p?q=1";

	private static final Map<String, Function<String, Request>> REQUESTS = new LinkedHashMap<>();

	/**
	 * Lines that Java differs from intentionally: the number of the behaviour, and what
	 * it sends after the default headers.
	 */
	private static final Map<String, String> DIFFERENCES = new LinkedHashMap<>();

	/** Lines without a counterpart in Java, with the number of the behaviour. */
	private static final Map<String, Integer> SKIPPED = Map.of( //
			"POST json=object", 88, // Jackson writes an object without properties as {}
			"POST json bytes", 88, // Jackson writes bytes as base64
			"POST json={1: 4, None: 3, 1.5: 5}", 86, // Jackson rejects a null key
			"header int", 62); // a value is text, by its type

	private static final AtomicInteger MATCHED = new AtomicInteger();

	private static final AtomicInteger DIFFERENT = new AtomicInteger();

	private static final AtomicInteger SKIPS = new AtomicInteger();

	static {
		differences();
	}

	/** Iterators and streams among them can be sent once. */
	@BeforeEach
	void makeRequests() {
		heads();
		bodies();
		json();
		headers();
	}

	private static void heads() {
		put("GET", "GET", (request) -> request);
		put("GET UA/AE/Accept/Connection None", "GET", (request) -> request);
		put("GET auth+cookie+header", "GET",
				(request) -> request.header("accept", "text/x")
					.header("X-A", "1")
					.cookies(jar())
					.auth(WireVectorTests::basic));
		put("GET Host header", "GET", (request) -> request.header("X-A", "1").header("Host", "h.example"));
		put("POST none", "POST", (request) -> request);
		put("post lower method", "post", (request) -> request);
		put("custom method", "purge", (request) -> request);
		put("DELETE none", "DELETE", (request) -> request);
		put("OPTIONS none", "OPTIONS", (request) -> request);
		put("GET data", "GET", (request) -> request.data("x"));
		put("HEAD data {}", "HEAD", (request) -> request.data(Map.of()));
		put("POST own Content-Length with body", "POST",
				(request) -> request.header("Content-Length", "99").data("abc"));
		put("POST own Content-Length nobody", "POST", (request) -> request.header("Content-Length", "0"));
		put("GET own Content-Length", "GET", (request) -> request.header("Content-Length", "0"));
	}

	private static void bodies() {
		put("POST form", "POST", (request) -> request.cookies(jar()).auth(WireVectorTests::basic).data(form()));
		put("POST form list", "POST", (request) -> request.data(Body
			.form(KeyValues.fromPairs(List.of(Map.entry("a", 1), Map.entry("a", 2), Map.entry("~*-._ ", "~*-._ /"))))));
		post("str ascii", "hello");
		post("str é", "é");
		post("str ☃", "☃");
		post("bytes", new byte[] { 0, -1 });
		post("bytearray", "ab".getBytes(StandardCharsets.US_ASCII));
		post("memoryview", "ab".getBytes(StandardCharsets.US_ASCII));
		Map<String, Object> nothing = new LinkedHashMap<>();
		nothing.put("a", null);
		post("data={'a': None}", nothing);
		post("data={'a': []}", Map.of("a", List.of()));
		post("data=<_io.BytesIO object>", stream(""));
		post("data=<list_iterator object>", List.of().iterator());
		post("data=''", "");
		post("data=b''", new byte[0]);
		post("data=[]", KeyValues.empty());
		post("data={}", Map.of());
		post("data=0", "");
		post("data=<list_iterator object>#2", List.of("ab".getBytes(StandardCharsets.US_ASCII), "", "c").iterator());
		post("data=<list_iterator object>#3", List.of("é", "x").iterator());
		post("data=<_io.BytesIO object>#2", stream("abc"));
		post("data=<_io.StringIO object>", new StringReader("é"));
		post("data=<generator object <genexpr>>", Stream.of("a").iterator());
		post("data={1, 2}", Set.of(1, 2).iterator());
		put("POST data=[1, 2]", "POST", (request) -> request.data(Body.form(KeyValues.from(List.of(1, 2)))));
		post("data=['ab', 'cd']", KeyValues.from(List.of("ab", "cd")));
		post("data='a=b'", "a=b");
		post("data=bytearray(b'')", new byte[0]);
	}

	private static void json() {
		json("{}", Map.of());
		json("[]", List.of());
		json("0", 0);
		json("False", false);
		json("''", "");
		json("'x'", "x");
		json("None", null);
		json("{'a': [1, 2.0, None, True, 'é😀\\u2028/'], 'b': {}}", nested());
		json("nan", Double.NaN);
		json("(1, 2)", List.of(1, 2));
		json("100000000000000000000", new BigInteger("100000000000000000000"));
		json("1e+16", 1e16);
		json("1e-07", 1e-7);
		json("'\\x7f\\x00\"\\\\'", "\u007f\u0000\"\\");
		put("POST json + data={}", "POST", (request) -> request.json(Map.of("a", 1)).data(Map.of()));
		put("POST json + data=''", "POST", (request) -> request.json(Map.of("a", 1)).data(""));
		put("POST json + files", "POST", (request) -> request.json(Map.of("a", 1)).files(FilePart.of("f", "n", "x")));
		put("POST json own CT", "POST",
				(request) -> request.json(Map.of("a", 1)).header("content-type", "application/vnd.x"));
		put("GET json", "GET", (request) -> request.json(Map.of("a", 1)));
	}

	private static void headers() {
		put("POST gen with own Content-Length", "POST",
				(request) -> request.header("Content-Length", "3").data(Body.of(List.of("a", "bc").iterator())));
		header("latin1", "X", "\u00e9");
		header("☃", "X", "\u2603");
		header("bytes", "X", "\u00e2\u0098\u0083");
		header("trailing space", "X", "a ");
		header("empty name", "", "a");
		header("name with space inside", "A b", "a");
		header("vtab", "A", "\u000bx");
		header("nbsp leading", "A", "\u00a0x");
		header("nul", "A", "a\u0000x");
		header("None direct prepare", "A", null);
		header("CRLF msg", "A", "a\r\nb");
		header("name colon", "A:b", "a");
	}

	private static void differences() {
		// 58: removed headers are not sent
		DIFFERENCES.put("GET UA/AE/Accept/Connection None", "GET /p?q=1 HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n");
		// 73: a form that encodes to nothing has a length
		String empty = "Content-Length: 0\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n";
		DIFFERENCES.put("POST data={'a': None}", empty);
		DIFFERENCES.put("POST data={'a': []}", empty);
		// 80: the length of the caller, and no chunks
		DIFFERENCES.put("POST gen with own Content-Length", "Content-Length: 3\r\n\r\nabc");
		// 86: the separators and numbers of Jackson, and no escapes
		String type = "Content-Type: application/json\r\n\r\n";
		DIFFERENCES.put("POST json={'a': [1, 2.0, None, True, 'é😀\\u2028/'], 'b': {}}",
				"Content-Length: 43\r\n" + type + latin1("{\"a\":[1,2.0,null,true,\"é😀\u2028/\"],\"b\":{}}"));
		DIFFERENCES.put("POST json=(1, 2)", "Content-Length: 5\r\n" + type + "[1,2]");
		DIFFERENCES.put("POST json=1e+16", "Content-Length: 6\r\n" + type + "1.0E16");
		DIFFERENCES.put("POST json=1e-07", "Content-Length: 6\r\n" + type + "1.0E-7");
		DIFFERENCES.put("POST json='\\x7f\\x00\"\\\\'", "Content-Length: 13\r\n" + type + "\"\u007f\\u0000\\\"\\\\\"");
		for (String label : List.of("POST json + data={}", "POST json + data=''", "GET json")) {
			DIFFERENCES.put(label, "Content-Length: 7\r\n" + type + "{\"a\":1}");
		}
		DIFFERENCES.put("POST json own CT", "content-type: application/vnd.x\r\nContent-Length: 7\r\n\r\n{\"a\":1}");
		// 60: control characters are rejected, 63: characters beyond Latin-1 are rejected
		// before connecting
		DIFFERENCES.put("header nul", "EXC InvalidHeader: Invalid leading whitespace, reserved character(s), or return"
				+ " character(s) in header value: 'a\\x00x'");
		DIFFERENCES.put("header ☃", "EXC InvalidHeader");
		// 60: a name is a token
		DIFFERENCES.put("header name with space inside", "EXC InvalidHeader: Invalid leading whitespace, reserved"
				+ " character(s), or return character(s) in header name: 'A b'");
	}

	private static void put(String label, String method, UnaryOperator<RequestOptions> request) {
		REQUESTS.put(label, (url) -> request.apply(defaults(new RequestOptions(), label)).toRequest(method, url));
	}

	private static RequestOptions defaults(RequestOptions request, String label) {
		return label.contains("None") && label.startsWith("GET") ? request
				: request.header("User-Agent", "python-requests/2.34.2")
					.header("Accept-Encoding", "gzip, deflate, br")
					.header("Accept", "*/*")
					.header("Connection", "keep-alive");
	}

	private static void post(String label, Object data) {
		put("POST " + label, "POST", (request) -> request.data(body(data)));
	}

	@SuppressWarnings("unchecked")
	private static Body body(Object data) {
		if (data instanceof String text) {
			return Body.of(text);
		}
		if (data instanceof byte[] bytes) {
			return Body.of(bytes);
		}
		if (data instanceof KeyValues fields) {
			return Body.form(fields);
		}
		if (data instanceof ByteArrayInputStream stream) {
			return Body.of(stream);
		}
		if (data instanceof StringReader reader) {
			return Body.of(reader);
		}
		return (data instanceof Iterator<?> items) ? Body.of(items) : Body.form((Map<String, ?>) data);
	}

	private static void json(String label, Object value) {
		put("POST json=" + label, "POST", (request) -> request.json(value));
	}

	private static void header(String label, String name, String value) {
		put("header " + label, "GET", (request) -> request.header(name, value));
	}

	private static ByteArrayInputStream stream(String text) {
		return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
	}

	private static CookieJar jar() {
		CookieJar jar = new CookieJar();
		jar.set("c", "v");
		return jar;
	}

	private static PreparedRequest basic(PreparedRequest request) {
		request.headers().put("Authorization", new BasicCredentials("u", "p").headerValue());
		return request;
	}

	private static Map<String, Object> form() {
		Map<String, Object> form = new LinkedHashMap<>();
		form.put("a", "1 2&é");
		form.put("b", List.of("x", "y"));
		form.put("c", null);
		form.put("d", 3);
		// 50: the text of a boolean is Java's
		form.put("e", "True");
		form.put("f", 1.5);
		form.put("g", new byte[] { -1 });
		return form;
	}

	private static Map<String, Object> nested() {
		List<Object> list = new ArrayList<>(List.of(1, 2.0));
		list.add(null);
		list.add(true);
		list.add("é😀\u2028/");
		Map<String, Object> nested = new LinkedHashMap<>();
		nested.put("a", list);
		nested.put("b", Map.of());
		return nested;
	}

	private static String latin1(String text) {
		return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
	}

	static Stream<VectorLines.Line> lines() {
		Stream<VectorLines.Line> headers = VectorLines.read("headers-urls-params.txt")
			.stream()
			.filter((line) -> line.label().startsWith("header ") || line.label().startsWith("POST "));
		return Stream.concat(VectorLines.read("wire.txt").stream(), headers);
	}

	@AfterAll
	static void logCounts() {
		LoggerFactory.getLogger(WireVectorTests.class)
			.info("wire.txt and the headers of headers-urls-params.txt: {} lines match, {} match the listed differences, "
					+ "{} skipped {}", MATCHED, DIFFERENT, SKIPS, SKIPPED);
	}

	@Test
	@DisplayName("54-89: every recorded case is covered")
	void everyVectorIsCovered() {
		assertThat(lines()).hasSize(77);
		assertThat(lines().map(VectorLines.Line::label)).containsAll(REQUESTS.keySet())
			.containsAll(DIFFERENCES.keySet())
			.containsAll(SKIPPED.keySet());
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("lines")
	@DisplayName("54-89: prepared requests match those recorded from requests")
	void preparedRequestMatchesRequests(VectorLines.Line line) {
		if (SKIPPED.containsKey(line.label())) {
			SKIPS.incrementAndGet();
			return;
		}
		assertThat(REQUESTS).containsKey(line.label());
		String difference = DIFFERENCES.get(line.label());
		String expected = (difference != null) ? difference : line.result();
		if (expected.startsWith("EXC") || expected.startsWith("requests.")) {
			checkError(line.label(), expected);
		}
		else if (difference != null) {
			assertThat(sent(line.label())).endsWith(difference);
		}
		else {
			checkSent(line);
		}
		((difference != null) ? DIFFERENT : MATCHED).incrementAndGet();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("sentLines")
	@DisplayName("54-89: the adapter sends exactly the recorded bytes")
	void adapterSendsTheRecordedBytes(VectorLines.Line line) throws Exception {
		String expected = sent(line.label());
		makeRequests();
		try (RawServer server = RawServer.answering("HTTP/1.1 204 No Content\r\n\r\n");
				HttpAdapter adapter = HttpAdapter.builder().build()) {
			Request request = REQUESTS.get(line.label()).apply(server.url("/p?q=1"));
			adapter.send(request.prepare(), SendOptions.DEFAULTS).close();
			RawRequest received = server.lastRequest();
			String boundary = "[0-9a-f]{32}";
			assertThat((received.head() + "\r\n\r\n" + received.wireBodyText())
				.replace(server.authority(), "127.0.0.1:PORT")
				.replaceAll(boundary, "B")).isEqualTo(expected.replaceAll(boundary, "B"));
		}
	}

	static Stream<VectorLines.Line> sentLines() {
		return lines().filter((line) -> !SKIPPED.containsKey(line.label()))
			.filter((line) -> !DIFFERENCES.getOrDefault(line.label(), line.result()).startsWith("EXC"))
			.filter((line) -> DIFFERENCES.containsKey(line.label()) || line.result().startsWith("[b'"));
	}

	private static String sent(String label) {
		PreparedRequest prepared = REQUESTS.get(label).apply(URL).prepare();
		return WireText.of(prepared).replace("127.0.0.1:8080", "127.0.0.1:PORT");
	}

	private static void checkSent(VectorLines.Line line) {
		List<?> parts = (List<?>) new PythonRepr(line.result(), 0).next();
		String expected = new String((byte[]) parts.get(0), StandardCharsets.ISO_8859_1);
		String sent = sent(line.label());
		if (line.label().startsWith("header ")) {
			assertThat(sent).endsWith(expected);
		}
		else {
			String boundary = "[0-9a-f]{32}";
			assertThat(sent.replaceAll(boundary, "B")).isEqualTo(expected.replaceAll(boundary, "B"));
		}
	}

	private static void checkError(String label, String expected) {
		Throwable error = catchThrowable(() -> sent(label));
		if (expected.contains("InvalidHeader")) {
			assertThat(error).isInstanceOf(InvalidHeaderException.class);
		}
		else if (expected.contains("InvalidJSONError")) {
			assertThat(error).isInstanceOf(InvalidJsonException.class);
		}
		else {
			assertThat(error).isInstanceOf(IllegalArgumentException.class);
		}
		int message = expected.indexOf(": ");
		if (expected.startsWith("EXC") && message >= 0 && error instanceof RequestException) {
			// The whole sentence of requests; ours continues with the name of a value's
			// header, and what to do.
			String whose = expected.contains(" in header value: ") ? " of A" : "";
			assertThat(error)
				.hasMessage(expected.substring(message + 2).replace(" | sent []", "") + whose + advice(expected));
		}
	}

	private static String advice(String expected) {
		if (expected.contains(" in header name: ")) {
			return ". Use only letters, digits and dashes.";
		}
		return expected.contains("InvalidHeader") ? ". Remove line breaks, other control characters and leading blanks."
				: ". Use null or a string instead.";
	}

}
