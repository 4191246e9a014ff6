package io.github.requests4j.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.requests4j.cache.CacheFuzz;
import io.github.requests4j.internal.environment.NetrcFuzz;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs each fuzz target in its own JVM: first with all inputs in {@code
 * src/test/resources/fuzz}, and then with new ones for {@code -Dfuzz.seconds}, 1 by
 * default, or for {@code -Dfuzz.runs}, ten million in the profile {@code deep}. The
 * output, and the input of a finding, are in {@code target/fuzz}. When you fix a finding,
 * keep its input.
 */
@Tag("once")
class FuzzTests {

	private static final Path WORK = Path.of("target", "fuzz");

	private static final Path CORPUS = Path.of("src", "test", "resources", "fuzz");

	private static final Map<Target, Future<Integer>> RUNNING = new EnumMap<>(Target.class);

	private static ExecutorService executor;

	enum Target {

		URL(UrlFuzz.class), REDIRECT(RedirectFuzz.class), HEAD(HeadFuzz.class), CHUNKS(ChunksFuzz.class),
		SET_COOKIE(SetCookieFuzz.class), WWW_AUTHENTICATE(WwwAuthenticateFuzz.class), LINK(LinkFuzz.class),
		NETRC(NetrcFuzz.class), NO_PROXY(NoProxyFuzz.class), CACHE(CacheFuzz.class);

		private final Class<?> type;

		Target(Class<?> type) {
			this.type = type;
		}

		String directory() {
			return this.type.getSimpleName();
		}

	}

	@BeforeAll
	static void startAll() throws IOException {
		Files.createDirectories(WORK);
		executor = Executors.newFixedThreadPool(Integer.getInteger("fuzz.parallel", 2));
		for (Target target : Target.values()) {
			RUNNING.put(target, executor.submit(() -> run(target)));
		}
	}

	@AfterAll
	static void stopAll() {
		executor.shutdownNow();
	}

	private static Path log(Target target) {
		return WORK.resolve(target.directory() + ".log");
	}

	private static int run(Target target) throws IOException, InterruptedException {
		Path found = Files.createDirectories(WORK.resolve(target.directory()));
		long runs = Long.getLong("fuzz.runs", 0);
		// In a few seconds a better compiler costs more than it gains.
		List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=" + ((runs > 0) ? 4 : 1), "-cp", System.getProperty("java.class.path"),
				"@" + CORPUS.resolve("jazzer.args"), "--target_class=" + target.type.getName(),
				"-artifact_prefix=" + found + "-",
				(runs > 0) ? "-runs=" + runs : "-max_total_time=" + Long.getLong("fuzz.seconds", 1),
				// Zero means a random seed, as long runs require. A build goes the
				// same way each time.
				"-seed=" + Long.getLong("fuzz.seed", (runs > 0) ? 0 : 1), found.toString(),
				CORPUS.resolve(target.directory()).toString());
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(log(target).toFile())
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
	@Timeout(value = 12, unit = TimeUnit.HOURS)
	@DisplayName("fuzzing finds no unexpected exception, no hang and no violated guarantee")
	void parserHandlesFuzzedInput(Target target) throws IOException, InterruptedException, ExecutionException {
		int exit = RUNNING.get(target).get();
		String said = Files.readString(log(target));
		assertThat(exit).as(said).isZero();
		assertThat(said).contains("INITED").containsPattern("Done \\d+ runs");
	}

}
