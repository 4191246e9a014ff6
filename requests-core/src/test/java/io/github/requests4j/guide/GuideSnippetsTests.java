package io.github.requests4j.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every Java block of the guide is compiled and run: it is the text between two markers
 * in the sources of a {@code guide} package. White space does not count.
 */
class GuideSnippetsTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Pattern FENCE = Pattern.compile("^```(\\w*)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

	/**
	 * A whole file under its name: FirstApplicationTests of the sample compiles and runs
	 * it.
	 */
	private static final Pattern FILE = Pattern.compile("^\\*\\*`[^`]+`\\*\\*\n\n```\\w+\n.*?^```$",
			Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern TAG = Pattern.compile("// tag::([\\w-]+)\\[]\n(.*?)// end::\\1\\[]", Pattern.DOTALL);

	private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)[^):]*\\)");

	private static final Pattern PAGE = Pattern
		.compile("guide/.*\\.md|(architecture|troubleshooting|faq|migration-[\\w-]+)\\.md");

	static List<Path> pages() {
		Path docs = ROOT.resolve("docs");
		return files(docs, ".md").filter((page) -> PAGE.matcher(docs.relativize(page).toString()).matches()).toList();
	}

	@ParameterizedTest
	@MethodSource("pages")
	void javaBlocksHaveSources(Path page) {
		Map<String, String> snippets = snippets();
		assertThat(blocks(page)).allSatisfy((block) -> assertThat(snippets).as("%s: no source for\n%s", page, block)
			.containsValue(normalized(block)));
	}

	/** Snippets have no imports; their sources do. */
	@ParameterizedTest
	@MethodSource("pages")
	void everySourceOfABlockIsLinked(Path page) {
		Map<String, String> snippets = snippets();
		String text = read(page);
		assertThat(blocks(page)).allSatisfy((block) -> {
			String source = normalized(block);
			assertThat(snippets.keySet()).as("%s: no link to the source of\n%s", page, block)
				.anyMatch((name) -> snippets.get(name).equals(source) && isLinked(text, name));
		});
	}

	/** By the file or its folder. */
	private static boolean isLinked(String text, String name) {
		String file = name.substring(0, name.indexOf('#'));
		return text.contains("/" + file + ")") || text.contains("/" + file.substring(0, file.lastIndexOf('/')) + ")");
	}

	@ParameterizedTest
	@MethodSource("pages")
	void linksPointToExistingFiles(Path page) {
		List<String> links = LINK.matcher(read(page)).results().map((link) -> link.group(1)).toList();
		assertThat(links).isNotEmpty().allSatisfy((link) -> assertThat(page.resolveSibling(link).normalize()).exists());
	}

	@Test
	void snippetsAreShown() {
		List<String> shown = pages().stream()
			.flatMap((page) -> blocks(page).stream())
			.map(GuideSnippetsTests::normalized)
			.toList();
		Map<String, String> hidden = snippets();
		hidden.values().removeAll(shown);
		assertThat(hidden).isEmpty();
	}

	private static List<String> blocks(Path page) {
		return FENCE.matcher(FILE.matcher(read(page)).replaceAll(""))
			.results()
			.filter((fence) -> fence.group(1).equals("java"))
			.map((MatchResult fence) -> fence.group(2))
			.toList();
	}

	/** The marked texts by file and name. */
	private static Map<String, String> snippets() {
		Map<String, String> snippets = new TreeMap<>();
		for (Path source : sources()) {
			TAG.matcher(read(source)).results().forEach((tag) -> {
				String name = ROOT.relativize(source) + "#" + tag.group(1);
				assertThat(snippets.put(name, normalized(tag.group(2)))).as(name).isNull();
			});
		}
		return snippets;
	}

	private static List<Path> sources() {
		try (Stream<Path> modules = Files.list(ROOT)) {
			return modules.map((module) -> module.resolve("src/test/java"))
				.filter(Files::isDirectory)
				.flatMap((sources) -> files(sources, ".java"))
				.filter((source) -> source.getParent().endsWith("guide"))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<Path> files(Path folder, String suffix) {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter((file) -> file.toString().endsWith(suffix)).sorted().toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String normalized(String code) {
		return code.lines().map(String::strip).filter((line) -> !line.isEmpty()).collect(Collectors.joining("\n"));
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
