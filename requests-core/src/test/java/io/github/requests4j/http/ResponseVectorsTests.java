package io.github.requests4j.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

import io.github.requests4j.http.PythonLiteral.Bytes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares each recorded result of requests about text, JSON, iteration, links and
 * {@code raise_for_status}.
 */
class ResponseVectorsTests {

	/**
	 * Lines that Java differs from intentionally, and what it does; the number is that of
	 * the behaviour.
	 */
	private static final Map<String, String> DIFFERENCES = Map.ofEntries( //
			// 211: media types in any case, and as a whole
			Map.entry("ct 'TEXT/HTML'", "('ISO-8859-1', 'Ã©â\\x98\\x83')"),
			Map.entry("ct 'Text/plain'", "('ISO-8859-1', 'Ã©â\\x98\\x83')"),
			Map.entry("ct 'application/JSON'", "('utf-8', 'é☃')"), //
			Map.entry("ct 'image/text'", "(None, 'é☃')"), //
			Map.entry("ct 'application/context'", "(None, 'é☃')"),
			// 216: the problem and its position are described as by Jackson, and the
			// response is known
			Map.entry("json exc attrs2",
					"('Extra data', 10, 2, 5, 'Extra data: line 2 column 5 (char 10). The body of http://h/p is not valid "
							+ "JSON (status 200, no Content-Type). Check text(), and call raiseForStatus() before json().')"),
			// 223: \r\n across two chunks is one line break
			Map.entry("iter_lines crlf split chunk 2", "[b'a', b'b', b'c']"),
			Map.entry("iter_lines chunk 1 crlf", "[b'ab', b'cd']"),
			// 222: text is never bytes; without an encoding it is UTF-8
			Map.entry("decode_unicode enc None", "['é']"),
			// 219, 207: what a response by hand lacks is empty; encoding follows its
			// headers
			Map.entry("Response() fields", "(0, {}, None, '', None, [], '', {}, 0, None, None, None, b'')"));

	/** Lines that have no counterpart in Java, with the reason. */
	private static final Map<String, String> IMPOSSIBLE = Map.of( //
			"iter_lines delim str undecoded", "223: the delimiter has the type of the lines", //
			"iter_content True", "220: the size is an int by its type", //
			"iter_content '4'", "220: the size is an int by its type", //
			"iter_content 4.0", "220: the size is an int by its type", //
			"json exc attrs", "216: the recorder of this line was broken itself", //
			"ok of status None", "209: a status is an int by its type", //
			"reprs", "Request and PreparedRequest are held by their own tests");

	private static final AtomicInteger MATCHED = new AtomicInteger();

	private static final AtomicInteger BY_TYPE = new AtomicInteger();

	private static final AtomicInteger DIFFERENT = new AtomicInteger();

	private static final AtomicInteger SKIPPED = new AtomicInteger();

	static Stream<String> lines() throws IOException {
		try (InputStream stream = ResponseVectorsTests.class
			.getResourceAsStream("/vectors/text-json-iteration-links.txt")) {
			String text = new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
			List<String> lines = new ArrayList<>();
			String section = "";
			for (String line : text.split("\n")) {
				if (line.startsWith("== ")) {
					section = line.substring(3);
				}
				else if (!line.startsWith("#")) {
					lines.add(section + " | " + line);
				}
			}
			return lines.stream();
		}
	}

	@AfterAll
	static void logCounts() {
		LoggerFactory.getLogger(ResponseVectorsTests.class)
			.info("text-json-iteration-links.txt: {} lines match, {} match except for the message (216), {} differ intentionally,  "
					+ "{} impossible in Java", MATCHED, BY_TYPE, DIFFERENT, SKIPPED);
	}

