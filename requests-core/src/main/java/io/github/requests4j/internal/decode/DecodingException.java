package io.github.requests4j.internal.decode;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * A body is not what its Content-Encoding says, or decoding it would pass a limit. The
 * message tells why, and begins in the middle of a sentence.
 */
public final class DecodingException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	DecodingException(String message) {
		super(message);
	}

	DecodingException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
