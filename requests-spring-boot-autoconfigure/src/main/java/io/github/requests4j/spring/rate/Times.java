package io.github.requests4j.spring.rate;

import java.util.concurrent.TimeUnit;

/**
 * Formats times for messages.
 */
final class Times {

	private static final long MILLIS_PER_SECOND = 1000;

	private static final long MAX_MILLIS = 10 * MILLIS_PER_SECOND;

	private Times() {
	}

	/** Returns a time in milliseconds or, if it is longer, in seconds; rounded up. */
	static String text(long nanos) {
		long millis = nanos / TimeUnit.MILLISECONDS.toNanos(1)
				+ ((nanos % TimeUnit.MILLISECONDS.toNanos(1) > 0) ? 1 : 0);
		if (millis % MILLIS_PER_SECOND == 0 && millis > 0) {
			return millis / MILLIS_PER_SECOND + "s";
		}
		return (millis < MAX_MILLIS) ? millis + "ms" : (millis / MILLIS_PER_SECOND + 1) + "s";
	}

}
