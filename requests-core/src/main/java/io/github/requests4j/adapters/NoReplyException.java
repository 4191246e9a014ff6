package io.github.requests4j.adapters;

import java.io.IOException;
import java.io.Serial;

/**
 * The peer closed the connection where a response should have begun.
 */
final class NoReplyException extends IOException {

	@Serial
	private static final long serialVersionUID = 1L;

	NoReplyException() {
		super("Remote end closed connection without response");
	}

}
