package io.github.requests4j.hedging;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The response times of the last good responses of one server, and a percentile of them.
 * The percentile is exact, and is calculated again after every {@value #STEP} responses.
 * Thread-safe, without locks.
 */
final class Latencies {

	/** The value before there are enough responses. */
	static final long UNKNOWN = -1;

	/** The number of responses that the first percentile requires. */
	static final int ENOUGH = 128;

	/** The number of response times to keep; a power of two. */
	private static final int SIZE = 1024;

	private static final int STEP = 64;

	private final double percentile;

	private final AtomicLongArray nanos = new AtomicLongArray(SIZE);

	private final AtomicLong count = new AtomicLong();

	private volatile long value = UNKNOWN;

	/**
	 * Creates an empty window. A percentile of 95 means that 95 of 100 responses are
	 * faster.
	 */
	Latencies(double percentile) {
		this.percentile = percentile;
	}

	void add(long elapsed) {
		long number = this.count.getAndIncrement();
		this.nanos.lazySet((int) (number & (SIZE - 1)), elapsed);
		if ((number + 1) % STEP == 0 && number + 1 >= ENOUGH) {
			this.value = calculate((int) Math.min(number + 1, SIZE));
		}
	}

	private long calculate(int size) {
		long[] sorted = new long[size];
		for (int i = 0; i < size; i++) {
			sorted[i] = this.nanos.get(i);
		}
		Arrays.sort(sorted);
		return sorted[Math.min(size - 1, (int) Math.ceil(size * this.percentile / 100))];
	}

	/** Returns the percentile in nanoseconds, or {@link #UNKNOWN}. */
	long value() {
		return this.value;
	}

}
