package io.github.requests4j.internal.wire;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serial;

/**
 * The limit for connecting or the deadline of the whole call passed while waiting for the
 * peer. An interrupted read to those in between, so that TLS passes it on as it is.
 */
public final class DeadlinePassedException extends InterruptedIOException {

	@Serial
	private static final long serialVersionUID = 1L;

	private DeadlinePassedException() {
		super("Deadline passed");
	}

	/** Declared to return a superclass, so that this class is loaded when one is made. */
	static IOException create() {
		return new DeadlinePassedException();
	}

}
