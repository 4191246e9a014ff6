package io.github.requests4j.internal.url;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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

import io.github.requests4j.http.KeyValues;
import io.github.requests4j.url.Url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Compares each recorded result of requests about URLs and parameters.
 */
class UrlVectorTests {

	/** Lines about headers belong to the header tests. */
	private static final List<String> COVERED_ELSEWHERE = List.of("header ", "POST gen ");

	/** Our addition to the message of requests. */
	private static final String NO_HOST = ". Check the part between '//' and the path. A variable may be empty.";

	/** Lines that have no counterpart in Java, with the number of the behaviour. */
	private static final Map<String, Integer> IMPOSSIBLE = Map.of( //
			"url b'\\xff'", 23, // a URL is text
			"url None", 23, // not null, by its type
			"url 3", 23); // a URL is text

	/** Lines that Java differs from intentionally, and what it does. */
	private static final String FORBIDDEN = "!! requests.exceptions.InvalidURL: Failed to parse: %s"
			+ ". The host contains an invalid character.";

	/**
	 * 34: an invalid host is rejected, and addresses are normalised.
	 */
	private static final Map<String, String> HOSTS = Map.of("url 'http://exa mple.com/'",
			FORBIDDEN.formatted("http://exa mple.com/"), //
			"url 'http://ex%20ample.com/'", FORBIDDEN.formatted("http://ex%20ample.com/"), //
			"url 'http://0x7f.1/'", "-> http://127.0.0.1/ | path_url /", //
			"url 'http://2130706433/'", "-> http://127.0.0.1/ | path_url /");

	private static final Map<String, String> DIFFERENCES = Map.of( //
			// 27: no scheme would make a path an address
			"url '/rel'",
			"!! requests.exceptions.MissingSchema: Invalid URL '/rel': No scheme supplied. A relative URL requires a session with a base URL. Set the base URL of the session, or use an absolute URL.",
			// 60: a control character in the host is rejected
			"url 'http://a\\n/'",
			"!! requests.exceptions.InvalidURL: Failed to parse: http://a\\n/. The host contains a control character. Remove it.",
			// 50: the text of a boolean is Java's
			"params 'http://a/' {'a': 1, 'b': None, 'c': ['x', None, 'y'], 'd': [], 'e': '', 'f': True, 'g': 1.0}",
			"-> http://a/?a=1&c=x&c=y&e=&f=true&g=1.0 | path_url /?a=1&c=x&c=y&e=&f=true&g=1.0",
			// 50: a null name is rejected
			"params 'http://a/' {None: 1}", "!! builtins.TypeError: null name",
			// 19: text and lists are merged with the session's parameters
			"session params {'s','x'} + 'a=b'", "-> http://a/?s=1&x=2&a=b", "session params {'s','x'} + [('a', 'b')]",
			"-> http://a/?s=1&x=2&a=b", //
			"session list params + dict", "-> http://a/?s=1&a=b", //
			"session list params + None", "-> http://a/?s=1");

	private static final AtomicInteger MATCHED = new AtomicInteger();

	private static final AtomicInteger SKIPPED = new AtomicInteger();

	private static final AtomicInteger ELSEWHERE = new AtomicInteger();

	static Stream<String> lines() throws IOException {
		try (InputStream stream = UrlVectorTests.class.getResourceAsStream("/vectors/headers-urls-params.txt")) {
			String text = new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
			return Stream.of(text.split("\n")).filter((line) -> !line.isBlank() && !line.startsWith("#"));
		}
	}

	@AfterAll
	static void logCounts() {
		LoggerFactory.getLogger(UrlVectorTests.class)
			.info("headers-urls-params.txt: {} lines match, {} impossible in Java, {} are covered elsewhere", MATCHED,
					SKIPPED, ELSEWHERE);
	}

