package io.github.requests4j.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the recorded results of requests about headers, status codes and exceptions.
 */
class StructureVectorTests {

	private static final String FILE = "environment-proxies-multipart-hooks.txt";

	/** Warnings are not exceptions in requests4j, which logs them. */
	private static final Set<String> IMPOSSIBLE = Set.of("FileModeWarning", "RequestsDependencyWarning",
			"RequestsWarning");

	private static final Map<String, Class<?>> NAMES = Map.ofEntries(
			Map.entry("ConnectTimeout", ConnectTimeoutException.class),
			Map.entry("ReadTimeout", ReadTimeoutException.class), Map.entry("Timeout", RequestTimeoutException.class),
			Map.entry("HTTPError", HttpException.class), Map.entry("URLRequired", UrlRequiredException.class),
			Map.entry("InvalidURL", InvalidUrlException.class),
			Map.entry("InvalidProxyURL", InvalidProxyUrlException.class),
			Map.entry("InvalidSchema", InvalidSchemaException.class),
			Map.entry("MissingSchema", MissingSchemaException.class),
			Map.entry("InvalidHeader", InvalidHeaderException.class),
			Map.entry("TooManyRedirects", TooManyRedirectsException.class), Map.entry("SSLError", SslException.class),
			Map.entry("JSONDecodeError", JsonDecodeException.class),
			Map.entry("InvalidJSONError", InvalidJsonException.class));

	static Stream<String> exceptions() throws IOException {
		try (InputStream stream = StructureVectorTests.class.getResourceAsStream("/vectors/" + FILE)) {
			String text = new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
			int start = text.indexOf("== exceptions\n") + "== exceptions\n".length();
			return text.substring(start, text.indexOf("\n== ", start)).lines().map(String::strip);
		}
	}

	@AfterAll
	static void logCounts() throws IOException {
		long skipped = exceptions().filter((line) -> IMPOSSIBLE.contains(name(line))).count();
		LoggerFactory.getLogger(StructureVectorTests.class)
			.info("{}: {} lines of CID, codes and exceptions match, {} skipped: warnings of Python have no class in Java (238)",
					FILE, 7 + 2 + exceptions().count() - skipped, skipped);
	}

	@ParameterizedTest
	@MethodSource("exceptions")
	@DisplayName("238, 239: exceptions match those recorded from requests")
	void exceptionMatchesRequests(String line) throws Exception {
		String name = name(line);
		if (name.equals("exc request from response")) {
			PreparedRequest request = new PreparedRequest();
			Response response = Response.builder(200).request(request).build();
			RequestException error = new RequestException("m").attach(null, response);
			assertThat(error.request()).isSameAs(request);
			assertThat(error.response()).isSameAs(response);
			assertThat(error).hasMessage("m");
			return;
		}
		if (IMPOSSIBLE.contains(name)) {
			assertThat(line).contains("Warning");
			return;
		}
		Class<?> type = type(name);
		String parents = line.substring(line.indexOf(']') + 1);
		for (String parent : parents.replaceAll("[\\[\\]' ]", "").split(",")) {
			// Java has one parent, and Python's own have their counterpart in
			// RuntimeException.
			if (!Set.of("OSError", "ValueError", "TypeError", "BaseException", "Exception", "JSONDecodeError")
				.contains(parent) && !(name.equals("ContentDecodingError") && parent.equals("HTTPError"))) {
				assertThat(type(parent)).as(parent).isAssignableFrom(type);
			}
		}
		assertThat(RuntimeException.class).isAssignableFrom(type);
	}

	@Test
	@DisplayName("238: every recorded case is covered")
	void everyVectorIsCovered() throws IOException {
		assertThat(exceptions()).hasSize(26);
	}

	@Test
	@DisplayName("243: headers match those recorded from requests")
	void headersMatchRequests() {
		List<String> labels = VectorLines.section(FILE, "CID").stream().map(VectorLines.Line::label).toList();
		assertThat(labels).containsExactly("set keeps place, new case", "missing", "del missing", "pop", "non-str key",
				"copy type", "dup init");
		CaseInsensitiveHeaders headers = Bodies.headers("A", "1", "b", "2");
		headers.put("a", "3");
		assertThat(new ArrayList<>(headers.entrySet())).isEqualTo(List.of(Map.entry("a", "3"), Map.entry("b", "2")));
		assertThat(headers).hasToString("{a=3, b=2}").isEqualTo(Map.of("A", "3", "B", "2"));
		assertThat(headers.equals(headers.lowerItems())).isFalse();
		// Where Python raises a KeyError, a Java Map returns null.
		assertThat(headers.get("zz")).isNull();
		assertThat(headers.remove("zz")).isNull();
		assertThat(headers.remove("A")).isEqualTo("3");
		assertThat(headers.keySet()).containsExactly("b");
		Object number = 1;
		assertThat(headers.get(number)).isNull();
		assertThat(headers.copy()).isInstanceOf(CaseInsensitiveHeaders.class);
		Map<String, String> twice = new LinkedHashMap<>();
		twice.put("a", "1");
		twice.put("A", "2");
		assertThat(new CaseInsensitiveHeaders(twice).entrySet()).containsExactly(Map.entry("A", "2"));
	}

	@Test
	@DisplayName("244: codes match those recorded from requests")
	void codesMatchRequests() {
		List<VectorLines.Line> lines = VectorLines.section(FILE, "codes");
		assertThat(lines).hasSize(2);
		List<String> names = List.of("ok", "nope", "5", "OK", "\\o/", "✓", "\\o-", "-o-", "-O-", "/o\\", "/O\\", "✗",
				"uri_too_long", "request_uri_too_long", "early-hints", "none", "resume", "unprocessable_content",
				"content_too_large");
		List<String> found = new ArrayList<>();
		for (String name : names) {
			found.add(name.equals("5") ? Integer.toString(StatusCodes.get("nope", 5))
					: Objects.requireNonNullElse(StatusCodes.get(name), "None").toString());
		}
		assertThat(lines.get(0).result()).startsWith("(" + String.join(", ", found) + ", ");
		assertThat(lines.get(1).label()).isEqualTo("codes.nope");
		assertThat(StatusCodes.get("nope")).isNull();
	}

	private static String name(String line) {
		return line.startsWith("exc ") ? "exc request from response" : line.substring(0, line.indexOf(' '));
	}

	private static Class<?> type(String name) throws ClassNotFoundException {
		Class<?> known = NAMES.get(name);
		return (known != null) ? known : Class.forName("io.github.requests4j.http."
				+ (name.endsWith("Error") ? name.substring(0, name.length() - 5) + "Exception" : name));
	}

}
