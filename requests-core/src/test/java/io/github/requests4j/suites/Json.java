package io.github.requests4j.suites;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the files of the suites, some of which begin with comments.
 */
final class Json {

	private Json() {
	}

	static JsonNode read(Path file) throws IOException {
		String text = Files.readString(file)
			.lines()
			.filter((line) -> !line.startsWith("//"))
			.collect(Collectors.joining("\n"));
		return JsonMapper.shared().readTree(text);
	}

	static Instant date(String text) {
		return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
	}

}
