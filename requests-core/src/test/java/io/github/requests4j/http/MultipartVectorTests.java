package io.github.requests4j.http;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

import io.github.requests4j.internal.url.PythonRepr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Compares each recorded result of requests about multipart messages.
 */
class MultipartVectorTests {

	private static final Map<String, UnaryOperator<RequestOptions>> REQUESTS = new LinkedHashMap<>();

	/** Lines without a counterpart in Java, with the number of the behaviour. */
	private static final Map<String, Integer> SKIPPED = Map.of("1-tuple", 94); // no
																				// factory
																				// takes a
																				// name
																				// alone

	private static final AtomicInteger MATCHED = new AtomicInteger();

	private static final AtomicInteger SKIPS = new AtomicInteger();

	static {
		files();
		fields();
		refused();
	}

	private static void files() {
		file("str value", FilePart.of("f", "text é"));
		file("StringIO", FilePart.of("f", Body.of(new StringReader("té"))));
		file("name <stdin>", FilePart.of("f", new ByteArrayInputStream(new byte[] { 'z' })));
		file("2-tuple", FilePart.of("f", "n.txt", "x"));
		file("3-tuple", FilePart.of("f", "n.txt", Body.of("x"), "text/plain"));
		file("4-tuple", FilePart.of("f", "n.txt", Body.of("x"), "text/plain", Map.of("X-A", "1")));
		file("filename None", FilePart.of("f", null, "x"));
		file("filename None + ct", FilePart.of("f", null, "{}").withContentType("application/json"));
		file("filename ''", FilePart.of("f", "", "x"));
		file("fp None", FilePart.of("g", "1"));
		file("int", FilePart.of("f", String.valueOf(1)));
		put("list of files same key",
				(request) -> request.files(FilePart.of("f", "a", "1"), FilePart.of("f", "b", "2")));
		file("list value", FilePart.of("f", "n", "x"));
	}

	private static void fields() {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("z", "1");
		fields.put("a", List.of("2", "3"));
		fields.put("n", null);
		fields.put("i", 5);
		fields.put("b", new byte[] { -1 });
		put("data+files order", (request) -> request.files(FilePart.of("f", "a", "1")).data(fields));
		put("data list", (request) -> request.files(FilePart.of("f", "a", "1"))
			.data(Body.form(KeyValues.fromPairs(List.of(Map.entry("k", 1), Map.entry("k", 2))))));
		put("special names", (request) -> request.files(FilePart.of("f\"", "n\"\\\r\n☃.txt", "1"))
			.data(Map.of("a\"b\\c\r\nd é", "v")));
		put("empty files dict", (request) -> request.files().data(Map.of("a", 1)));
		put("own content-type kept",
				(request) -> request.header("content-type", "x").files(FilePart.of("f", "a", "1")));
	}

	private static void refused() {
		put("data str + files", (request) -> request.data("x").files(FilePart.of("f", "x")));
		put("generator + files",
				(request) -> request.data(Body.of(List.of("x").iterator())).files(FilePart.of("f", "x")));
		put("BytesIO data + files",
				(request) -> request.data(Body.of(new ByteArrayInputStream(new byte[1]))).files(FilePart.of("f", "x")));
	}

	private static void put(String label, UnaryOperator<RequestOptions> request) {
		REQUESTS.put(label, request);
	}

	private static void file(String label, FilePart part) {
		put(label, (request) -> request.files(part));
	}

	static Stream<VectorLines.Line> lines() {
		return VectorLines.section("environment-proxies-multipart-hooks.txt", "multipart").stream();
	}

	@AfterAll
	static void logCounts() {
		LoggerFactory.getLogger(MultipartVectorTests.class)
			.info("multipart: {} lines match, {} skipped {}", MATCHED, SKIPS, SKIPPED);
	}

	@Test
	@DisplayName("90-101: every recorded case is covered")
	void everyVectorIsCovered() {
		assertThat(lines()).hasSize(24);
		assertThat(lines().map(VectorLines.Line::label)).containsAll(REQUESTS.keySet()).containsAll(SKIPPED.keySet());
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("lines")
	@DisplayName("90-101: bodies match those recorded from requests")
	void bodyMatchesRequests(VectorLines.Line line, @TempDir Path folder) throws Exception {
		if (SKIPPED.containsKey(line.label())) {
			SKIPS.incrementAndGet();
			return;
		}
		Request request = request(line.label(), folder).toRequest("POST", "http://h");
		String result = line.result();
		if (result.startsWith("EXC")) {
			assertThatIllegalArgumentException().isThrownBy(request::prepare)
				.withMessage(result.substring(result.indexOf(": ") + 2));
		}
		else if (result.startsWith("'")) {
			String text = request.prepare().body().text();
			assertThat("own content-type kept".equals(line.label()) ? request.prepare().headers().get("Content-Type")
					: text)
				.isEqualTo(new PythonRepr(result, 0).next());
		}
		else {
			checkMessage(request.prepare(), (List<?>) new PythonRepr(result, 0).next());
		}
		MATCHED.incrementAndGet();
	}

	private static RequestOptions request(String label, Path folder) throws Exception {
		RequestOptions request = new RequestOptions();
		if (label.equals("file obj with name")) {
			Path file = folder.resolve("na\"me é.txt");
			Files.writeString(file, "data");
			return request.files(FilePart.of("f", file));
		}
		if (label.equals("partly read file")) {
			ByteArrayInputStream stream = new ByteArrayInputStream("abcd".getBytes(UTF_8));
			assertThat(stream.readNBytes(2)).asString().isEqualTo("ab");
			return request.files(FilePart.of("f", stream));
		}
		assertThat(REQUESTS).containsKey(label);
		return REQUESTS.get(label).apply(request);
	}

	private static void checkMessage(PreparedRequest prepared, List<?> observed) {
		// Bytes that were read before are part of the line, but not of the message
		List<?> message = (observed.get(1) instanceof List<?> nested) ? nested : observed;
		String type = prepared.headers().get("Content-Type");
		assertThat(type).matches("multipart/form-data; boundary=[0-9a-f]{32}");
		String boundary = type.substring(type.indexOf('=') + 1);
		String sent = WireText.plain(prepared.body());
		assertThat(sent.replace(boundary, "B"))
			.isEqualTo(new String((byte[]) message.get(0), StandardCharsets.ISO_8859_1));
		assertThat(prepared.headers()).containsEntry("Content-Length", String.valueOf(sent.length()));
	}

}
