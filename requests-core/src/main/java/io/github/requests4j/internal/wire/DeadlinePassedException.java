package io.github.requests4j.internal.wire;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serial;

/**
 * Thrown when the connect timeout or the deadline of the call passes while waiting for
 * the peer. Extends {@link InterruptedIOException} because TLS passes that on unchanged.
 */
public final class DeadlinePassedException extends InterruptedIOException {

	@Serial
	private static final long serialVersionUID = 1L;

	private DeadlinePassedException() {
		super("Deadline passed");
	}

	/**
	 * Returns an exception. The declared return type avoids loading this class earlier.
	 */
	static IOException create() {
		return new DeadlinePassedException();
	}

}
