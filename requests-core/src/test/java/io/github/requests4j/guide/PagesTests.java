package io.github.requests4j.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks all pages of the documentation: their links are valid, and each page can be
 * reached from the first one.
 */
class PagesTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Path FIRST = ROOT.resolve("README.md");

	private static final Path SIDEBAR = ROOT.resolve("site/.vitepress/config.mjs");

	private static final Pattern FENCE = Pattern.compile("^ {0,3}```.*?^ {0,3}```$",
			Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern LINK = Pattern
		.compile("\\[(?:[^\\[\\]]|\\[[^\\]]*\\])*\\]\\(([^()\\s]+(?:\\([^()]*\\))?)\\)");

	private static final Pattern HEADING = Pattern.compile("^#{1,6} (.+)$", Pattern.MULTILINE);

	private static final Pattern SIDEBAR_LINK = Pattern.compile("', '/([\\w/-]+)'\\]");

	/** Each page with its text, without blocks of code. */
	private static final Map<Path, String> PAGES = new LinkedHashMap<>();

	@BeforeAll
	static void readPages() throws IOException {
		List<Path> files = new ArrayList<>();
		try (Stream<Path> top = Files.list(ROOT); Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
			Stream.concat(top, docs).filter((file) -> file.toString().endsWith(".md")).sorted().forEach(files::add);
		}
		for (Path file : files) {
			PAGES.put(file, FENCE.matcher(Files.readString(file)).replaceAll(""));
		}
	}

	@Test
	void everyLinkLeadsToAFileOrFolder() {
		List<String> broken = new ArrayList<>();
		PAGES.keySet().forEach((page) -> links(page).forEach((link) -> {
			if (!Files.exists(target(page, link))) {
				broken.add(ROOT.relativize(page) + ": " + link);
			}
		}));
		assertThat(broken).isEmpty();
	}

	@Test
	void everyAnchorIsAHeadingOfItsPage() {
		List<String> broken = new ArrayList<>();
		int found = 0;
		for (Path page : PAGES.keySet()) {
			for (String link : links(page)) {
				int hash = link.indexOf('#');
				if (hash >= 0) {
					found++;
					Path target = target(page, link);
					if (!PAGES.containsKey(target) || !anchors(target).contains(link.substring(hash + 1))) {
						broken.add(ROOT.relativize(page) + ": " + link);
					}
				}
			}
		}
		assertThat(broken).isEmpty();
		assertThat(found).isGreaterThan(50);
	}

	@Test
	void everyPageIsLinkedFromTheStartPage() {
		Set<Path> reached = new HashSet<>(Set.of(FIRST));
		Deque<Path> open = new ArrayDeque<>(reached);
		while (!open.isEmpty()) {
			Path page = open.remove();
			for (String link : links(page)) {
				Path target = target(page, link);
				if (PAGES.containsKey(target) && reached.add(target)) {
					open.add(target);
				}
			}
		}
		Set<Path> lost = new TreeSet<>(PAGES.keySet());
		lost.removeAll(reached);
		assertThat(lost).isEmpty();
	}

	@Test
	void navigationOfTheSiteListsEveryPage() throws IOException {
		Set<String> listed = new TreeSet<>();
		Matcher entry = SIDEBAR_LINK.matcher(Files.readString(SIDEBAR));
		while (entry.find()) {
			listed.add(entry.group(1) + ".md");
		}
		Path docs = ROOT.resolve("docs");
		Set<String> pages = new TreeSet<>();
		for (Path page : PAGES.keySet()) {
			if (page.startsWith(docs) && !page.endsWith("README.md")) {
				pages.add(docs.relativize(page).toString());
			}
		}
		// Made by the benchmarks; docs/performance.md links to them.
		pages.removeIf((page) -> page.startsWith("performance/"));
		assertThat(listed).isEqualTo(pages);
	}

	private static List<String> links(Path page) {
		List<String> links = new ArrayList<>();
		Matcher link = LINK.matcher(PAGES.get(page));
		while (link.find()) {
			if (!link.group(1).matches("[a-z]+:.*")) {
				links.add(link.group(1));
			}
		}
		return links;
	}

	private static Path target(Path page, String link) {
		String file = link.replaceFirst("#.*", "");
		return file.isEmpty() ? page : page.resolveSibling(file).normalize();
	}

	/** As GitHub makes them. */
	private static Set<String> anchors(Path page) {
		Set<String> anchors = new HashSet<>();
		Matcher heading = HEADING.matcher(PAGES.get(page));
		while (heading.find()) {
			String anchor = heading.group(1)
				.replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
				.toLowerCase(Locale.ROOT)
				.replaceAll("[^\\p{L}\\p{N}_ -]", "")
				.replace(' ', '-');
			int copy = 0;
			for (String name = anchor; !anchors.add(name); name = anchor + "-" + copy) {
				copy++;
			}
		}
		return anchors;
	}

}
