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
import java.util.concurrent.Future;
import java.util.function.Supplier;

import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.Limits;
import io.github.requests4j.http.Timings.Phase;
import io.github.requests4j.internal.url.IpAddress;

/**
 * An HTTP/1.1 connection over a socket (RFC 9112). Starts without a socket: several
 * sockets may be connecting, of which one is used. One thread at a time sends and
 * receives; {@link #abort()}, {@link #close()} and {@link #stopSending()} may be called
 * by any thread.
 */
public final class WireConnection {

	private final Limits limits;

	/** The supplier of sockets, or null for real ones. */
	private @Nullable Supplier<WireSocket> sockets;

	private volatile WireSocket socket = new WireSocket();

	/** The sockets that are connecting, of which one will be used. */
	private final List<WireSocket> candidates = new CopyOnWriteArrayList<>();

	private volatile Phase phase = Phase.DNS;

	private String host = "";

	private List<InetAddress> addresses = List.of();

	private int port;

	private volatile boolean aborted;

	private boolean abortable;

	/** The lookup that runs in another thread, or null. */
	private volatile @Nullable Future<?> lookup;

	private @Nullable SSLSocket tls;

	private boolean open;

	private @Nullable WireReader reader;

	private @Nullable WireWriter writer;

	private @Nullable HeadParser parser;

	private @Nullable InputStream in;

	/** Creates a connection without a socket. */
	public WireConnection(Limits limits) {
		this.limits = limits;
	}

	/** Sets the supplier of sockets; for tests. */
	public void sockets(Supplier<WireSocket> sockets) {
		this.sockets = sockets;
	}

	/** Returns the current socket, which is not connected before {@link #use}. */
	public WireSocket socket() {
		return this.socket;
	}

	/**
	 * Returns a new socket for the next address. Several may be connecting at the same
	 * time.
	 * @throws SocketException if another thread has closed the connection
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
		// An abort before the previous line has missed this socket.
		if (this.aborted) {
			close();
			throw new SocketException("Socket closed");
		}
		return fresh;
	}

	/** Closes all connecting sockets except one. */
	void closeOthers(WireSocket connected) {
		for (WireSocket candidate : this.candidates) {
			if (candidate != connected) {
				candidate.closeQuietly();
			}
		}
	}

	/** Closes all connecting sockets. */
	void closeCandidates() {
		for (WireSocket candidate : this.candidates) {
			candidate.closeQuietly();
		}
	}

	/** Uses the socket that was connected first and closes the others. */
	public void use(WireSocket connected) {
		this.socket = connected;
		closeOthers(connected);
		this.candidates.clear();
		if (this.aborted) {
			connected.closeQuietly();
		}
	}

	/**
	 * Sets whether {@link #abort} must end a lookup that has no limit, which then needs
	 * another thread.
	 */
	public void abortable(boolean abortable) {
		this.abortable = abortable;
	}

	boolean isAbortable() {
		return this.abortable;
	}

	/** Sets the lookup that the thread waits for, or null. */
	void lookup(@Nullable Future<?> lookup) {
		this.lookup = lookup;
		// An abort before the previous line has missed this lookup.
		if (this.aborted && lookup != null) {
			lookup.cancel(false);
		}
	}

	/** Returns the current phase. */
	public Phase phase() {
		return this.phase;
	}

	/** Sets the current phase, which determines the type and message of a failure. */
	public void phase(Phase phase) {
		this.phase = phase;
	}

	/** Sets where the connection leads: the server, or the proxy if there is one. */
	public void peer(String host, List<InetAddress> addresses, int port) {
		this.host = host;
		this.addresses = addresses;
		this.port = port;
	}

