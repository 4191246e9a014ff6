package io.github.requests4j.benchmarks.compare;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The standard output of these programs, which is their interface and not a log.
 */
final class Output {

	private static final PrintStream OUT = new PrintStream(new FileOutputStream(FileDescriptor.out), true,
			StandardCharsets.UTF_8);

	private Output() {
	}

	static void line(Object line) {
		OUT.println(line);
	}

}
