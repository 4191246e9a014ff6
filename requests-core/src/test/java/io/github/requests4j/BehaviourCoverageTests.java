package io.github.requests4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that the catalogue of requests' behaviours, the tests with its numbers and the
 * table of differences agree.
 */
class BehaviourCoverageTests {

	private static final int BEHAVIOURS = 250;

	private static final Pattern DISPLAY_NAME = Pattern
		.compile("@(?:DisplayName\\(|ParameterizedTest\\(name = )\"([0-9][0-9, -]*):");

	private static final Pattern ENTRY = Pattern.compile("^([0-9]+)\\. (≠ )?\\S.*");

	private static final Pattern DIFFERENCE = Pattern.compile("^\\| ([0-9][0-9, -]*) \\|");

	@Test
	@DisplayName("Every behaviour of requests has a test or a documented difference")
	void everyBehaviourHasATestOrADifference() throws IOException {
		SortedSet<Integer> left = new TreeSet<>(IntStream.rangeClosed(1, BEHAVIOURS).boxed().toList());
		left.removeAll(tested());
		left.removeAll(different());
		assertThat(left).as("behaviours with neither a test nor a difference").isEmpty();
	}

	@Test
	@DisplayName("The catalogue lists every behaviour once, in order, and marks those that differ")
	void catalogueIsComplete() throws IOException {
		List<Integer> listed = new ArrayList<>();
		SortedSet<Integer> marked = new TreeSet<>();
		for (String line : Files.readAllLines(Path.of("..", "docs", "behaviours.md"))) {
			Matcher matcher = ENTRY.matcher(line);
			if (matcher.matches()) {
				listed.add(Integer.valueOf(matcher.group(1)));
				if (matcher.group(2) != null) {
					marked.add(listed.get(listed.size() - 1));
				}
			}
		}
		assertThat(listed).isEqualTo(IntStream.rangeClosed(1, BEHAVIOURS).boxed().toList());
		assertThat(marked).isEqualTo(different());
	}

	private static SortedSet<Integer> tested() throws IOException {
		SortedSet<Integer> numbers = new TreeSet<>();
		try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".java")).toList()) {
				Matcher matcher = DISPLAY_NAME.matcher(Files.readString(file));
				while (matcher.find()) {
					numbers.addAll(numbers(matcher.group(1)));
				}
			}
		}
		return numbers;
	}

	private static SortedSet<Integer> different() throws IOException {
		SortedSet<Integer> numbers = new TreeSet<>();
		for (String line : Files.readAllLines(Path.of("..", "docs", "differences.md"))) {
			Matcher matcher = DIFFERENCE.matcher(line);
			if (matcher.find()) {
				numbers.addAll(numbers(matcher.group(1)));
			}
		}
		return numbers;
	}

	/** Reads lists such as "40, 41" and ranges such as "135-137". */
	private static List<Integer> numbers(String text) {
		return Stream.of(text.split(",")).map(String::trim).flatMap((part) -> {
			String[] ends = part.split("-");
			int first = Integer.parseInt(ends[0].trim());
			int last = Integer.parseInt(ends[ends.length - 1].trim());
			return IntStream.rangeClosed(first, last).boxed();
		}).toList();
	}

}
