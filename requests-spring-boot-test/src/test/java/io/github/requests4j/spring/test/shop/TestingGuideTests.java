package io.github.requests4j.spring.test.shop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compiles and runs the examples of docs/testing.md.
 */
class TestingGuideTests {

	private static final Pattern FENCE = Pattern.compile("^```java\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

	@Test
	void snippetsComeFromSources() throws IOException {
		List<String> snippets = FENCE.matcher(Files.readString(Path.of("../docs/testing.md")))
			.results()
			.map((fence) -> fence.group(1))
			.toList();
		assertThat(snippets).hasSizeGreaterThanOrEqualTo(4);
		List<String> sources = sources();
		assertThat(snippets).allSatisfy(
				(snippet) -> assertThat(sources).as(snippet).anyMatch((source) -> containsInOrder(source, snippet)));
	}

	/** A line of three dots represents omitted lines. */
	private static boolean containsInOrder(String source, String snippet) {
		int from = 0;
		for (String piece : snippet.split("(?m)^\\s*// \\.\\.\\.\n")) {
			String text = stripped(piece);
			int found = source.indexOf(text, from);
			if (found < 0) {
				return false;
			}
			from = found + text.length();
		}
		return true;
	}

	private static List<String> sources() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
			return files.filter((file) -> file.toString().endsWith(".java")).map(TestingGuideTests::read).toList();
		}
	}

	private static String read(Path file) {
		try {
			return stripped(Files.readString(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Without indentation. */
	private static String stripped(String text) {
		return text.lines().map(String::strip).collect(Collectors.joining("\n", "", "\n"));
	}

}
