package io.github.requests4j.benchmarks.compare;

import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The CPU time of the threads of the just-in-time compiler. The total of the
 * {@link CompilationMXBean} is not suitable. It is wall time, and grows only when a
 * method is finished, which can take the optimizing compiler a second.
 */
final class CompilerTime {

	private final Map<Path, Long> last = new HashMap<>();

	private long total;

	/**
	 * Returns the CPU time since this object was created, including threads that have
	 * ended.
	 */
	long nanos() throws IOException {
		if (!ProcessorTime.isExact()) {
			CompilationMXBean bean = ManagementFactory.getCompilationMXBean();
			return (bean != null) ? bean.getTotalCompilationTime() * 1_000_000 : 0;
		}
		try (DirectoryStream<Path> threads = Files.newDirectoryStream(ProcessorTime.THREADS)) {
			for (Path thread : threads) {
				if (isCompiler(thread)) {
					long now = ProcessorTime.of(thread);
					long before = this.last.getOrDefault(thread, 0L);
					// The system may reuse the number of an ended thread
					this.total += (now >= before) ? now - before : now;
					this.last.put(thread, now);
				}
			}
		}
		return this.total;
	}

	private static boolean isCompiler(Path thread) throws IOException {
		try {
			return Files.readString(thread.resolve("comm")).contains("CompilerThre");
		}
		catch (NoSuchFileException ex) {
			return false;
		}
	}

}