	/**
	 * Returns the address that an open connection leads to: that of the server, or of the
	 * proxy if there is one.
	 */
	public @Nullable InetAddress address() {
		return this.addresses.isEmpty() ? null : this.addresses.get(0);
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

	/** Returns whether the connection reaches the origin, including all handshakes. */
	public boolean isOpen() {
		return this.open;
	}

	/** Marks the connection as open after all handshakes. */
	public void opened(@Nullable SSLSocket tls) throws IOException {
		this.tls = tls;
		take(tls);
		this.open = true;
	}

	/** Starts to read and write over the socket, with or without TLS. */
	public void take(@Nullable SSLSocket tls) throws IOException {
		Socket top = (tls != null) ? tls : this.socket;
		take(top.getInputStream(), top.getOutputStream());
	}

	/** Starts to read and write over the streams of a connected socket. */
	void take(InputStream in, OutputStream out) {
		WireReader source = new WireReader(in);
		this.in = in;
		this.reader = source;
		this.writer = new WireWriter(out);
		this.parser = new HeadParser(source, this.limits);
	}

	/** Returns the TLS session with the origin, or null without TLS. */
	public @Nullable SSLSession tlsSession() {
		return (this.tls != null) ? this.tls.getSession() : null;
	}

	/** Returns whether the connection to the origin uses TLS. */
	public boolean isSecure() {
		return this.tls != null;
	}

	/** Sets the limits of later waits, see {@link WireSocket#limit}. */
	public void limit(@Nullable Duration wait, @Nullable Deadline deadline) {
		this.socket.limit(wait, deadline);
	}

	private static <T> T open(@Nullable T part) {
		if (part == null) {
			throw new IllegalStateException("The connection has no socket yet");
		}
		return part;
	}

	/** Returns the writer for requests. */
	public WireWriter writer() {
		return open(this.writer);
	}

	/** Reads the head of the next response, which may be an interim one. */
	ReplyHead receiveHead() throws IOException {
		return open(this.parser).parse();
	}

	/** Reads the head of the final response and skips interim ones. */
	public ReplyHead receiveFinalHead() throws IOException {
		ReplyHead head = receiveHead();
		for (int count = 0; head.isInterim(); count++) {
			checkInterim(head, count);
			head = receiveHead();
		}
		return head;
	}

	/**
	 * Fails if there are too many interim responses, or if one switches to another
	 * protocol.
	 */
	void checkInterim(ReplyHead interim, int before) throws IOException {
		if (interim.status() == 101) {
			throw WireException.malformedHead("it switches to another protocol, which the request did not ask for");
		}
		if (before >= this.limits.maxInterimResponses()) {
			throw WireException
				.malformedHead("more than " + this.limits.maxInterimResponses() + " interim responses precede it");
		}
	}

	/**
	 * Returns the body that follows the last head.
	 * @param length its length, or a constant of {@link ReplyFraming}
	 */
	public InputStream content(long length) {
		WireReader source = open(this.reader);
		return (length == ReplyFraming.CHUNKED) ? ChunkedBody.over(source, open(this.parser))
				: LengthBody.over(source, length);
	}

	/** Returns the number of bytes received so far. */
	public long received() {
		return open(this.reader).received();
	}

	/** Returns whether bytes were read that do not belong to a response. */
	boolean hasBufferedBytes() {
		return open(this.reader).buffered() > 0;
	}

	/**
	 * Returns whether the response was valid and no other bytes were read after it.
	 * Unread bytes in the socket are checked when the connection is leased again, because
	 * more may arrive until then and a second system call would be expensive.
	 */
	public boolean hasNoLeftovers() {
		return !hasBufferedBytes() && !open(this.parser).hasDroppedFields();
	}

	/** Returns whether there are bytes to read that do not belong to a response. */
	public boolean hasUnreadBytes() throws IOException {
		return hasBufferedBytes() || open(this.in).available() > 0;
	}

	/** Returns whether there are no bytes to read, encrypted or decrypted. */
	public boolean hasNoPendingBytes() throws IOException {
		return !hasUnreadBytes() && (this.tls == null || this.socket.getInputStream().available() == 0);
	}

	/**
	 * Returns whether encrypted or plain bytes have arrived. Called by another thread.
	 */
	boolean hasPendingBytes() {
		try {
			return this.socket.getInputStream().available() > 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Returns whether the peer closed the connection without closing TLS. An attacker
	 * could have done so, and the body may be incomplete (RFC 9112, section 9.8).
	 */
	public boolean wasTruncated() {
		return this.tls != null && this.socket.hasEnded();
	}

	/**
	 * Ends a write that another thread is blocked in.
	 * @return whether a response that has arrived can still be read
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

	/** Releases memory that an idle connection does not need. */
	public void releaseMemory() {
		open(this.reader).releaseMemory();
	}

	/**
	 * Closes the connection and fails the thread that uses it. Called by another thread.
	 */
	public void abort() {
		this.aborted = true;
		close();
		Future<?> current = this.lookup;
		if (current != null) {
			current.cancel(false);
		}
	}

	/** Returns whether another thread has aborted the connection. */
	public boolean wasAborted() {
		return this.aborted;
	}

	/**
	 * Closes the socket at once. TLS is not closed, because that could block and the peer
	 * does not need it.
	 */
	public void close() {
		this.socket.closeQuietly();
		closeCandidates();
	}

}
