package io.github.requests4j.interleaving;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * Runs the operations of a class on several threads at once, in random combinations, and
 * requires that what they return can be had from a model by calling it one after another,
 * in an order that agrees with what was seen. The model is a class with the same
 * operations, for one thread. Few combinations in a build, many with
 * {@code -Ddeep=true}.
 */
public final class Interleavings {

	private static final boolean DEEP = Boolean.getBoolean("deep");

	private Interleavings() {
	}

	/**
	 * On real threads, each combination many times: finds what the machine can do.
	 * @param operations the class with the operations
	 * @param model what they ought to do
	 */
	public static void stress(Class<?> operations, Class<?> model) {
		check(new StressOptions().threads(DEEP ? 3 : 2)
			.iterations(DEEP ? 300 : 12)
			.invocationsPerIteration(DEEP ? 10_000 : 800), operations, model);
	}

	/**
	 * One thread at a time, switching wherever they share memory: finds what the machine
	 * does not show.
	 * @param operations the class with the operations
	 * @param model what they ought to do
	 */
	public static void modelCheck(Class<?> operations, Class<?> model) {
		check(new ModelCheckingOptions().threads(2)
			.iterations(DEEP ? 200 : 8)
			.invocationsPerIteration(DEEP ? 5_000 : 150), operations, model);
	}

	private static void check(Options<?, ?> options, Class<?> operations, Class<?> model) {
		options.actorsBefore(2);
		options.actorsPerThread(3);
		options.actorsAfter(2);
		options.sequentialSpecification(model);
		options.check(operations);
	}

}
