package io.github.requests4j.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that the tables of the architecture page name packages, types and methods that
 * exist.
 */
class ArchitecturePageTests {

	private static final Path PAGE = Path.of("..", "docs", "architecture.md");

	private static final List<Path> ROOTS = List.of(Path.of("src", "main", "java", "io", "github", "requests4j"),
			Path.of("src", "test", "java", "io", "github", "requests4j"),
			Path.of("..", "requests-spring-boot-autoconfigure", "src", "main", "java", "io", "github", "requests4j",
					"spring"));

	private static final Pattern CODE = Pattern.compile("`([^`]+)`");

	private static final Pattern PACKAGE = Pattern.compile("[a-z0-9]+(/[a-z0-9]+)*");

	private static final Pattern TYPE = Pattern
		.compile("((?:[a-z0-9]+/)*[A-Z][A-Za-z0-9]+)(?:\\.([a-z][A-Za-z0-9]*))?");

	@Test
	void everyNameInItsTablesExists() throws IOException {
		List<String> missing = new ArrayList<>();
		int found = 0;
		for (String name : namesInTables()) {
			if (exists(name)) {
				found++;
			}
			else {
				missing.add(name);
			}
		}
		assertThat(missing).as("names in docs/architecture.md that exist in no source folder").isEmpty();
		assertThat(found).isGreaterThan(40);
	}

	private static List<String> namesInTables() throws IOException {
		List<String> names = new ArrayList<>();
		for (String line : Files.readAllLines(PAGE)) {
			Matcher code = CODE.matcher(line.startsWith("|") ? line : "");
			while (code.find()) {
				names.add(code.group(1));
			}
		}
		return names;
	}

	private static boolean exists(String name) throws IOException {
		Matcher type = TYPE.matcher(name);
		if (type.matches()) {
			return typeExists(type.group(1), type.group(2));
		}
		return !PACKAGE.matcher(name).matches()
				|| ROOTS.stream().anyMatch((root) -> Files.isDirectory(root.resolve(name)));
	}

	private static boolean typeExists(String type, String method) throws IOException {
		for (Path root : ROOTS) {
			Path file = find(root, type);
			if (file != null) {
				return method == null || Pattern.compile("\\b" + method + "\\(").matcher(Files.readString(file)).find();
			}
		}
		return false;
	}

	/** A bare name may be in any package; a name with a package must be in that one. */
	private static Path find(Path root, String type) throws IOException {
		Path exact = root.resolve(type + ".java");
		if (Files.exists(exact) || type.contains("/")) {
			return Files.exists(exact) ? exact : null;
		}
		try (Stream<Path> files = Files.walk(root)) {
			return files.filter((path) -> path.endsWith(type + ".java")).findFirst().orElse(null);
		}
	}

}
