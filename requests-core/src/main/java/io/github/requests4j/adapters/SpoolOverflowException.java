package io.github.requests4j.adapters;

import java.io.IOException;
import java.io.Serial;

/**
 * The server sent too much of its response before it took the whole request.
 */
final class SpoolOverflowException extends IOException {

	@Serial
	private static final long serialVersionUID = 1L;

	SpoolOverflowException() {
		super("The server sent more than " + Spool.MAX / (1024 * 1024)
				+ " MiB of its response before it took the whole request");
	}

}
