package io.github.requests4j.internal.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.Limits;
import io.github.requests4j.internal.url.IpAddress;

/**
 * HTTP/1.1 over a socket (RFC 9112): heads go out as they were encoded, and come in by
 * the strict parser. Begins without a socket: several may be connecting, of which one is
 * used. One thread at a time sends and receives; {@link #abort()}, {@link #close()} and
 * {@link #stopSending()} may come from any.
 */
public final class WireConnection {

	private final Limits limits;

	/** Where sockets come from, or {@code null} for the system's. */
	private @Nullable Supplier<WireSocket> sockets;

	private volatile WireSocket socket = new WireSocket();

	/** Sockets that are connecting, of which one will be used. */
	private final List<WireSocket> candidates = new CopyOnWriteArrayList<>();

	private volatile Step step = Step.LOOKUP;

	private String host = "";

	private List<InetAddress> addresses = List.of();

	private int port;

	private volatile boolean aborted;

	private @Nullable SSLSocket tls;

	private boolean open;

	private @Nullable WireReader reader;

	private @Nullable WireWriter writer;

	private @Nullable HeadParser parser;

	private @Nullable InputStream in;

	/** Begins without a socket. */
	public WireConnection(Limits limits) {
		this.limits = limits;
	}

	/** Sets where the sockets come from; for tests. */
	public void sockets(Supplier<WireSocket> sockets) {
		this.sockets = sockets;
	}

	/** Returns the socket that is used, not connected before {@link #use}. */
	public WireSocket socket() {
		return this.socket;
	}

	/**
	 * A socket for the next address. Several may be connecting at the same time.
	 * @throws SocketException if another thread has ended the connection meanwhile
	 */
	public WireSocket newSocket() throws IOException {
		WireSocket fresh = (this.sockets != null) ? this.sockets.get() : new WireSocket();
		try {
			fresh.open();
			fresh.setTcpNoDelay(true);
		}
		catch (IOException ex) {
			fresh.closeAfter(ex);
			throw ex;
		}
		this.candidates.add(fresh);
		// An abort before that line has not found it.
		if (this.aborted) {
			close();
			throw new SocketException("Socket closed");
		}
		return fresh;
	}

	/** Closes all sockets that are connecting but one. */
	void closeOthers(WireSocket connected) {
		for (WireSocket candidate : this.candidates) {
			if (candidate != connected) {
				candidate.quietlyClose();
			}
		}
	}

	/** Closes all sockets that are connecting. */
	void closeCandidates() {
		for (WireSocket candidate : this.candidates) {
			candidate.quietlyClose();
		}
	}

	/** Takes the socket that was connected first, and closes the others. */
	public void use(WireSocket connected) {
		this.socket = connected;
		closeOthers(connected);
		this.candidates.clear();
		if (this.aborted) {
			connected.quietlyClose();
		}
	}

	/** What the connection is being used for. */
	public Step step() {
		return this.step;
	}

	/** Sets what the connection is being used for. */
	public void step(Step step) {
		this.step = step;
	}

	/** Sets where the connection leads: the server, or the proxy if there is one. */
	public void peer(String host, List<InetAddress> addresses, int port) {
		this.host = host;
		this.addresses = addresses;
		this.port = port;
	}

	/**
	 * Returns where the connection leads as messages show it, for instance
	 * {@code api.example.com/203.0.113.9:443}, or null before the host is looked up.
	 */
	public @Nullable String peer() {
		if (this.addresses.isEmpty()) {
			return null;
		}
		List<String> shown = this.addresses.stream()
			.map((address) -> IpAddress.withBrackets(address.getHostAddress()))
			.toList();
		String address = (shown.size() == 1) ? shown.get(0) : shown.toString();
		return (IpAddress.isLiteral(this.host) ? address : this.host + "/" + address) + ":" + this.port;
	}

	/** Whether it is connected all the way to the origin. */
	public boolean isOpen() {
		return this.open;
	}

	/** Takes up the socket once all handshakes are done. */
	public void opened(@Nullable SSLSocket tls) throws IOException {
		this.tls = tls;
		take(tls);
		this.open = true;
	}

	/** Reads and writes over the socket, under TLS or not, from now on. */
	public void take(@Nullable SSLSocket tls) throws IOException {
		Socket top = (tls != null) ? tls : this.socket;
		take(top.getInputStream(), top.getOutputStream());
	}

