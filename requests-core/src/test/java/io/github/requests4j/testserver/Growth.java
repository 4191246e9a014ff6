package io.github.requests4j.testserver;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How the time for an input grows with its length. Measured is the time of this thread on
 * the processor, the best of several, so that a busy machine does not matter; what is
 * quadratic takes four times as long in every round.
 */
public final class Growth {

	/** In the first ones classes are loaded. */
	private static final int LEAST_ROUNDS = 4;

	/** On a slow machine the compiler gets late to the code. */
	private static final int MOST_ROUNDS = 200;

	private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(30);

	/** An immediate rejection is fine: then there is nothing to measure. */
	private static final long LEAST_NANOS = 100_000;

	private Growth() {
	}

	/**
	 * A parser of inputs.
	 *
	 * @param <I> the type of the inputs
	 */
	@FunctionalInterface
	public interface Reader<I> {

		void read(I input) throws IOException;

	}

	/**
	 * Expects that twice the input takes under three times as long, and is satisfied by
	 * the first rounds that show it.
	 */
	public static <I> void assertLinear(String what, Reader<I> reader, I single, I twice) throws IOException {
		long bestSingle = Long.MAX_VALUE;
		long bestTwice = Long.MAX_VALUE;
		long spent = 0;
		for (int round = 0; round < LEAST_ROUNDS
				|| (bestTwice >= 3 * bestSingle && round < MOST_ROUNDS && spent < MOST_NANOS); round++) {
			long start = cpuTime();
			reader.read(single);
			long half = cpuTime();
			reader.read(twice);
			long end = cpuTime();
			bestSingle = Math.min(bestSingle, Math.max(LEAST_NANOS, half - start));
			bestTwice = Math.min(bestTwice, Math.max(LEAST_NANOS, end - half));
			spent += end - start;
		}
		assertThat(bestTwice).as("nanoseconds for %s; half of it took %s", what, bestSingle).isLessThan(3 * bestSingle);
	}

	private static long cpuTime() {
		return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
	}

}
