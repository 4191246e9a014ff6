package io.github.requests4j.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HELIDON")
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
		Comparison.main(new String[] { this.folder.toString(), "rounds=2", "percent=1", "warm-up=0", "workloads=gzip",
				"candidates=session,apache" });
		assertThat(Files.readAllLines(this.folder.resolve("comparison.csv"))).hasSize(1 + 2 * 3);
		String table = Files.readString(this.folder.resolve("comparison.md"));
		for (Candidate candidate : List.of(Candidate.FLOOR, Candidate.SESSION, Candidate.APACHE)) {
			assertThat(table).contains("| " + candidate.title() + " | ");
		}
		assertThat(table).contains("### Warm-up").doesNotContain(Candidate.OKHTTP.title());
		assertThat(Files.readString(this.folder.resolve("comparison.svg"))).startsWith("<svg").endsWith("</svg>\n");
	}

	@Test
	@Tag("jdk25")
	@DisplayName("what is compiled at run time is compared, too")
	void newerSources() throws IOException {
		Comparison.main(new String[] { this.folder.toString(), "rounds=1", "percent=1", "warm-up=0", "workloads=get",
				"candidates=helidon" });
		assertThat(Files.readString(this.folder.resolve("comparison.md")))
			.contains("| " + Candidate.HELIDON.title() + " | ");
	}

	@Test
	@DisplayName("an unknown option is rejected")
	void unknownOption() {
		assertThatIllegalArgumentException().isThrownBy(() -> Comparison.main(new String[] { "round=2" }))
			.withMessageContaining("round=2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "requests4j", "RestClient" })
	@DisplayName("an application with either kind of client starts")
	void starts(String kind) {
		assertThatCode(() -> ContextStart.main(new String[] { kind })).doesNotThrowAnyException();
	}

	@Test
	@DisplayName("all ways to the socket arrive")
	void ways() {
		String[] once = { "rounds=1", "calls=1" };
		assertThatCode(() -> UploadWays.main(once)).doesNotThrowAnyException();
		assertThatCode(() -> PingPong.main(once)).doesNotThrowAnyException();
	}

	@Test
	@DisplayName("system calls between the marks are counted once, by thread")
	void systemCalls() {
		Trace trace = Trace.of(List.of("10 read(0, \"5\", 8192) = 1",
				"10 access(\"/counting-begins-here\", F_OK) = -1 ENOENT (No such file or directory)",
				"10 write(9, \"GET\", 3) = 3", "10 poll([{fd=9}], 1, 10000 <unfinished ...>",
				"11 futex(0x7f, FUTEX_WAIT, 0, NULL) = 0", "10 <... poll resumed>) = 1",
				"10 access(\"/counting-ends-here\", F_OK) = -1 ENOENT (No such file or directory)",
				"10 write(1, \"5\", 1) = 1"));
		assertThat(trace.caller()).isEqualTo(Map.of("write", 1, "poll", 1));
		assertThat(trace.others()).isEqualTo(Map.of("futex", 1));
	}

	@Test
	@DisplayName("loaded classes are counted by where they are from")
	void classes() {
		String prefix = "[0.1s][info][class,load] ";
		assertThat(LoadedClasses.parse(List.of(prefix + "java.lang.Object source: shared objects file",
				prefix + "java.net.Socket source: jrt:/java.base",
				prefix + "io.github.requests4j.Session source: file:/lib/requests-core.jar",
				prefix + "io.github.requests4j.Session$$Lambda$1/0x01 source: io.github.requests4j.Session",
				prefix + "io.github.requests4j.benchmarks.compare.FirstGet source: file:/classes/",
				prefix + "org.slf4j.Logger source: file:/lib/slf4j-api.jar")))
			.isEqualTo(new LoadedClasses(1, 1, 1, 2));
	}

	@Test
	@DisplayName("median and quartiles lie between the values")
	void spread() {
		assertThat(Spread.of(new double[] { 4, 1, 3, 2, 5 })).isEqualTo(new Spread(2, 3, 4));
		assertThat(Spread.of(new double[] { 1, 2 })).isEqualTo(new Spread(1.25, 1.5, 1.75));
	}

}
