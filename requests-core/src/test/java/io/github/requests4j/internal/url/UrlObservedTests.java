package io.github.requests4j.internal.url;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.KeyValues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Random text, and what requests made of it, to find combinations that a person would not
 * think of.
 */
class UrlObservedTests {

	private static final Pattern FORBIDDEN_HOST = Pattern
		.compile("(?i)(?:^|-> )https?://(?:[^/?#]*@)?+[^/?#:\\[]*[%<>^|\"`{}]");

	private static final Pattern INTERNATIONAL_HOST = Pattern
		.compile("(?i)^\\s*(?:https?:)?//(?:[^/?#]*@)?+[^/?#:\\[]*[^\\x00-\\x7f]");

	/** What precedes a host, and the host. */
	private static final Pattern HOST = Pattern.compile("(-> [a-z]+://(?:[^/?#]*@)?)[^/?#:]*");

	private static List<String> lines(String kind) throws IOException {
		try (InputStream stream = UrlObservedTests.class.getResourceAsStream("/vectors/urls-observed.txt")) {
			String text = new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
			return Stream.of(text.split("\n")).filter((line) -> line.startsWith(kind + " ")).toList();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "url", "params", "redirect", "requote", "target" })
	@DisplayName("23-53, 151-154: results for random text match those recorded from requests")
	void randomTextMatchesRequests(String kind) throws IOException {
		List<String> lines = lines(kind);
		assertThat(lines).hasSizeGreaterThan(100);
		assertThat(lines).allSatisfy((line) -> check(kind, line));
	}

	private static void check(String kind, String line) {
		PythonRepr reader = new PythonRepr(line, kind.length() + 1);
		String text = (String) Objects.requireNonNull(reader.next());
		reader.skipBlanks();
		Object second = null;
		if (kind.equals("params") || kind.equals("redirect")) {
			second = reader.next();
			reader.skipBlanks();
		}
		String expected = line.substring(reader.index());
		Object other = second;
		if (kind.equals("redirect") && hasInternationalHost(String.valueOf(second))) {
			checkInternationalHost(text, second, expected);
		}
		else if (FORBIDDEN_HOST.matcher(kind.equals("redirect") ? text + "/ " + expected : expected).find()) {
			// 34: an invalid host is rejected
			assertThatExceptionOfType(UrlSyntaxException.class).isThrownBy(() -> result(kind, text, other));
		}
		else if (expected.startsWith("!! ")) {
			assertThat(failure(text, second)).isEqualTo(expected.substring(3, expected.indexOf(':')));
		}
		else {
			assertThat("-> " + result(kind, text, second)).isEqualTo(expected);
		}
	}

	private static boolean hasInternationalHost(String location) {
		return INTERNATIONAL_HOST.matcher(location).find();
	}

	/**
	 * 155: the host is encoded by IDNA or rejected; everything else is as in requests.
	 */
	private static void checkInternationalHost(String text, Object location, String expected) {
		try {
			String result = "-> " + result("redirect", text, location);
			assertThat(HOST.matcher(result).replaceFirst("$1")).isEqualTo(HOST.matcher(expected).replaceFirst("$1"));
			assertThat(ParsedUrl.split(result.substring(3)).host()).contains("xn--").matches("[-a-z0-9_.]+");
		}
		catch (UrlSyntaxException ex) {
			assertThat(ex.problem()).isEqualTo(UrlSyntaxException.Problem.INVALID);
		}
	}

	private static String failure(String url, @Nullable Object params) {
		try {
			return UrlPreparer.prepare(url, KeyValues.from(params).encode()).text();
		}
		catch (UrlSyntaxException ex) {
			return (ex.problem() == UrlSyntaxException.Problem.NO_SCHEME) ? "MissingSchema" : "InvalidURL";
		}
	}

	private static String result(String kind, String text, @Nullable Object second) {
		return switch (kind) {
			case "url", "params" -> prepared(UrlPreparer.prepare(text, KeyValues.from(second).encode()));
			case "redirect" ->
				UrlResolver.redirect(ParsedUrl.split(text), (String) Objects.requireNonNull(second)).text();
			case "requote" -> PercentCodec.requoteUri(text);
			case "target" -> ParsedUrl.split("http://h" + text).requestTarget();
			default -> throw new IllegalArgumentException(kind);
		};
	}

	private static String prepared(ParsedUrl url) {
		// What is found while scanning is what is found by splitting the result again
		assertThat(ParsedUrl.split(url.text(), false).layout()).isEqualTo(url.layout());
		assertThat(url.requestTarget()).matches("[!-~]+");
		return url.text() + " | path_url " + url.pathUrl();
	}

}
