package io.github.requests4j.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All candidates do their work, and the report has them.
 */
class ComparisonTests {

	@TempDir
	private Path folder;

	@Test
	@DisplayName("every candidate posts and reads records, and every round is in the report")
	void smoke() throws IOException {
		Comparison.main(new String[] { this.folder.toString(), "2", "1", "post" });
		assertThat(Files.readAllLines(this.folder.resolve("comparison.csv")))
			.hasSize(1 + 2 * Candidate.values().length);
		String table = Files.readString(this.folder.resolve("comparison.md"));
		for (Candidate candidate : Candidate.values()) {
			assertThat(table).contains("| " + candidate.title() + " | ");
		}
		assertThat(Files.readString(this.folder.resolve("comparison.svg"))).startsWith("<svg").endsWith("</svg>\n");
	}

	@Test
	@DisplayName("median and quartiles lie between the values")
	void spread() {
		assertThat(Spread.of(new double[] { 4, 1, 3, 2, 5 })).isEqualTo(new Spread(2, 3, 4));
		assertThat(Spread.of(new double[] { 1, 2 })).isEqualTo(new Spread(1.25, 1.5, 1.75));
	}

}
