package io.github.requests4j.adapters;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Deadline;

/**
 * A connection that serves one request at a time, as the override points of
 * {@link HttpAdapter} see it: what it belongs to and whom it reached. Everything else
 * about it is the adapter's.
 *
 * @see HttpAdapter#getConnectionWithTlsContext
 */
public final class ConnectionHandle {

	/** Which work a connection is about; tells what closing the adapter does to it. */
	enum Phase {

		/** Connecting, sending, or waiting for the head of a response. */
		EXCHANGE,

		/** The head was handed out; the body is the caller's to read. */
		BODY,

		/** In the pool. */
		IDLE,

		/** Gone. */
		CLOSED

	}

	private final PoolKey key;

	private final Route route;

	private Supplier<WireSocket> sockets = WireSocket::new;

	private volatile WireSocket socket = new WireSocket();

	/** Sockets that are connecting, of which one will be taken. */
	private final List<WireSocket> candidates = new CopyOnWriteArrayList<>();

	private final WireConnection connection;

	private final long createdNanos = System.nanoTime();

	private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.EXCHANGE);

	private volatile Step step = Step.LOOKUP;

	private volatile boolean aborted;

	private @Nullable SSLSocket tls;

	private long idleSince;

	private long keepUntil = Long.MAX_VALUE;

	private boolean reused;

	private boolean open;

	ConnectionHandle(PoolKey key, Route route, WireConnection connection) {
		this.key = key;
		this.route = route;
		this.connection = connection;
	}

	/**
	 * The pool that the connection belongs to.
	 * @return the key of the pool
	 */
	public PoolKey key() {
		return this.key;
	}

	/**
	 * Whether the connection has served a request before.
	 * @return {@code false} for a new connection
	 */
	public boolean isReused() {
		return this.reused;
	}

	/**
	 * Whom the connection reached: the proxy where there is one.
	 * @return the address, or {@code null} once it is closed
	 */
	public @Nullable SocketAddress remoteAddress() {
		return this.socket.getRemoteSocketAddress();
	}

	/**
	 * The TLS session with the origin.
	 * @return the session, or {@code null} without TLS
	 */
	public @Nullable SSLSession tlsSession() {
		return (this.tls != null) ? this.tls.getSession() : null;
	}

	Route route() {
		return this.route;
	}

	WireSocket socket() {
		return this.socket;
	}

	/**
	 * A socket for the next address. Several may be connecting at the same time.
	 * @throws SocketException if another thread has ended the connection meanwhile
	 */
	WireSocket newSocket() throws IOException {
		WireSocket fresh = this.sockets.get();
		try {
			fresh.open();
			fresh.setTcpNoDelay(true);
		}
		catch (IOException ex) {
			closeAfter(ex, fresh);
			throw ex;
		}
		this.candidates.add(fresh);
		// An abort before that line has not found it.
		if (this.aborted) {
			quietlyClose();
			throw new SocketException("Socket closed");
		}
		return fresh;
	}

	/** Closes all sockets that are connecting but one. */
	void closeOthers(WireSocket connected) {
		for (WireSocket candidate : this.candidates) {
			if (candidate != connected) {
				quietlyClose(candidate);
			}
		}
	}

	/** Closes all sockets that are connecting. */
	void closeCandidates() {
		this.candidates.forEach(ConnectionHandle::quietlyClose);
	}

	/** Takes the socket that was connected first, and closes the others. */
	void use(WireSocket connected) {
		this.socket = connected;
		closeOthers(connected);
		this.candidates.clear();
		if (this.aborted) {
			quietlyClose(connected);
		}
	}

	Step step() {
		return this.step;
	}

	void step(Step step) {
		this.step = step;
	}

	/** Sets where the sockets come from; for tests. */
	void sockets(Supplier<WireSocket> sockets) {
		this.sockets = sockets;
	}

	/** Closes a socket because of an error, which matters more than one in closing. */
	static void closeAfter(Exception error, WireSocket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			error.addSuppressed(ex);
		}
	}

	WireConnection connection() {
		return this.connection;
	}

	boolean isOpen() {
		return this.open;
	}

	/** Takes up the socket once it is connected. */
	void opened(@Nullable SSLSocket tls) throws IOException {
		this.tls = tls;
		take(tls);
		this.open = true;
	}

	/** Speaks HTTP over the socket, under TLS or not, from now on. */
	void take(@Nullable SSLSocket tls) throws IOException {
		Socket top = (tls != null) ? tls : this.socket;
		this.connection.take(top.getInputStream(), top.getOutputStream());
	}

	void limit(@Nullable Duration wait, @Nullable Deadline deadline) {
		this.socket.limit(wait, deadline);
	}

	Phase phase() {
		return Objects.requireNonNull(this.phase.get());
	}

	/** The head was handed out; what follows is the caller's to read. */
	void beginBody() {
		this.step = Step.BODY;
		this.phase.compareAndSet(Phase.EXCHANGE, Phase.BODY);
	}

	/** Takes it out of the pool, unless another thread was faster. */
	boolean lease() {
		if (this.phase.get() == Phase.IDLE && this.phase.compareAndSet(Phase.IDLE, Phase.EXCHANGE)) {
			this.reused = true;
			return true;
		}
		return false;
	}

	/** Puts it into the pool. */
	void idle(long now) {
		this.connection.rest();
		this.idleSince = now;
		this.phase.compareAndSet(Phase.BODY, Phase.EXCHANGE);
		this.phase.compareAndSet(Phase.EXCHANGE, Phase.IDLE);
	}

	boolean isIdle() {
		return this.phase.get() == Phase.IDLE;
	}

	long idleSince() {
		return this.idleSince;
	}

	/**
	 * What the server announced in Keep-Alive: it will close after so many seconds.
	 * @param seconds the number, or -1 if it announced none
	 */
	void keepFor(long seconds) {
		this.keepUntil = (seconds < 0) ? Long.MAX_VALUE : System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
	}

	long idleNanos(long now) {
		return now - this.idleSince;
	}

	boolean hasExpired(long now, PoolSettings settings) {
		return exceeds(idleNanos(now), settings.idleTimeout())
				|| exceeds(now - this.createdNanos, settings.timeToLive())
				|| (this.keepUntil != Long.MAX_VALUE && now - this.keepUntil >= 0);
	}

	boolean isTooOld(long now, PoolSettings settings) {
		return exceeds(now - this.createdNanos, settings.timeToLive());
	}

	private static boolean exceeds(long nanos, @Nullable Duration limit) {
		return limit != null && nanos >= limit.toNanos();
	}

	/** Ends whatever thread is using the connection; for another thread. */
	void abort() {
		this.aborted = true;
		quietlyClose();
	}

	boolean wasAborted() {
		return this.aborted;
	}

	/**
	 * Closes the socket at once. Under TLS nothing is said: nobody reads it, and it could
	 * block.
	 */
	void quietlyClose() {
		this.phase.set(Phase.CLOSED);
		quietlyClose(this.socket);
		closeCandidates();
	}

	static void quietlyClose(WireSocket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// It is gone either way.
			return;
		}
	}

	/** Whether there is anything to read, above TLS or below it. */
	boolean hasUnreadBytes() throws IOException {
		return this.connection.hasUnreadBytes() || (this.tls != null && this.socket.getInputStream().available() > 0);
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
	boolean wasCutOff() {
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

	@Override
	public String toString() {
		return "ConnectionHandle[" + this.key + ", " + this.phase.get() + "]";
	}

}
