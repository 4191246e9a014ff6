package io.github.requests4j.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The arguments of a program: a folder for the report, and options as {@code name=value}.
 */
final class Arguments {

	private final Path folder;

	private final Map<String, String> options;

	private Arguments(Path folder, Map<String, String> options) {
		this.folder = folder;
		this.options = options;
	}

	static Arguments parse(String[] args, String... names) {
		List<String> folders = new ArrayList<>();
		Map<String, String> options = new HashMap<>();
		for (String arg : args) {
			int end = arg.indexOf('=');
			if (end < 0) {
				folders.add(arg);
			}
			else if (List.of(names).contains(arg.substring(0, end))) {
				options.put(arg.substring(0, end), arg.substring(end + 1));
			}
			else {
				throw new IllegalArgumentException(arg + ": unknown option. Use " + String.join("=, ", names) + "=.");
			}
		}
		if (folders.size() > 1) {
			throw new IllegalArgumentException(
					"More than one folder: " + String.join(", ", folders) + ". Write options as name=value.");
		}
		return new Arguments(Path.of(folders.isEmpty() ? "target/comparison" : folders.get(0)), options);
	}

	/** Returns the folder for the report, which is created if necessary. */
	Path folder() throws IOException {
		return Files.createDirectories(this.folder);
	}

	int number(String name, int fallback) {
		String value = this.options.get(name);
		return (value != null) ? Integer.parseInt(value) : fallback;
	}

	/** Returns the values of an option with a list. */
	List<String> list(String name) {
		String value = this.options.get(name);
		return (value != null) ? List.of(value.split(",")) : List.of();
	}

	/** Returns the constants that an option selects, or the fallback if it is not set. */
	<E extends Enum<E>> Set<E> constants(String name, Class<E> type, Set<E> fallback) {
		if (list(name).isEmpty()) {
			return fallback;
		}
		Set<E> constants = EnumSet.noneOf(type);
		list(name).forEach((value) -> constants.add(Enum.valueOf(type, value.toUpperCase(Locale.ROOT))));
		return constants;
	}

}
