package io.github.requests4j.adapters;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

import javax.net.ssl.SSLSocket;

import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.io.SessionOutputBuffer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Limits;

/**
 * The library's HTTP/1.1 connection with our strict parser, our writer and our chunk
 * reader in it. For one thread at a time.
 */
final class WireConnection extends DefaultBHttpClientConnection {

	private final HeadParser parser;

	private final HeadWriter writer;

	private final Limits limits;

	private final OutgoingHead outgoing = new OutgoingHead();

	private @Nullable WireInput input;

	private WireConnection(Http1Config config, HeadParser parser, HeadWriter writer, Limits limits) {
		super(config, null, null, null, null, () -> writer, (ignored) -> parser);
		this.parser = parser;
		this.writer = writer;
		this.limits = limits;
	}

	static WireConnection create(Http1Config config, Limits limits) {
		return new WireConnection(config, new HeadParser(limits), new HeadWriter(), limits);
	}

	/** Takes up a connected socket, under TLS or not. */
	void take(Socket base, @Nullable SSLSocket tls) throws IOException {
		WireInput stream = new WireInput(((tls != null) ? tls : base).getInputStream());
		this.input = stream;
		bind((tls != null) ? new TlsHolder(tls, base, stream) : new PlainHolder(base, stream));
	}

	private WireInput input() {
		if (this.input == null) {
			throw new IllegalStateException("The connection has no socket yet");
		}
		return this.input;
	}

	/** Writes a head to the buffer. */
	void sendHead(byte[] head) throws IOException {
		try {
			sendRequestHeader(this.outgoing.with(head));
		}
		catch (HttpException ex) {
			throw new IOException(ex);
		}
	}

	/** Where the body of the request goes, behind its head. */
	SessionOutputBuffer outBuffer() {
		return this.writer.buffer();
	}

	OutputStream outStream() {
		return this.writer.out();
	}

	/** Reads the head of the next response, interim ones too. */
	ReplyHead receiveHead() throws IOException {
		try {
			return (ReplyHead) receiveResponseHeader();
		}
		catch (HttpException ex) {
			throw new IOException(ex);
		}
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

	/** The body that follows the head which was just read. */
	InputStream content(long length) {
		return createContentInputStream(length, this.parser.buffer(), input());
	}

	@Override
	protected InputStream createContentInputStream(long length, SessionInputBuffer buffer, InputStream in) {
		if (length == ReplyFraming.CHUNKED) {
			return new ChunkedBody(buffer, in, this.parser.lines(), this.limits);
		}
		return super.createContentInputStream(length, buffer, in);
	}

	/** How many bytes of the peer came so far. */
	long received() {
		return input().count();
	}

	/** Whether anything was read that no response accounts for. */
	boolean hasBufferedBytes() {
		return this.parser.unread() > 0;
	}

	/** Whether there is anything to read that no response accounts for. */
	boolean hasUnreadBytes() throws IOException {
		return hasBufferedBytes() || input().available() > 0;
	}

	/** Waits for the beginning of a response. */
	boolean awaitReply(int millis) throws IOException {
		return hasBufferedBytes() || isDataAvailable(Timeout.ofMilliseconds(millis));
	}

	private static final class PlainHolder extends SocketHolder {

		private final InputStream in;

		PlainHolder(Socket socket, InputStream in) {
			super(socket);
			this.in = in;
		}

		@Override
		protected InputStream getInputStream(Socket socket) {
			return this.in;
		}

	}

	private static final class TlsHolder extends SocketHolder {

		private final InputStream in;

		TlsHolder(SSLSocket tls, Socket base, InputStream in) {
			super(tls, base);
			this.in = in;
		}

		@Override
		protected InputStream getInputStream(Socket socket) {
			return this.in;
		}

	}

}
