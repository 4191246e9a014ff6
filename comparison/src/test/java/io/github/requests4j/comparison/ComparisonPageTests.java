package io.github.requests4j.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks the table in the comparison page, which counts the lines in the marked regions
 * of the sources. To update it, run this test with {@code -Drequests.docs.write=true}.
 */
class ComparisonPageTests {

	private static final Path PAGE = Path.of("..", "docs", "comparison.md");

	private static final String START = "<!-- counted -->\n";

	private static final String END = "<!-- end of what is counted -->\n";

	private static final Path JAVA = Path.of("src/test/java/io/github/requests4j/comparison");

	private static final Path YAML = Path.of("src/test/resources");

	@Test
	void theTableIsUpToDate() throws IOException {
		String page = Files.readString(PAGE);
		int start = page.indexOf(START) + START.length();
		String counted = page.substring(0, start) + table() + page.substring(page.indexOf(END));
		if (Boolean.getBoolean("requests.docs.write")) {
			Files.writeString(PAGE, counted);
		}
		assertThat(Files.readString(PAGE)).as("written with -Drequests.docs.write=true").isEqualTo(counted);
	}

	private static String table() throws IOException {
		StringBuilder table = new StringBuilder(
				"| Task | Spring: Java | YAML | OpenFeign: Java | Starter: Java | YAML |\n")
			.append("|---|--:|--:|--:|--:|--:|\n");
		int[] sums = new int[5];
		for (Map.Entry<String, String> task : tasks().entrySet()) {
			int[] counts = counts(task.getKey());
			append(table, task.getValue(), counts);
			for (int i = 0; i < sums.length; i++) {
				sums[i] += counts[i];
			}
		}
		append(table, "**All**", sums);
		return table.toString();
	}

	private static void append(StringBuilder table, String name, int[] counts) {
		table.append("| ").append(name);
		for (int count : counts) {
			table.append(" | ").append(count);
		}
		table.append(" |\n");
	}

	private static int[] counts(String task) throws IOException {
		int[] counts = { java(task, "Spring"), lines(YAML.resolve("spring.yml"), task), java(task, "Feign"),
				java(task, "Requests"), lines(YAML.resolve("requests.yml"), task) };
		assertThat(counts[0] + counts[1]).as("%s with Spring", task).isPositive();
		assertThat(counts[2]).as("%s with OpenFeign", task).isPositive();
		assertThat(counts[3] + counts[4]).as("%s with the starter", task).isPositive();
		return counts;
	}

	private static int java(String task, String library) throws IOException {
		return lines(JAVA.resolve(library + "Solutions.java"), task)
				+ lines(JAVA.resolve("slice").resolve(library + "SliceTests.java"), task);
	}

	private static int lines(Path file, String task) throws IOException {
		int lines = 0;
		boolean inside = false;
		for (String line : Files.readAllLines(file)) {
			String text = line.strip();
			if (text.endsWith("tag::" + task + "[]") || text.endsWith("end::" + task + "[]")) {
				inside = text.endsWith("tag::" + task + "[]");
			}
			else if (inside && !text.isEmpty()) {
				lines++;
			}
		}
		assertThat(inside).as("%s is not ended in %s", task, file).isFalse();
		return lines;
	}

	private static Map<String, String> tasks() {
		Map<String, String> tasks = new LinkedHashMap<>();
		tasks.put("json", "JSON call");
		tasks.put("timeouts", "timeouts");
		tasks.put("retry", "two retries with `Retry-After`");
		tasks.put("basic", "basic");
		tasks.put("digest", "digest");
		tasks.put("bearer", "bearer");
		tasks.put("certificate", "client certificate");
		tasks.put("proxy", "proxy");
		tasks.put("paging", "paging by `Link`");
		tasks.put("download", "large download with progress");
		tasks.put("errors", "error mapping");
		tasks.put("slice", "slice test");
		return tasks;
	}

}