	@Test
	@DisplayName("23-53: every recorded case is covered")
	void everyVectorIsCovered() throws IOException {
		assertThat(lines().filter((line) -> line.startsWith("url ") || line.contains("params "))).hasSize(133);
		assertThat(DIFFERENCES.keySet()).allMatch((label) -> anyLineStartsWith(label));
		assertThat(HOSTS.keySet()).allMatch((label) -> anyLineStartsWith(label));
		assertThat(IMPOSSIBLE.keySet()).allMatch((label) -> anyLineStartsWith(label));
	}

	private static boolean anyLineStartsWith(String label) {
		try {
			return lines().anyMatch((line) -> line.startsWith(label));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("lines")
	@DisplayName("23-53: URLs match those recorded from requests")
	void urlMatchesRequests(String line) {
		if (COVERED_ELSEWHERE.stream().anyMatch(line::startsWith)) {
			ELSEWHERE.incrementAndGet();
			return;
		}
		if (IMPOSSIBLE.keySet().stream().anyMatch((label) -> line.startsWith(label + "  "))) {
			SKIPPED.incrementAndGet();
			return;
		}
		if (line.startsWith("session ")) {
			assertThat(mergedUrl(line)).isEqualTo(expected(line, line.indexOf("-> ")).substring(3));
		}
		else {
			check(line);
		}
		MATCHED.incrementAndGet();
	}

	private static String mergedUrl(String line) {
		boolean list = line.startsWith("session list");
		KeyValues session = KeyValues.from(list ? List.of(Map.entry("s", 1)) : literal("{'s': 1, 'x': 2}"));
		String request = line.substring(line.indexOf('+') + 1, line.indexOf("->")).trim();
		Object params = request.equals("dict") ? Map.of("a", "b") : literal(request);
		return UrlPreparer.prepare("http://a/", KeyValues.merge(session, KeyValues.from(params)).encode()).text();
	}

	private static @Nullable Object literal(String repr) {
		return new PythonRepr(repr, 0).next();
	}

	private static void check(String line) {
		PythonRepr reader = new PythonRepr(line, line.indexOf(' ') + 1);
		String url = url(Objects.requireNonNull(reader.next()));
		Object params = null;
		if (line.startsWith("params ")) {
			reader.skipBlanks();
			params = reader.next();
		}
		reader.skipBlanks();
		String expected = expected(line, reader.index());
		if (expected.startsWith("-> ")) {
			Url prepared = UrlPreparer.prepare(url, KeyValues.from(params).encode());
			assertThat(prepared.text() + " | path_url " + prepared.pathUrl()).isEqualTo(expected.substring(3));
			assertThat(ParsedUrl.split(prepared.text(), false)).isEqualTo(prepared);
		}
		else {
			checkFailure(url, params, expected.substring(3));
		}
	}

	private static String url(Object url) {
		return (url instanceof byte[] bytes) ? new String(bytes, StandardCharsets.UTF_8) : (String) url;
	}

	private static String expected(String line, int index) {
		String label = line.substring(0, index).trim();
		return DIFFERENCES.getOrDefault(label, HOSTS.getOrDefault(label, line.substring(index)));
	}

	private static void checkFailure(String url, @Nullable Object params, String expected) {
		if (expected.startsWith("builtins.")) {
			assertThatIllegalArgumentException().isThrownBy(() -> KeyValues.from(params));
			return;
		}
		UrlSyntaxException failure = catchThrowableOfType(UrlSyntaxException.class,
				() -> UrlPreparer.prepare(url, KeyValues.from(params).encode()));
		String message = expected.substring(expected.indexOf(": ") + 2);
		UrlSyntaxException.Problem problem = problem(expected, message);
		assertThat(failure).hasMessage((problem == UrlSyntaxException.Problem.NO_HOST) ? message + NO_HOST : message);
		assertThat(failure.problem()).isEqualTo(problem);
	}

	private static UrlSyntaxException.Problem problem(String expected, String message) {
		if (expected.startsWith("requests.exceptions.MissingSchema")) {
			return UrlSyntaxException.Problem.NO_SCHEME;
		}
		return message.endsWith("No host supplied") ? UrlSyntaxException.Problem.NO_HOST
				: UrlSyntaxException.Problem.INVALID;
	}

}
