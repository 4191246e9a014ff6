package io.github.requests4j.adapters;

import java.io.IOException;
import java.io.Serial;

/**
 * A body that ended too early, or whose chunks are not valid (RFC 9112, section 7.1). The
 * message follows "Connection broken:".
 */
final class BrokenBodyException extends IOException {

	@Serial
	private static final long serialVersionUID = 1L;

	BrokenBodyException(String message) {
		super(message);
	}

}
