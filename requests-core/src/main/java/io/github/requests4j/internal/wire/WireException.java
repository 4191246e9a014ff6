package io.github.requests4j.internal.wire;

import java.io.IOException;
import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the peer violates HTTP/1.1 (RFC 9112) or exceeds a limit. The factory
 * methods are declared to return the superclass, so that the virtual machine does not
 * load this class when it verifies their callers.
 */
public final class WireException extends IOException {

	/** What went wrong. */
	public enum Kind {

		/** A head that is not valid; the message says why. */
		MALFORMED_HEAD,

		/** A head that is longer than the limit. */
		LONG_HEAD,

		/** A body that ended too early, or whose chunks are not valid (section 7.1). */
		BROKEN_BODY,

		/** The peer closed the connection without a response. */
		NO_REPLY,

		/** The peer sent too much of its response before it read the whole request. */
		SPOOL_OVERFLOW

	}

	@Serial
	private static final long serialVersionUID = 1L;

	private final Kind kind;

	private WireException(Kind kind, String message) {
		super(message);
		this.kind = kind;
	}

	/** Returns an exception for a head that is not valid. */
	public static IOException malformedHead(String message) {
		return new WireException(Kind.MALFORMED_HEAD, message);
	}

	static IOException longHead(String message) {
		return new WireException(Kind.LONG_HEAD, message);
	}

	static IOException brokenBody(String message) {
		return new WireException(Kind.BROKEN_BODY, message);
	}

	/** Returns an exception for a connection that was closed without a response. */
	public static IOException noReply() {
		return new WireException(Kind.NO_REPLY, "the connection was closed without a response");
	}

	static IOException spoolOverflow() {
		return new WireException(Kind.SPOOL_OVERFLOW, "the server sent more than " + Spool.MAX / (1024 * 1024)
				+ " MiB of its response before it read the whole request");
	}

	/** Returns what went wrong. */
	public Kind kind() {
		return this.kind;
	}

	/** Returns whether an exception is one of this kind. */
	public static boolean is(@Nullable Throwable ex, Kind kind) {
		return ex instanceof WireException wire && wire.kind == kind;
	}

}
