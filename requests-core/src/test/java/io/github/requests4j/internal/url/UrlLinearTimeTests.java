package io.github.requests4j.internal.url;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.KeyValues;
import io.github.requests4j.testserver.Growth;
import io.github.requests4j.url.Url;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hostile text must be processed in linear time. A quadratic step would take billions of
 * steps for these lengths; the bounds are generous.
 */
@Tag("once")
class UrlLinearTimeTests {

	private static final int LENGTH = 1 << 16;

	private static final long BOUND_NANOS = 2_000_000_000L;

	static List<String> pieces() {
		return List.of("@", ":", "/", "/..", "/.", "../", "%", "%41", "%zz", "%2", "?", "#", "[", "]", "\\", " ", "a",
				"\u00E9", ";", "{", "{a", "}", ".", "&a=b", "0", "\uD800", "//", "::", "1:", "-", "u:p@");
	}

	static List<String> prefixes() {
		return List.of("", "http://", "http://h/", "http://h/?", "http://h/#", "http://[", "http://h:", "http://u:p@h",
				"//");
	}

	/** The processor time of this thread: other processes do not count. */
	private static long cpuTime() {
		return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
	}

	private static void quietly(Consumer<String> use, String text) {
		try {
			use.accept(text);
		}
		catch (IllegalArgumentException ex) {
			// Rejecting is fine if it is fast; the message must not be huge either
			assertThat(String.valueOf(ex.getMessage()).length()).isLessThan(5 * text.length() + 1000);
		}
	}

	@ParameterizedTest
	@MethodSource("pieces")
	@DisplayName("threat 45 (CVE-2021-33503): a long run of any piece is parsed in linear time")
	void longRunsAreParsedInLinearTime(String piece) {
		String run = piece.repeat(LENGTH / piece.length());
		Url from = ParsedUrl.split("http://h/a/b");
		BaseUrl base = BaseUrl.of("http://h/a/b");
		long start = cpuTime();
		for (String prefix : prefixes()) {
			String text = prefix + run;
			quietly((url) -> UrlPreparer.prepare(url, "").requestTarget(), text);
			quietly((url) -> ParsedUrl.split(url).requestTarget(), text);
			quietly((url) -> ParsedUrl.parse(url).requestTarget(), text);
		}
		quietly((url) -> UrlResolver.redirect(from, url), run);
		quietly(base::resolve, run);
		quietly((url) -> UriTemplate.parse(url).expand(Map.of("a", "b")), run);
		quietly(PercentCodec::requoteUri, run);
		quietly(PercentCodec::decode, run);
		quietly(UrlText::quoted, run);
		quietly((text) -> KeyValues.fromText(text).encode(), run);
		long nanos = cpuTime() - start;
		assertThat(nanos).as("nanoseconds").isLessThan(BOUND_NANOS);
	}

	@Test
	@DisplayName("threat 45: 1 MB of @ is parsed in linear time")
	void megabyteOfAtSignsIsParsedInLinearTime() {
		String text = "http://" + "@".repeat(1 << 20);
		long start = cpuTime();
		quietly((url) -> UrlPreparer.prepare(url, "").requestTarget(), text);
		assertThat(cpuTime() - start).isLessThan(BOUND_NANOS);
	}

	@ParameterizedTest
	@ValueSource(strings = { "@", "/..", "%41", "%", "{a}", "\u00E9" })
	@DisplayName("threat 45: twice the text takes about twice as long")
	void timeGrowsLinearly(String piece) throws IOException {
		Growth.assertLinear("'" + piece + "'", UrlLinearTimeTests::prepareAndExpand, "http://h/" + piece.repeat(20_000),
				"http://h/" + piece.repeat(40_000));
	}

	private static void prepareAndExpand(String text) {
		quietly((url) -> UrlPreparer.prepare(url, "").requestTarget(), text);
		quietly((url) -> UriTemplate.parse(url).expand(Map.of("a", "b")), text);
	}

	@Test
	@DisplayName("threat 45: many parameters are merged in linear time")
	void manyParametersAreMergedInLinearTime() {
		int count = 20_000;
		KeyValues session = KeyValues.fromPairs(pairs(count, "s"));
		KeyValues request = KeyValues.fromPairs(pairs(count, "r"));
		long start = cpuTime();
		String merged = KeyValues.merge(session, request).encode();
		assertThat(cpuTime() - start).isLessThan(BOUND_NANOS);
		assertThat(merged.chars().filter((character) -> character == '&').count()).isEqualTo(count - 1L);
	}

	private static List<Map.Entry<String, String>> pairs(int count, String value) {
		return IntStream.range(0, count).mapToObj((i) -> Map.entry("n" + i, value)).toList();
	}

}
