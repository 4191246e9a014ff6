package io.github.requests4j.spring.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The tables of the guide's page about clients.
 */
final class GuideTable {

	private static final Path PAGE = Path.of("..", "docs", "guide", "clients.md");

	private GuideTable() {
	}

	/** The cells of the table whose first column has this title, row by row. */
	static List<List<String>> rows(String title) throws IOException {
		return Files.readAllLines(PAGE)
			.stream()
			.dropWhile((line) -> !line.startsWith("| " + title + " |"))
			.skip(2)
			.takeWhile((line) -> line.startsWith("|"))
			.map((line) -> Stream.of(line.substring(1).split("\\|")).map(String::strip).toList())
			.toList();
	}

}
