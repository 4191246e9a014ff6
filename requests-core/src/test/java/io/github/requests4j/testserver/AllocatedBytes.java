package io.github.requests4j.testserver;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;

/**
 * What threads have allocated, for tests that limit it. Unlike time, it hardly depends on
 * the machine.
 */
public final class AllocatedBytes {

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private AllocatedBytes() {
	}

	/** All that the calling thread has allocated since it began. */
	public static long ofThisThread() {
		return THREADS.getCurrentThreadAllocatedBytes();
	}

}
