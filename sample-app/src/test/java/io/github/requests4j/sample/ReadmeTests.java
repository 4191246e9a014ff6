package io.github.requests4j.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the README shows is what is compiled and run here.
 */
class ReadmeTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Pattern FENCE = Pattern.compile("^```(\\w*)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)[^):]*\\)");

	private static final List<String> INDENTS = List.of("", "\t", "\t\t", "\t\t\t", "  ", "    ");

	private final String readme = read(ROOT.resolve("README.md"));

	@Test
	void snippetsStandInSources() throws IOException {
		List<String> sources = sources();
		List<String> snippets = snippets("java", "yaml");
		assertThat(snippets).hasSizeGreaterThanOrEqualTo(4);
		assertThat(snippets).allSatisfy((snippet) -> assertThat(sources).as(snippet)
			.anyMatch((source) -> INDENTS.stream().anyMatch((indent) -> containsInOrder(source, snippet, indent))));
	}

	@Test
	void dependencyIsTheStarterOfThisVersion() {
		String version = read(ROOT.resolve("pom.xml")).replaceAll("(?s).*?<version>([^<]+)</version>.*", "$1");
		assertThat(snippets("xml")).singleElement()
			.asString()
			.contains("<groupId>io.github.requests4j</groupId>",
					"<artifactId>requests-spring-boot-starter</artifactId>", "<version>" + version + "</version>");
	}

	@Test
	void linksLeadSomewhere() {
		List<String> links = LINK.matcher(this.readme).results().map((link) -> link.group(1)).toList();
		assertThat(links).isNotEmpty().allSatisfy((link) -> assertThat(ROOT.resolve(link)).exists());
	}

	/** A line of three dots stands for lines that are left out. */
	private static boolean containsInOrder(String source, String snippet, String indent) {
		int from = 0;
		for (String piece : snippet.split("(?m)^\\s*(#|//) \\.\\.\\.\n")) {
			String text = piece.lines()
				.map((line) -> line.isEmpty() ? "\n" : indent + line + "\n")
				.reduce("", String::concat);
			int found = source.indexOf(text, from);
			if (found < 0) {
				return false;
			}
			from = found + text.length();
		}
		return true;
	}

	private List<String> snippets(String... languages) {
		return FENCE.matcher(this.readme)
			.results()
			.filter((fence) -> List.of(languages).contains(fence.group(1)))
			.map((MatchResult fence) -> fence.group(2))
			.toList();
	}

	private static List<String> sources() throws IOException {
		try (Stream<Path> files = Files.walk(ROOT.resolve("sample-app/src"))) {
			return files.filter((file) -> file.toString().endsWith(".java") || file.toString().endsWith(".yml"))
				.map(ReadmeTests::read)
				.toList();
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