	@Test
	@DisplayName("209-224: every recorded case is covered")
	void everyVectorIsCovered() throws IOException {
		List<String> labels = lines().map(ResponseVectorsTests::label).toList();
		assertThat(labels).hasSize(149).containsAll(DIFFERENCES.keySet()).containsAll(IMPOSSIBLE.keySet());
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("lines")
	@DisplayName("209-224: responses match those recorded from requests")
	void responseMatchesRequests(String line) {
		String section = line.substring(0, line.indexOf(" | "));
		String label = label(line);
		if (IMPOSSIBLE.containsKey(label)) {
			SKIPPED.incrementAndGet();
			assertThat(IMPOSSIBLE.get(label)).isNotBlank();
			return;
		}
		String result = line.substring(line.indexOf(" -> ") + 4);
		Object actual = result(section, label);
		if (DIFFERENCES.containsKey(label)) {
			assertThat(actual).isEqualTo(PythonLiteral.read(DIFFERENCES.get(label)));
			DIFFERENT.incrementAndGet();
		}
		else if (result.startsWith("EXC ")) {
			checkExpectedError(result, actual);
		}
		else {
			assertThat(actual).isEqualTo(result.equals("'no error'") ? "no error" : PythonLiteral.read(result));
			MATCHED.incrementAndGet();
		}
	}

	private static void checkExpectedError(String result, @Nullable Object actual) {
		String type = result.substring(4, result.indexOf(':'));
		String message = result.substring(result.indexOf(':') + 2);
		assertThat(actual).isInstanceOf(switch (type) {
			case "requests.exceptions.JSONDecodeError" -> JsonDecodeException.class;
			case "requests.exceptions.StreamConsumedError", "builtins.RuntimeError" -> StreamConsumedException.class;
			case "requests.exceptions.HTTPError" -> HttpException.class;
			case "builtins.LookupError" -> ContentDecodingException.class;
			default -> throw new IllegalArgumentException(result);
		});
		boolean same = Objects.requireNonNull(((Throwable) Objects.requireNonNull(actual)).getMessage())
			.startsWith(message);
		if (actual instanceof HttpException) {
			assertThat(((Throwable) actual).getMessage()).startsWith(message + ". ");
		}
		(same ? MATCHED : BY_TYPE).incrementAndGet();
	}

	private static String label(String line) {
		return line.substring(line.indexOf(" | ") + 3, line.indexOf(" -> ")).strip();
	}

	private static @Nullable Object result(String section, String label) {
		try {
			return switch (section) {
				case "text/encoding" -> text(label);
				case "json" -> json(label);
				case "iter" -> iteration(label);
				case "links" -> links(label);
				case "raise_for_status" -> raised(label);
				default -> throw new IllegalArgumentException(section);
			};
		}
		catch (RequestException ex) {
			return ex;
		}
	}

	private static @Nullable Object text(String label) {
		byte[] snowman = Bodies.bytes("é☃");
		if (label.startsWith("ct ")) {
			Response response = Bodies.response(snowman, (String) PythonLiteral.read(label.substring(3)));
			return Arrays.asList(response.encoding(), response.text());
		}
		switch (label) {
			case "utf-8 BOM text": {
				Response response = Bodies.response(Bodies.bytes("\ufeffa"), "text/html; charset=utf-8");
				return List.of(Objects.requireNonNull(response.encoding()), response.text());
			}
			case "utf-16 BOM text":
				return Bodies.response(Bodies.latin1("\u00ff\u00fea\0\u00e9\0")).text();
			case "bad utf8":
				return Bodies.response(Bodies.latin1("a\u00ffb\u00c3"), "text/html; charset=utf-8").text();
			case "empty": {
				Response response = Bodies.response(new byte[0], "text/html");
				return List.of(PythonLiteral.bytes(response.content()), response.text(),
						Objects.requireNonNull(response.encoding()));
			}
			case "set encoding": {
				Response response = Bodies.response(Bodies.bytes("é"));
				String before = response.encoding();
				response.encoding("latin-1");
				return Arrays.asList(before, response.text());
			}
			case "set encoding None": {
				Response response = Bodies.response(Bodies.bytes("é☃ hello wörld"), "text/html");
				response.encoding(null);
				return Arrays.asList(response.encoding(), response.text(), response.apparentEncoding());
			}
			case "apparent ascii":
				return Bodies.response("abc").apparentEncoding();
			case "apparent empty":
				return Bodies.response("").apparentEncoding();
			default:
				throw new IllegalArgumentException(label);
		}
	}

	private static @Nullable Object json(String label) {
		if (label.startsWith("json body ")) {
			Bytes body = (Bytes) Objects.requireNonNull(PythonLiteral.read(label.substring("json body ".length())));
			return json(Bodies.response(body.array()));
		}
		if (label.equals("latin1 json no ct")) {
			return json(Bodies.response(Bodies.latin1("{\"k\": \"é\"}")));
		}
		if (label.equals("json exc attrs2")) {
			try {
				return json(Bodies.response("{\"a\":\n 1} 2"));
			}
			catch (JsonDecodeException ex) {
				return List.of(ex.problem(), BigInteger.valueOf(ex.position()), BigInteger.valueOf(ex.line()),
						BigInteger.valueOf(ex.column()), Objects.requireNonNull(ex.getMessage()));
			}
		}
		String[] words = label.split(" ");
		String type = words[2].equals("ct=None") ? null : words[2].substring(3);
		String document = "{\"k\": \"é☃\"}";
		return json(Bodies.response(switch (words[1]) {
			case "utf-8-sig" -> Bodies.bytes("\ufeff" + document);
			case "utf-16" -> ("\ufeff" + document).getBytes(StandardCharsets.UTF_16LE);
			case "utf-32" -> ("\ufeff" + document).getBytes(Charset.forName("UTF-32LE"));
			default -> document.getBytes(Charset.forName(words[1].replace("-le", "LE").replace("-be", "BE")));
		}, type));
	}

	private static List<@Nullable Object> json(Response response) {
		String encoding = response.encoding();
		Object value = PythonLiteral.of(response.json());
		return Arrays.asList(encoding, value);
	}

	private static @Nullable Object iteration(String label) {
		if (label.startsWith("iter_lines b")) {
			Bytes body = (Bytes) Objects.requireNonNull(PythonLiteral.read(label.substring("iter_lines ".length())));
			return bytes(Bodies.response(body.array()).iterLines());
		}
		return switch (label) {
			case "iter_lines crlf split chunk 2" -> bytes(Bodies.response("a\r\nb\r\nc").iterLines(2));
			case "iter_lines chunk 1 crlf" -> bytes(Bodies.response("ab\r\ncd").iterLines(1));
			case "iter_lines delim" -> bytes(Bodies.response("a|b|c|").iterLines(512, Bodies.bytes("|")));
			case "iter_lines delim chunk 2" -> bytes(Bodies.response("a|b|c|").iterLines(2, Bodies.bytes("|")));
			case "iter_lines delim ||" -> bytes(Bodies.response("a||b||").iterLines(2, Bodies.bytes("||")));
			case "iter_lines unicode" -> Bodies.list(utf8("a\u000bb\u2028c\u0085d").iterTextLines());
			case "iter_lines unicode chunk 1" -> Bodies.list(utf8("é☃\nü").iterTextLines(1));
			case "iter_content 4" -> bytes(Bodies.response("abcdefghij").iterContent(4));
			case "iter_content default 1" -> bytes(Bodies.response("abc").iterContent(1));
			case "iter(r) 128" -> lengths(Bodies.response("x".repeat(300)).iterator());
			case "iter_content non stream 4" -> bytes(read("abcdefghij").iterContent(4));
			case "iter_content(0) consumed" -> bytes(read("abc").iterContent(0));
			case "iter_content(-1) consumed" -> bytes(read("abc").iterContent(-1));
			case "iter_content(-1) stream" -> bytes(Bodies.response("abc").iterContent(-1));
			case "iter_content None stream" -> bytes(Bodies.response("xxx").iterContent()).get(0);
			case "iter_content None len" -> lengths(Bodies.response("x".repeat(30000)).iterContent());
			case "iter_content None non stream" -> lengths(read("x".repeat(30000)).iterContent());
			case "chunked server chunks, None" -> bytes(Bodies.chunked("abc", "de").iterContent());
			case "chunked server chunks, 2" -> bytes(Bodies.chunked("abc", "de").iterContent(2));
			case "chunked server chunks, 4" -> bytes(Bodies.chunked("abc", "de").iterContent(4));
			case "gzip iter_content 4" -> bytes(gzip("abcdefghij").iterContent(4));
			case "gzip iter_content 100 of 1000" -> lengths(gzip("x".repeat(1000)).iterContent(100));
			default -> decodedOrConsumed(label);
		};
	}

	private static @Nullable Object decodedOrConsumed(String label) {
		Response response = Bodies.response("abcdef");
		return switch (label) {
			case "decode_unicode enc None" -> Bodies.list(Bodies.response("é").iterText(1));
			case "decode_unicode utf8 1" -> Bodies.list(utf8("é☃a").iterText(1));
			case "decode_unicode trailing partial" ->
				Bodies.list(Bodies.response(Bodies.latin1("a\u00c3"), "text/html; charset=utf-8").iterText(1));
			case "decode_unicode bogus" ->
				Bodies.list(Bodies.response(Bodies.bytes("a"), "text/html; charset=bogus").iterText(1));
			case "iterate twice stream" -> {
				Bodies.list(response.iterContent(2));
				yield response.iterContent(2);
			}
			case "iterate then content" -> {
				Bodies.list(response.iterContent(2));
				yield response.content();
			}
			case "partly iterate then content" -> {
				response.iterContent(2).next();
				yield PythonLiteral.bytes(response.content());
			}
			case "content then iter" -> {
				response.content();
				yield bytes(response.iterContent(4));
			}
			case "close then content" -> {
				response.close();
				yield PythonLiteral.bytes(response.content());
			}
			case "raw.read(2) then content" -> rawThenContent(response);
			case "content non-stream raw" -> contentThenRaw();
			default -> throw new IllegalArgumentException(label);
		};
	}

	private static Object rawThenContent(Response response) {
		try {
			Objects.requireNonNull(response.raw()).readNBytes(2);
			return PythonLiteral.bytes(response.content());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Object contentThenRaw() {
		Bodies.Chunks raw = new Bodies.Chunks("abc");
		Response response = Bodies.response(raw);
		response.content();
		try {
			byte[] rest = Objects.requireNonNull(response.raw()).readAllBytes();
			return List.of(PythonLiteral.bytes(rest), raw.closed > 0);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Map<Object, Object> links(String label) {
		String header = Objects.requireNonNull((String) PythonLiteral.read(label.substring("link ".length())));
		Response response = Response.builder(200).headers(Bodies.headers("Link", header)).build();
		Map<Object, Object> links = new LinkedHashMap<>();
		response.links().forEach((key, link) -> {
			Map<String, String> found = new LinkedHashMap<>();
			found.put("url", link.url());
			found.putAll(link.params());
			links.put(key, found);
		});
		return links;
	}

	private static @Nullable Object raised(String label) {
		if (label.equals("repr")) {
			Response response = Response.builder(404).build();
			return Arrays.asList(response.encoding(), response.toString(), response.ok());
		}
		if (label.equals("Response() fields")) {
			Response response = Response.builder(0).build();
			return Arrays.asList(BigInteger.valueOf(response.statusCode()), response.headers(), response.raw(),
					response.url(), response.encoding(), response.history(),
					Objects.requireNonNullElse(response.reason(), ""), new LinkedHashMap<>(),
					BigInteger.valueOf(response.elapsed().toMillis()), response.requestOrNull(), response.next(),
					response.connection(), PythonLiteral.bytes(response.content()));
		}
		int status = Integer.parseInt(label.substring(0, 3));
		Object reason = PythonLiteral.read(label.substring(4));
		Response response = Response.builder(status)
			.reason((reason instanceof Bytes bytes) ? bytes.latin1() : (String) reason)
			.url("http://h/é")
			.build();
		response.raiseForStatus();
		return "no error";
	}

	private static Response utf8(String text) {
		return Bodies.response(Bodies.bytes(text), "text/html; charset=utf-8");
	}

	private static Response read(String text) {
		Response response = Bodies.response(text);
		response.content();
		return response;
	}

	private static Response gzip(String text) {
		return Bodies.response(new ByteArrayInputStream(Bodies.gzip(Bodies.bytes(text))), "Content-Encoding", "gzip");
	}

	private static List<Bytes> bytes(Iterator<byte[]> pieces) {
		return Bodies.list(pieces).stream().map(PythonLiteral::bytes).toList();
	}

	private static List<BigInteger> lengths(Iterator<byte[]> pieces) {
		return Bodies.list(pieces).stream().map((piece) -> BigInteger.valueOf(piece.length)).toList();
	}

}
