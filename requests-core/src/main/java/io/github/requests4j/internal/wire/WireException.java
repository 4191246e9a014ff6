package io.github.requests4j.internal.wire;

import java.io.IOException;
import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * What the peer did is not HTTP/1.1 as RFC 9112 has it, or cannot be used. The factories
 * are declared to return their superclass, so that the virtual machine does not load this
 * class to verify those who may throw it.
 */
public final class WireException extends IOException {

	/** What went wrong. */
	public enum Kind {

		/**
		 * A head that is not valid; the message completes "the response is not valid".
		 */
		MALFORMED_HEAD,

		/** A body that ended too early, or whose chunks are not valid (section 7.1). */
		BROKEN_BODY,

		/** The peer closed the connection where a response should have begun. */
		NO_REPLY,

		/** The peer sent too much of its response before it took the whole request. */
		SPOOL_OVERFLOW

	}

	@Serial
	private static final long serialVersionUID = 1L;

	private final Kind kind;

	private WireException(Kind kind, String message) {
		super(message);
		this.kind = kind;
	}

	/** Makes the exception for a head that is not valid. */
	public static IOException malformedHead(String message) {
		return new WireException(Kind.MALFORMED_HEAD, message);
	}

	static IOException brokenBody(String message) {
		return new WireException(Kind.BROKEN_BODY, message);
	}

	/** Makes the exception for a connection that was closed in place of a response. */
	public static IOException noReply() {
		return new WireException(Kind.NO_REPLY, "Remote end closed connection without response");
	}

	static IOException spoolOverflow() {
		return new WireException(Kind.SPOOL_OVERFLOW, "The server sent more than " + Spool.MAX / (1024 * 1024)
				+ " MiB of its response before it took the whole request");
	}

	/** Returns whether an exception is one of this kind. */
	public static boolean is(@Nullable Throwable ex, Kind kind) {
		return ex instanceof WireException wire && wire.kind == kind;
	}

}
