package io.github.requests4j.adapters;

import java.io.IOException;
import java.io.Serial;

/**
 * What the server sent is not HTTP/1.1 as RFC 9112 has it. The message goes on behind
 * "the server's answer is not valid:".
 */
final class MalformedHeadException extends IOException {

	@Serial
	private static final long serialVersionUID = 1L;

	MalformedHeadException(String message) {
		super(message);
	}

}
