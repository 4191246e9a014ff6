package io.github.requests4j.interleaving;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the operations of a class on several threads concurrently, in random combinations,
 * and requires that what they return can be had from a model by calling it one after
 * another, in an order that agrees with what was seen. The model is a class with the same
 * operations, for one thread. Few combinations in a build, many with {@code -Ddeep=true}.
 * In a separate JVM: the agent of Lincheck would slow down all other tests, and that of
 * the coverage these.
 */
public final class Interleavings {

	private static final boolean DEEP = Boolean.getBoolean("deep");

	private static final String STRESS = "stress";

	private static final String MODEL_CHECK = "model-check";

	private Interleavings() {
	}

	/**
	 * On real threads, each combination many times: finds what the machine can do.
	 * @param pairs classes with operations, each followed by its model
	 */
	public static void stress(Class<?>... pairs) throws IOException, InterruptedException {
		run(STRESS, pairs);
	}

	/**
	 * One thread at a time, switching wherever they share memory: finds what the machine
	 * does not show. It takes long, so builds try on real threads instead.
	 * @param pairs classes with operations, each followed by its model
	 */
	public static void check(Class<?>... pairs) throws IOException, InterruptedException {
		run(STRESS, pairs);
		if (DEEP) {
			run(MODEL_CHECK, pairs);
		}
	}

	private static void run(String mode, Class<?>... pairs) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
						"-XX:+UseSerialGC", "-XX:+EnableDynamicAgentLoading", "-Ddeep=" + DEEP));
		if (!DEEP) {
			// In a few seconds a better compiler costs more than it gains.
			command.add("-XX:TieredStopAtLevel=1");
		}
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), Interleavings.class.getName(), mode));
		for (Class<?> type : pairs) {
			command.add(type.getName());
		}
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		try {
			String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(process.waitFor()).as(said).isZero();
		}
		finally {
			process.destroyForcibly();
		}
	}

	/**
	 * The main class of the separate JVM. It fails with an error that shows the
	 * operations.
	 */
	public static void main(String[] args) throws ClassNotFoundException {
		for (int i = 1; i < args.length; i += 2) {
			Options<?, ?> options = args[0].equals(STRESS) ? stress() : modelCheck();
			options.actorsBefore(2);
			options.actorsPerThread(DEEP ? 3 : 2);
			options.actorsAfter(1);
			options.sequentialSpecification(Class.forName(args[i + 1]));
			options.check(Class.forName(args[i]));
		}
	}

	private static Options<?, ?> stress() {
		return new StressOptions().threads(2).iterations(DEEP ? 100 : 2).invocationsPerIteration(DEEP ? 2_000 : 80);
	}

	private static Options<?, ?> modelCheck() {
		return new ModelCheckingOptions().threads(2).iterations(DEEP ? 30 : 3).invocationsPerIteration(DEEP ? 500 : 20);
	}

}
