package io.github.requests4j.internal.decode;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a body cannot be decoded according to its Content-Encoding, or when
 * decoding it would exceed a limit. The message is a sentence about the body.
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
