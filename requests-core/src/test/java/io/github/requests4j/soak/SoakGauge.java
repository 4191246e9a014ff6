package io.github.requests4j.soak;

import java.io.IOException;
import java.lang.management.ManagementFactory;

import io.github.requests4j.testserver.OpenDescriptors;

/**
 * What the JVM retains while all threads are idle.
 *
 * @param heap bytes that are in use after collection
 * @param sockets open sockets, or 0 if the system does not report them
 * @param threads live threads
 */
record SoakGauge(long heap, long sockets, long threads) {

	static SoakGauge read() throws IOException {
		System.gc();
		System.gc();
		return new SoakGauge(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
				OpenDescriptors.sockets(), liveThreads());
	}

	static long liveThreads() {
		return ManagementFactory.getThreadMXBean().getThreadCount();
	}

}
