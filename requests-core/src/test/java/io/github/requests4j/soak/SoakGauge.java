package io.github.requests4j.soak;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What the virtual machine holds on to in a moment of rest.
 *
 * @param heap bytes that are in use after collection
 * @param sockets open sockets, or all descriptors where the system does not tell
 * @param threads live threads
 */
record SoakGauge(long heap, long sockets, long threads) {

	private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

	static SoakGauge read() throws IOException {
		System.gc();
		System.gc();
		return new SoakGauge(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), openSockets(),
				liveThreads());
	}

	static long liveThreads() {
		return ManagementFactory.getThreadMXBean().getThreadCount();
	}

	static long openSockets() throws IOException {
		if (!Files.isDirectory(DESCRIPTORS)) {
			return 0;
		}
		try (Stream<Path> entries = Files.list(DESCRIPTORS)) {
			return entries.filter(SoakGauge::isSocket).count();
		}
	}

	private static boolean isSocket(Path entry) {
		try {
			return Files.readSymbolicLink(entry).toString().startsWith("socket:");
		}
		catch (IOException ex) {
			// It was closed meanwhile.
			return false;
		}
	}

}
