package io.github.requests4j.spring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fuzzes a target as {@code FuzzTests} of requests-core fuzzes the others, with the same
 * arguments and properties.
 */
public final class FuzzRun {

	private static final Path WORK = Path.of("target", "fuzz");

	private static final Path CORPUS = Path.of("src", "test", "resources", "fuzz");

	private static final Path ARGUMENTS = Path.of("..", "requests-core").resolve(CORPUS).resolve("jazzer.args");

	private FuzzRun() {
	}

	/** Runs a target, whose corpus is in a folder of its name. */
	public static void run(Class<?> target) throws IOException, InterruptedException {
		Path found = Files.createDirectories(WORK.resolve(target.getSimpleName()));
		Path log = WORK.resolve(target.getSimpleName() + ".log");
		long runs = Long.getLong("fuzz.runs", 0);
		// In a few seconds a better compiler costs more than it gains.
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=" + ((runs > 0) ? 4 : 1), "-cp", System.getProperty("java.class.path"),
				"@" + ARGUMENTS, "--target_class=" + target.getName(), "-artifact_prefix=" + found + "-",
				(runs > 0) ? "-runs=" + runs : "-max_total_time=" + Long.getLong("fuzz.seconds", 1),
				// Zero means a random seed, as long runs require. A build goes the
				// same way each time.
				"-seed=" + Long.getLong("fuzz.seed", (runs > 0) ? 0 : 1), found.toString(),
				CORPUS.resolve(target.getSimpleName()).toString())
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

}
