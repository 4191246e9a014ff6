package io.github.requests4j.benchmarks.compare;

import java.io.IOException;

/**
 * Detects when the just-in-time compiler is quiet, which means that its threads used less
 * than 2% of the CPU time of this process in each of three consecutive seconds. A share
 * of a processor would be too easy to reach on a busy machine, where all threads get
 * little CPU time.
 */
final class Quiet {

	private static final double SHARE = 0.02;

	private static final int SECONDS = 3;

	private final CompilerTime compiler;

	private long since = System.nanoTime();

	private long compilation;

	private long all;

	private int quiet;

	Quiet(CompilerTime compiler) throws IOException {
		this.compiler = compiler;
		this.compilation = compiler.nanos();
		this.all = ProcessorTime.nanos();
	}

	/** Takes a sample if a second has passed. Must be called often. */
	boolean isReached() throws IOException {
		long now = System.nanoTime();
		if (now - this.since >= 1_000_000_000) {
			long compiled = this.compiler.nanos();
			long spent = ProcessorTime.nanos();
			boolean calm = compiled - this.compilation < SHARE * (spent - this.all);
			this.quiet = calm ? this.quiet + 1 : 0;
			this.compilation = compiled;
			this.all = spent;
			this.since = now;
		}
		return this.quiet >= SECONDS;
	}

}
