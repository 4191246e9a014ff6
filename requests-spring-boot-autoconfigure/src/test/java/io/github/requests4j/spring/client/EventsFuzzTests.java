package io.github.requests4j.spring.client;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fuzzes the parser of server-sent events as {@code FuzzTests} of requests-core fuzzes
 * the others, with the same arguments and properties.
 */
@Tag("once")
class EventsFuzzTests {

	private static final Path WORK = Path.of("target", "fuzz");

	private static final Path CORPUS = Path.of("src", "test", "resources", "fuzz");

	private static final Path ARGUMENTS = Path.of("..", "requests-core").resolve(CORPUS).resolve("jazzer.args");

	@Test
	@Timeout(value = 12, unit = TimeUnit.HOURS)
	@DisplayName("fuzzing finds no exception, no hang and no violated guarantee in server-sent events")
	void parserHandlesFuzzedInput() throws IOException, InterruptedException {
		Path found = Files.createDirectories(WORK.resolve("EventsFuzz"));
		Path log = WORK.resolve("EventsFuzz.log");
		long runs = Long.getLong("fuzz.runs", 0);
		// In a few seconds a better compiler costs more than it gains.
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=" + ((runs > 0) ? 4 : 1), "-cp", System.getProperty("java.class.path"),
				"@" + ARGUMENTS, "--target_class=" + EventsFuzz.class.getName(), "-artifact_prefix=" + found + "-",
				(runs > 0) ? "-runs=" + runs : "-max_total_time=" + Long.getLong("fuzz.seconds", 3),
				// Zero means a random seed, as long runs require. A build goes the
				// same way each time.
				"-seed=" + Long.getLong("fuzz.seed", (runs > 0) ? 0 : 1), found.toString(),
				CORPUS.resolve("EventsFuzz").toString())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		try {
			int exit = process.waitFor();
			String said = Files.readString(log);
			assertThat(exit).as(said).isZero();
			assertThat(said).contains("INITED").containsPattern("Done \\d+ runs");
		}
		finally {
			process.destroyForcibly();
		}
	}

	@Test
	@DisplayName("threat 45: server-sent events of twice the length take under three times as long")
	void timeGrowsLinearlyWithTheInput() throws IOException {
		for (String piece : List.of("data\n", "\n", "\r\n", ":", "data: a\n\n", "id: 1\n", "a", "\u00e4",
				"retry: 1\n")) {
			byte[] single = input(piece, 32_768);
			byte[] twice = input(piece, 65_536);
			long bestSingle = Long.MAX_VALUE;
			long bestTwice = Long.MAX_VALUE;
			for (int round = 0; round < 4 || (round < 200 && bestTwice >= 3 * bestSingle); round++) {
				bestSingle = Math.min(bestSingle, cpuTime(single));
				bestTwice = Math.min(bestTwice, cpuTime(twice));
			}
			assertThat(bestTwice).as("nanoseconds for '%s'; half of it took %s", piece, bestSingle)
				.isLessThan(3 * bestSingle);
		}
	}

	/** Of a length at which the target reads it once. */
	private static byte[] input(String piece, int length) {
		byte[] bytes = piece.repeat(length / piece.length()).getBytes(StandardCharsets.UTF_8);
		return Arrays.copyOf(bytes, bytes.length - bytes.length % 4 - 1);
	}

	private static long cpuTime(byte[] input) throws IOException {
		long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
		EventsFuzz.fuzzerTestOneInput(input);
		return Math.max(100_000, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
	}

}
