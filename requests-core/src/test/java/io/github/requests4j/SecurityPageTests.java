package io.github.requests4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that the guarantees in {@code docs/security.md} have tests.
 */
class SecurityPageTests {

	private static final Path ROOT = Path.of("..");

	@Test
	@DisplayName("Each guarantee in docs/security.md names tests that exist")
	void everyGuaranteeNamesExistingTests() throws IOException {
		List<String> promises = Files.readAllLines(ROOT.resolve("docs/security.md"))
			.stream()
			.takeWhile((line) -> !line.equals("## Credentials over redirects"))
			.filter((line) -> line.startsWith("| ") && !line.startsWith("| Against"))
			.toList();
		assertThat(promises).hasSizeGreaterThan(10);
		Set<String> tests = tests();
		for (String promise : promises) {
			String last = promise.substring(promise.lastIndexOf('|', promise.length() - 2));
			List<String> named = Pattern.compile("`(\\w+)`")
				.matcher(last)
				.results()
				.map((found) -> found.group(1))
				.toList();
			assertThat(named).as(promise).isNotEmpty().isSubsetOf(tests);
		}
	}

	private static Set<String> tests() throws IOException {
		try (Stream<Path> files = Files.walk(ROOT)) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith("Tests.java"))
				.map((name) -> name.substring(0, name.length() - ".java".length()))
				.collect(Collectors.toSet());
		}
	}

}
