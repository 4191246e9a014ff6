package io.github.requests4j.benchmarks.compare;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import com.sun.management.OperatingSystemMXBean;

/**
 * The CPU time of the threads of this process, including those of the compiler and the
 * collector. Linux counts it in nanoseconds for each thread. Java's own figure has a
 * resolution of 10 ms, and is only used on other systems.
 */
final class ProcessorTime {

	static final Path THREADS = Path.of("/proc/self/task");

	private ProcessorTime() {
	}

	/** Returns whether the system counts in nanoseconds for each thread. */
	static boolean isExact() {
		return Files.isReadable(THREADS.resolveSibling("schedstat"));
	}

	static long nanos() throws IOException {
		if (!isExact()) {
			return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
		}
		long sum = 0;
		try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
			for (Path thread : threads) {
				sum += of(thread);
			}
		}
		return sum;
	}

	static long of(Path thread) throws IOException {
		try {
			String text = Files.readString(thread.resolve("schedstat"));
			return Long.parseLong(text.substring(0, text.indexOf(' ')));
		}
		catch (NoSuchFileException ex) {
			// The thread has just ended
			return 0;
		}
	}

}
