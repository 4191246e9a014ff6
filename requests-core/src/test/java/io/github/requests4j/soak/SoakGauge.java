package io.github.requests4j.soak;

import java.io.IOException;
import java.lang.management.ManagementFactory;

import io.github.requests4j.testserver.OpenDescriptors;

/**
 * What the virtual machine holds on to in a moment of rest.
 *
 * @param heap bytes that are in use after collection
 * @param sockets open sockets, or 0 where the system does not tell
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
