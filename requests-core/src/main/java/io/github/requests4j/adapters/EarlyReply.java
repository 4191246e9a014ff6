package io.github.requests4j.adapters;

import java.io.IOException;
import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * A response that comes while the body is still on its way, such as a 413: nobody will
 * read the rest, so it is not sent (RFC 9112, section 9.5).
 */
final class EarlyReply {

	private final ConnectionHandle handle;

	private @Nullable ReplyHead head;

	private int interim;

	EarlyReply(ConnectionHandle handle) {
		this.handle = handle;
	}

	/** The response, if one came. */
	@Nullable ReplyHead head() {
		return this.head;
	}

	/**
	 * Looks whether a response has come.
	 * @throws Interruption to stop the body if so
	 */
	void check() throws IOException {
		while (hasAny() && this.handle.connection().awaitReply(1)) {
			receive();
		}
	}

	/**
	 * Whether there is anything to read: in the socket, where under TLS it may be no
	 * response but a session ticket, or behind an interim response that came with it.
	 */
	private boolean hasAny() throws IOException {
		return this.handle.hasUnreadBytes();
	}

	/**
	 * Reads what has come of a response, now that no more of the body can be sent.
	 * @return the head, or {@code null} if nothing has come
	 */
	@Nullable ReplyHead last() throws IOException {
		// What can be read under TLS may be a session ticket, and nothing behind it.
		if (this.head == null && hasAny() && this.handle.connection().awaitReply(1)) {
			this.head = this.handle.connection().receiveFinalHead();
		}
		return this.head;
	}

	/**
	 * Waits for the word to go on, or for the refusal, of a server that was told
	 * {@code Expect: 100-continue}; not for long, because it may not know it (RFC 9110,
	 * section 10.1.1).
	 * @return whether to send the body
	 */
	boolean awaitContinue(int millis) throws IOException {
		WireConnection connection = this.handle.connection();
		while (connection.awaitReply(millis)) {
			ReplyHead reply = connection.receiveHead();
			if (!reply.isInterim()) {
				this.head = reply;
				return false;
			}
			connection.requireSensible(reply, this.interim++);
			if (reply.status() == 100) {
				return true;
			}
		}
		return true;
	}

	private void receive() throws IOException {
		ReplyHead reply = this.handle.connection().receiveHead();
		if (reply.isInterim()) {
			this.handle.connection().requireSensible(reply, this.interim++);
			return;
		}
		this.head = reply;
		throw new Interruption();
	}

	/** Stops a body from writing on. */
	static final class Interruption extends IOException {

		@Serial
		private static final long serialVersionUID = 1L;

		Interruption() {
			super("The server has answered already");
		}

	}

}
