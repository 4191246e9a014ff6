package io.github.requests4j.soak;

import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.ChunkedEncodingException;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.ReadTimeoutException;
import io.github.requests4j.http.RequestException;

/**
 * The kinds of calls of the soak test: client and server know the expected result of
 * each.
 */
enum SoakCall {

	/** A short answer with a length. */
	GET("GET", null),

	/** The response returns the body. */
	POST("POST", null),

	/** An answer without a body. */
	HEAD("HEAD", null),

	/** An answer in chunks. */
	CHUNKS("GET", null),

	/** A long answer that the caller leaves after its beginning. */
	LEFT("GET", null),

	/** The answer has a few bytes too many. */
	SURPLUS("GET", null),

	/** The server answers, and closes without having said so. */
	GONE("GET", null),

	/** The server reads the request and closes. */
	CLOSED("GET", ConnectionException.class),

	/** The server reads the request and resets the connection. */
	RESET("POST", ConnectionException.class),

	/** The server closes within the head. */
	CUT_HEAD("GET", ConnectionException.class),

	/** The server closes within the body. */
	CUT_BODY("GET", ChunkedEncodingException.class),

	/** The server closes within a chunk. */
	CUT_CHUNK("GET", ChunkedEncodingException.class),

	/** The server sends nothing. */
	STALLED("GET", ReadTimeoutException.class),

	/** The server stops sending within the body. */
	STALLED_BODY("GET", ReadTimeoutException.class),

	/** The response is not HTTP. */
	JUNK("GET", ConnectionException.class);

	private static final SoakCall[] GOOD = { GET, GET, POST, POST, HEAD, CHUNKS, CHUNKS };

	private static final SoakCall[] BAD = { LEFT, SURPLUS, GONE, CLOSED, RESET, CUT_HEAD, CUT_BODY, CUT_CHUNK, STALLED,
			STALLED_BODY, JUNK };

	private final String method;

	private final @Nullable Class<? extends RequestException> failure;

	SoakCall(String method, @Nullable Class<? extends RequestException> failure) {
		this.method = method;
		this.failure = failure;
	}

	/** One in twenty is a fault. */
	static SoakCall any(ThreadLocalRandom random) {
		SoakCall[] some = (random.nextInt(20) == 0) ? BAD : GOOD;
		return some[random.nextInt(some.length)];
	}

	String method() {
		return this.method;
	}

	/** What the call must fail with, or {@code null} if it must succeed. */
	@Nullable Class<? extends RequestException> failure() {
		return this.failure;
	}

	boolean isStalled() {
		return this.failure == ReadTimeoutException.class;
	}

}
