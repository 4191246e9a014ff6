package io.github.requests4j.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * All candidates do their work, and the report has them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComparisonTests {

	private final ServerProcess server;

	@TempDir
	private Path folder;

	ComparisonTests() throws IOException {
		this.server = ServerProcess.start();
	}

	@AfterAll
	void stop() throws IOException {
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("the candidate does the work of all its workloads")
	void work(Candidate candidate) throws Exception {
		List<Workload> all = Arrays.stream(Workload.values())
			.filter((workload) -> workload.candidates().contains(candidate))
			.toList();
		work(candidate, null, all.stream().filter((workload) -> !workload.isSecure()).toList());
		work(candidate, Path.of(this.server.certificate()), all.stream().filter(Workload::isSecure).toList());
	}

	private void work(Candidate candidate, @Nullable Path authority, List<Workload> workloads) throws Exception {
		String base = this.server.base(authority != null);
		try (Client client = candidate.open(new Setup(base, authority, 100, false))) {
			for (Workload workload : workloads) {
				assertThat(workload.call(client, base + workload.path(), 1)).as(workload.title())
					.isGreaterThanOrEqualTo(200);
			}
		}
	}

	@Test
	@DisplayName("every round is in the report")
	void report() throws IOException {
		Comparison.main(new String[] { this.folder.toString(), "2", "1", "gzip" });
		assertThat(Files.readAllLines(this.folder.resolve("comparison.csv")))
			.hasSize(1 + 2 * Workload.GZIP.candidates().size());
		String table = Files.readString(this.folder.resolve("comparison.md"));
		for (Candidate candidate : Workload.GZIP.candidates()) {
			assertThat(table).contains("| " + candidate.title() + " | ");
		}
		assertThat(Files.readString(this.folder.resolve("comparison.svg"))).startsWith("<svg").endsWith("</svg>\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "requests4j", "RestClient" })
	@DisplayName("an application with either kind of client starts")
	void starts(String kind) {
		assertThatCode(() -> ContextStart.main(new String[] { kind })).doesNotThrowAnyException();
	}

	@Test
	@DisplayName("median and quartiles lie between the values")
	void spread() {
		assertThat(Spread.of(new double[] { 4, 1, 3, 2, 5 })).isEqualTo(new Spread(2, 3, 4));
		assertThat(Spread.of(new double[] { 1, 2 })).isEqualTo(new Spread(1.25, 1.5, 1.75));
	}

}
