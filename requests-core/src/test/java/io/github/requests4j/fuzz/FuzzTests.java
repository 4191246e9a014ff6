package io.github.requests4j.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Runs all inputs in {@code src/test/resources/fuzz}, and fuzzes the targets with new
 * ones: in a build all together in one JVM for {@code -Dfuzz.seconds}, 5 by default, and
 * with {@code -Dfuzz.runs}, ten million in the profile {@code deep}, each in a JVM of its
 * own. The output, and the input of a finding, are in {@code target/fuzz}. When you fix a
 * finding, keep its input in the folder of its target.
 */
@Tag("once")
class FuzzTests {

	private static final Path WORK = Path.of("target", "fuzz");

	private static final Path CORPUS = Path.of("src", "test", "resources", "fuzz");

	private static final long RUNS = Long.getLong("fuzz.runs", 0);

	private static final Map<Class<?>, Future<Integer>> RUNNING = new LinkedHashMap<>();

	private static ExecutorService executor;

	@BeforeAll
	static void startAll() throws IOException {
		Files.createDirectories(WORK);
		executor = Executors.newFixedThreadPool(Integer.getInteger("fuzz.parallel", 2));
		if (RUNS == 0) {
			Path seeds = Files.createDirectories(WORK.resolve("seeds"));
			for (FuzzTarget target : FuzzTarget.values()) {
				for (Path input : inputs(target)) {
					Files.write(seeds.resolve(target + "-" + input.getFileName()),
							target.selecting(Files.readAllBytes(input)));
				}
			}
			start(FuzzTarget.class, seeds);
		}
		else {
			for (FuzzTarget target : FuzzTarget.values()) {
				start(target.type(), corpus(target));
			}
		}
	}

	private static void start(Class<?> type, Path seeds) {
		RUNNING.put(type, executor.submit(() -> run(type, seeds)));
	}

	@AfterAll
	static void stopAll() {
		executor.shutdownNow();
	}

	private static Path corpus(FuzzTarget target) {
		return CORPUS.resolve(target.type().getSimpleName());
	}

	private static List<Path> inputs(FuzzTarget target) throws IOException {
		try (Stream<Path> files = Files.list(corpus(target))) {
			return files.sorted().toList();
		}
	}

	static Set<Class<?>> fuzzed() {
		return RUNNING.keySet();
	}

	private static Path log(Class<?> type) {
		return WORK.resolve(type.getSimpleName() + ".log");
	}

	private static int run(Class<?> type, Path seeds) throws IOException, InterruptedException {
		Path found = Files.createDirectories(WORK.resolve(type.getSimpleName()));
		// In a few seconds a better compiler costs more than it gains.
		List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=" + ((RUNS > 0) ? 4 : 1), "-cp", System.getProperty("java.class.path"),
				"@" + CORPUS.resolve("jazzer.args"), "--target_class=" + type.getName(),
				"-artifact_prefix=" + found + "-",
				(RUNS > 0) ? "-runs=" + RUNS : "-max_total_time=" + Long.getLong("fuzz.seconds", 5),
				// Zero means a random seed, as long runs require. A build goes the
				// same way each time.
				"-seed=" + Long.getLong("fuzz.seed", (RUNS > 0) ? 0 : 1), found.toString(), seeds.toString());
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(log(type).toFile())
			.start();
		try {
			return process.waitFor();
		}
		finally {
			process.destroyForcibly();
		}
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("known inputs cause no unexpected exception and violate no guarantee")
	void parserHandlesKnownInputs(FuzzTarget target) throws IOException {
		List<Path> inputs = inputs(target);
		assertThat(inputs).isNotEmpty();
		for (Path input : inputs) {
			byte[] data = Files.readAllBytes(input);
			assertThatCode(() -> target.run(data)).as(input.toString()).doesNotThrowAnyException();
		}
	}

	@ParameterizedTest
	@MethodSource("fuzzed")
	@Timeout(value = 12, unit = TimeUnit.HOURS)
	@DisplayName("fuzzing finds no unexpected exception, no hang and no violated guarantee")
	void parserHandlesFuzzedInput(Class<?> type) throws IOException, InterruptedException, ExecutionException {
		int exit = RUNNING.get(type).get();
		String said = Files.readString(log(type));
		assertThat(exit).as(said).isZero();
		assertThat(said).contains("INITED").containsPattern("Done \\d+ runs");
	}

}
