package io.github.requests4j.adapters;

import java.io.IOException;
import java.io.Serial;

/**
 * A chunked body that is not as RFC 9112 has it, or has no end. The message goes on
 * behind "Connection broken:".
 */
final class BrokenChunksException extends IOException {

	@Serial
	private static final long serialVersionUID = 1L;

	BrokenChunksException(String message) {
		super(message);
	}

}
