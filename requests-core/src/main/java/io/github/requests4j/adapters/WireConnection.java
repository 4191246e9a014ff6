package io.github.requests4j.adapters;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Limits;

/**
 * HTTP/1.1 over a connected socket (RFC 9112): heads go out as they were encoded, and
 * come in by the strict parser. For one thread at a time.
 */
final class WireConnection {

	private final Limits limits;

	private @Nullable WireReader reader;

	private @Nullable WireWriter writer;

	private @Nullable HeadParser parser;

	private @Nullable InputStream in;

	WireConnection(Limits limits) {
		this.limits = limits;
	}

	/** Takes up the plain or decrypted streams of a connected socket. */
	void take(InputStream in, OutputStream out) {
		WireReader source = new WireReader(in);
		this.in = in;
		this.reader = source;
		this.writer = new WireWriter(out);
		this.parser = new HeadParser(source, this.limits);
	}

	private static <T> T open(@Nullable T part) {
		if (part == null) {
			throw new IllegalStateException("The connection has no socket yet");
		}
		return part;
	}

	/** Where requests go. */
	WireWriter writer() {
		return open(this.writer);
	}

	/** Reads the head of the next response, interim ones too. */
	ReplyHead receiveHead() throws IOException {
		return open(this.parser).parse();
	}

	/** Reads heads up to the final one; interim ones say nothing that matters here. */
	ReplyHead receiveFinalHead() throws IOException {
		ReplyHead head = receiveHead();
		for (int count = 0; head.isInterim(); count++) {
			requireSensible(head, count);
			head = receiveHead();
		}
		return head;
	}

	/**
	 * Raises for an interim response that is one too many, or that switches to a protocol
	 * that was not asked for.
	 */
	void requireSensible(ReplyHead interim, int before) throws MalformedHeadException {
		if (interim.status() == 101) {
			throw new MalformedHeadException("it switches to another protocol, which was not asked for");
		}
		if (before >= this.limits.maxInterimResponses()) {
			throw new MalformedHeadException(
					"there are more than " + this.limits.maxInterimResponses() + " interim responses before it");
		}
	}

	/**
	 * The body behind the head that was read last.
	 * @param length its length, or a constant of {@link ReplyFraming}
	 */
	InputStream content(long length) {
		WireReader source = open(this.reader);
		return (length == ReplyFraming.CHUNKED) ? new ChunkedBody(source, open(this.parser))
				: new LengthBody(source, length);
	}

	/** How many bytes of the peer came so far. */
	long received() {
		return open(this.reader).received();
	}

	/** Whether anything was read that no response accounts for. */
	boolean hasBufferedBytes() {
		return open(this.reader).buffered() > 0;
	}

	/**
	 * Whether the last response had a header that was dropped because it was not valid.
	 */
	boolean isFlawed() {
		return open(this.parser).isFlawed();
	}

	/** Whether there is anything to read that no response accounts for. */
	boolean hasUnreadBytes() throws IOException {
		return hasBufferedBytes() || open(this.in).available() > 0;
	}

	/** Gives back memory that an idle connection does not need. */
	void rest() {
		open(this.reader).rest();
	}

}
