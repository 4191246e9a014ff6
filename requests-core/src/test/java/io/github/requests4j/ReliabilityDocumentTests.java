package io.github.requests4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.github.requests4j.TestNames.TestName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that docs/maintainers/reliability.md lists the tests by their names, and that no
 * fault or threat of this module is without a test. With {@code -Dreliability.write=true}
 * the page is written.
 */
class ReliabilityDocumentTests {

	private static final Path ROOT = Path.of("..");

	private static final Path DOCUMENT = ROOT.resolve(Path.of("docs", "maintainers", "reliability.md"));

	private static final Path RESOURCES = Path.of("src", "test", "resources", "reliability");

	private static final Pattern THREATS = Pattern.compile("\\bthreats? (\\d+(?:(?:, | and )\\d+)*)");

	private static final String FAULT = "fault: ";

	private static List<TestName> tests;

	@BeforeAll
	static void readTests() throws IOException {
		tests = TestNames.all(ROOT);
	}

	private static List<String[]> rows(String file) throws IOException {
		return Files.readAllLines(RESOURCES.resolve(file))
			.stream()
			.filter((line) -> !line.startsWith("#"))
			.map((line) -> line.split(" \\| ", -1))
			.toList();
	}

	/** Returns the text after {@code fault: } in the name of a test, or {@code null}. */
	private static @Nullable String faultOf(TestName test) {
		int start = test.name().indexOf(FAULT);
		return (start < 0) ? null : test.name().substring(start + FAULT.length());
	}

	private static Set<String> testsOf(String fault) {
		Set<String> names = new LinkedHashSet<>();
		for (TestName test : tests) {
			String text = faultOf(test);
			if (text != null && (text.equals(fault) || text.startsWith(fault + ": "))) {
				String detail = text.substring(fault.length());
				names.add("`" + test.type() + "`" + detail);
			}
		}
		return names;
	}

	/** Tests of faults that are not in the table. */
	private static Set<String> furtherFaults() throws IOException {
		List<String> known = rows("faults.txt").stream().map((row) -> row[0]).toList();
		Set<String> further = new LinkedHashSet<>();
		for (TestName test : tests) {
			String text = faultOf(test);
			if (text != null
					&& known.stream().noneMatch((fault) -> text.equals(fault) || text.startsWith(fault + ": "))) {
				further.add("`" + test.type() + "`: " + text);
			}
		}
		return further;
	}

	private static Set<String> testsOf(int threat) {
		Set<String> names = new TreeSet<>();
		for (TestName test : tests) {
			Matcher matcher = THREATS.matcher(test.name());
			while (matcher.find()) {
				for (String number : matcher.group(1).split("\\D+")) {
					if (Integer.parseInt(number) == threat) {
						names.add("`" + test.type() + "`");
					}
				}
			}
		}
		return names;
	}

	private static String row(String... cells) {
		StringBuilder row = new StringBuilder("|");
		for (String cell : cells) {
			row.append(' ').append(cell.replace("|", "\\|")).append(" |");
		}
		return row.append('\n').toString();
	}

	private static String cell(Set<String> names, String separator) {
		return names.isEmpty() ? "open" : String.join(separator, names);
	}

	private static String generate() throws IOException {
		StringBuilder text = new StringBuilder(
				"""
						# Faults, threats and long runs

						This page is for maintainers. [Reliability](../reliability.md) has the guarantees for users. It lists which
						tests enforce what, and is generated from the names of the tests. The build fails when it is out of date. To
						write it:

						    mvn -pl requests-core test -Dtest=ReliabilityDocumentTests -Dreliability.write=true

						## Faults

						Each fault is tested over plain connections, TLS, a forwarding proxy, a tunnel through a proxy, and SOCKS,
						wherever it can occur. After each, `FaultInvariants` checks that exactly one typed exception with its request
						was thrown, that no connection is leased, that the next call succeeds, and that no socket, descriptor or thread
						is left. `FaultProxy` makes the network slow, silent or broken in repeatable ways.

						""");
		text.append(row("Fault", "Required", "Tests")).append("|---|---|---|\n");
		for (String[] fault : rows("faults.txt")) {
			text.append(row(fault[0], fault[1], cell(testsOf(fault[0]), "<br>")));
		}
		text.append("\nFurther faults:\n\n");
		furtherFaults().forEach((line) -> text.append("- ").append(line).append('\n'));
		text.append("""

				## Threats

				Classes of attacks and mistakes that have affected HTTP clients. `open` marks a class without a test.

				""");
		text.append(row("No", "Class (history)", "Must", "Tests")).append("|---|---|---|---|\n");
		for (String[] threat : rows("threats.txt")) {
			text.append(row(threat[0], threat[2], threat[3], cell(testsOf(Integer.parseInt(threat[0])), ", ")));
		}
		text.append(
				"""

						## Long runs

						Each build runs a sample of these, and the commands below run all of it. The figures are from the last full
						run, on a machine with two cores.
						""");
		for (String run : longRuns()) {
			text.append('\n').append(run.strip()).append('\n');
		}
		return text.toString();
	}

	/** Returns the reports of the runs that no build repeats, one file each. */
	private static List<String> longRuns() throws IOException {
		List<String> runs = new ArrayList<>();
		try (Stream<Path> files = Files.list(RESOURCES.resolve("runs"))) {
			for (Path file : files.sorted().toList()) {
				runs.add(Files.readString(file));
			}
		}
		return runs;
	}

	@Test
	@DisplayName("docs/maintainers/reliability.md lists the tests by their names")
	void documentIsUpToDate() throws IOException {
		String expected = generate();
		if (Boolean.getBoolean("reliability.write")) {
			Files.writeString(DOCUMENT, expected);
		}
		assertThat(Files.readString(DOCUMENT))
			.as("docs/maintainers/reliability.md; write it with -Dreliability.write=true")
			.isEqualTo(expected);
	}

	@Test
	@DisplayName("Every fault, and every threat to this module, has a test")
	void nothingIsOpen() throws IOException {
		List<String> open = new ArrayList<>();
		for (String[] fault : rows("faults.txt")) {
			if (testsOf(fault[0]).isEmpty()) {
				open.add(FAULT + fault[0]);
			}
		}
		for (String[] threat : rows("threats.txt")) {
			if (threat[1].equals("core") && testsOf(Integer.parseInt(threat[0])).isEmpty()) {
				open.add("threat " + threat[0] + ": " + threat[2]);
			}
		}
		assertThat(open).isEmpty();
	}

}
