package io.github.requests4j.soak;

import java.util.concurrent.ThreadLocalRandom;

/**
 * What the hostile server does with a request. Half of the requests are answered
 * correctly.
 */
enum ChaosFault {

	/** A length and a body. */
	GOOD,

	/** Chunks, an extension and a trailer. */
	CHUNKED,

	/** Compressed, with a length. */
	GZIP,

	/** The body ends with the connection. */
	UNTIL_CLOSE,

	/** Interim responses come first. */
	INTERIM,

	/** To the same path again. */
	REDIRECT,

	/** A few bytes at a time. */
	DRIBBLE,

	/** After a pause that is short enough. */
	DELAY,

	/** After the caller has given up. */
	LATE,

	/** Before the body of the request was read. */
	EARLY,

	/** Before the body of the request was read, which then never is. */
	EARLY_CLOSE,

	/** The connection is reset without an answer. */
	RESET,

	/** The connection is closed without an answer. */
	CLOSE,

	/** The answer is cut off anywhere. */
	CUT,

	/** An answer in chunks is cut off anywhere. */
	CUT_CHUNKS,

	/** Random bytes. */
	GARBAGE,

	/** A head that is not HTTP. */
	BAD_HEAD,

	/** A size that is not a number. */
	BAD_CHUNK,

	/** A second response comes along. */
	SURPLUS,

	/** A second response comes a little later. */
	LATE_SURPLUS;

	private static final ChaosFault[] FAIR = { GOOD, GOOD, CHUNKED, CHUNKED, GZIP };

	private static final ChaosFault[] ALL = values();

	static ChaosFault any(ThreadLocalRandom random) {
		ChaosFault[] some = random.nextBoolean() ? FAIR : ALL;
		return some[random.nextInt(some.length)];
	}

	/** Whether the answer begins before the body of the request is read. */
	boolean isEarly() {
		return this == EARLY || this == EARLY_CLOSE;
	}

}