	/** Takes up the plain or decrypted streams of a connected socket. */
	void take(InputStream in, OutputStream out) {
		WireReader source = new WireReader(in);
		this.in = in;
		this.reader = source;
		this.writer = new WireWriter(out);
		this.parser = new HeadParser(source, this.limits);
	}

	/** The TLS session with the origin, or {@code null} without TLS. */
	public @Nullable SSLSession tlsSession() {
		return (this.tls != null) ? this.tls.getSession() : null;
	}

	/** Whether the connection to the origin is encrypted. */
	public boolean isSecure() {
		return this.tls != null;
	}

	/** Sets what bounds the waits from now on, as {@link WireSocket#limit} does. */
	public void limit(@Nullable Duration wait, @Nullable Deadline deadline) {
		this.socket.limit(wait, deadline);
	}

	private static <T> T open(@Nullable T part) {
		if (part == null) {
			throw new IllegalStateException("The connection has no socket yet");
		}
		return part;
	}

	/** Where requests go. */
	public WireWriter writer() {
		return open(this.writer);
	}

	/** Reads the head of the next response, interim ones too. */
	ReplyHead receiveHead() throws IOException {
		return open(this.parser).parse();
	}

	/** Reads heads up to the final one; interim ones say nothing that matters here. */
	public ReplyHead receiveFinalHead() throws IOException {
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
	void requireSensible(ReplyHead interim, int before) throws IOException {
		if (interim.status() == 101) {
			throw WireException.malformedHead("it switches to another protocol, which the request did not ask for");
		}
		if (before >= this.limits.maxInterimResponses()) {
			throw WireException
				.malformedHead("more than " + this.limits.maxInterimResponses() + " interim responses precede it");
		}
	}

	/**
	 * The body behind the head that was read last.
	 * @param length its length, or a constant of {@link ReplyFraming}
	 */
	public InputStream content(long length) {
		WireReader source = open(this.reader);
		return (length == ReplyFraming.CHUNKED) ? ChunkedBody.over(source, open(this.parser))
				: LengthBody.over(source, length);
	}

	/** How many bytes of the peer came so far. */
	public long received() {
		return open(this.reader).received();
	}

	/** Whether anything was read that no response accounts for. */
	boolean hasBufferedBytes() {
		return open(this.reader).buffered() > 0;
	}

	/**
	 * Whether the response was valid, and nothing came with it that does not belong to
	 * it, as far as it was read. What is still in the socket is looked for when the
	 * connection is leased again: only there nothing can come in between, and asking the
	 * system twice is not cheap.
	 */
	public boolean hasNoLeftovers() {
		return !hasBufferedBytes() && !open(this.parser).isFlawed();
	}

	/** Whether there is anything to read that no response accounts for. */
	public boolean hasUnreadBytes() throws IOException {
		return hasBufferedBytes() || open(this.in).available() > 0;
	}

	/** Whether there is nothing to read, above TLS or below it. */
	public boolean isQuiet() throws IOException {
		return !hasUnreadBytes() && (this.tls == null || this.socket.getInputStream().available() == 0);
	}

	/** Whether anything has come that is not read yet, below TLS; for another thread. */
	boolean hasArrivals() {
		try {
			return this.socket.getInputStream().available() > 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Whether the peer closed its side without ending TLS before: anybody on the way
	 * could have done so, and what came cannot be taken for all (RFC 9112, section 9.8).
	 */
	public boolean wasCutOff() {
		return this.tls != null && this.socket.hasEnded();
	}

	/**
	 * Ends a write that another thread is blocked in. What the server has said already
	 * can still be read.
	 * @return whether that is so
	 */
	boolean stopSending() {
		try {
			this.socket.stopSending();
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** Gives back memory that an idle connection does not need. */
	public void rest() {
		open(this.reader).rest();
	}

	/** Ends whatever thread is using the connection; for another thread. */
	public void abort() {
		this.aborted = true;
		close();
	}

	/** Returns whether another thread has ended the connection. */
	public boolean wasAborted() {
		return this.aborted;
	}

	/**
	 * Closes the socket at once. Under TLS nothing is said: nobody reads it, and it could
	 * block.
	 */
	public void close() {
		this.socket.quietlyClose();
		closeCandidates();
	}

}
