package io.github.requests4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The display names of all tests of all modules. They are read from the sources, so those
 * of modules that are not built here are included.
 */
final class TestNames {

	private static final String LITERAL = "\"((?:[^\"\\\\]|\\\\.)*)\"";

	private static final Pattern DISPLAY_NAME = Pattern.compile("@DisplayName\\(\\s*((?:" + LITERAL + "[\\s+]*)+)\\)");

	private static final Pattern PART = Pattern.compile(LITERAL);

	private TestNames() {
	}

	/**
	 * A test.
	 *
	 * @param type the simple name of its class
	 * @param name its display name
	 */
	record TestName(String type, String name) {

	}

	/** In the order of modules, paths and lines. */
	static List<TestName> all(Path root) throws IOException {
		List<TestName> names = new ArrayList<>();
		for (Path sources : sourceFolders(root)) {
			try (Stream<Path> files = Files.walk(sources)) {
				for (Path file : files.filter((path) -> path.toString().endsWith("Tests.java")).sorted().toList()) {
					String type = file.getFileName().toString().replace(".java", "");
					Matcher matcher = DISPLAY_NAME.matcher(Files.readString(file));
					while (matcher.find()) {
						names.add(new TestName(type, join(matcher.group(1))));
					}
				}
			}
		}
		return names;
	}

	private static List<Path> sourceFolders(Path root) throws IOException {
		try (Stream<Path> modules = Files.list(root)) {
			return modules.map((module) -> module.resolve(Path.of("src", "test", "java")))
				.filter(Files::isDirectory)
				.sorted()
				.toList();
		}
	}

	private static String join(String literals) {
		StringBuilder text = new StringBuilder();
		Matcher part = PART.matcher(literals);
		while (part.find()) {
			text.append(part.group(1).replace("\\\"", "\"").replace("\\\\", "\\"));
		}
		return text.toString();
	}

}
