package io.github.requests4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks docs/api-map.md: every name of the developer interface has a row, and every Java
 * name in it exists.
 */
class ApiMapTests {

	private static final Path MAP = Path.of("..", "docs", "api-map.md");

	private static final Pattern ROW = Pattern.compile("^\\| (.+?) \\| `(.+?)` \\| (.*?) ?\\|$");

	private static final List<String> PACKAGES = List.of("io.github.requests4j", "io.github.requests4j.http",
			"io.github.requests4j.internal.url", "io.github.requests4j.internal.environment",
			"io.github.requests4j.cookies", "io.github.requests4j.auth", "io.github.requests4j.adapters");

	@Test
	@DisplayName("Every name of the Python interface has one row in the API map")
	void everyPythonNameHasARow() throws IOException {
		List<String> seed;
		try (Stream<String> lines = Files.lines(Path.of("src", "test", "resources", "seed-names.txt"))) {
			seed = lines.toList();
		}
		assertThat(seed).hasSize(218);
		assertThat(rows().stream().map(Row::python)).containsExactlyElementsOf(seed);
	}

	@Test
	@DisplayName("Every Java name in the API map exists")
	void everyJavaNameExists() throws IOException {
		List<String> missing = new ArrayList<>();
		for (Row row : rows()) {
			if (!exists(row.java())) {
				missing.add(row.python() + " -> " + row.java());
			}
		}
		assertThat(missing).isEmpty();
	}

	private static boolean exists(String name) {
		String[] parts = name.split("#");
		Class<?> type = type(parts[0]);
		if (type == null || parts.length == 1) {
			return type != null;
		}
		return memberNames(type).contains(parts[1]);
	}

	private static Set<String> memberNames(Class<?> type) {
		Stream<String> own = Stream.concat(
				Stream.concat(Stream.of(type.getMethods()), Stream.of(type.getDeclaredMethods()))
					.map((method) -> method.getName()),
				Stream.of(type.getDeclaredFields()).map((field) -> field.getName()));
		return own.collect(Collectors.toSet());
	}

	private static Class<?> type(String name) {
		for (String candidate : PACKAGES) {
			try {
				return Class.forName(candidate + "." + name.replace('.', '$'), false,
						ApiMapTests.class.getClassLoader());
			}
			catch (ClassNotFoundException ex) {
				continue;
			}
		}
		return null;
	}

	private static List<Row> rows() throws IOException {
		List<Row> rows = new ArrayList<>();
		for (String line : Files.readAllLines(MAP)) {
			Matcher matcher = ROW.matcher(line);
			if (matcher.matches()) {
				rows.add(new Row(matcher.group(1), matcher.group(2)));
			}
		}
		return rows;
	}

	private record Row(String python, String java) {
	}

}
