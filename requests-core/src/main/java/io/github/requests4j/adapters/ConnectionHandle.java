package io.github.requests4j.adapters;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLSession;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.Timings;
import io.github.requests4j.internal.wire.HostAddresses;
import io.github.requests4j.internal.wire.WireConnection;

/**
 * A connection as the override points of {@link HttpAdapter} see it: its pool and its
 * peer. It serves one request at a time, and the adapter manages it.
 *
 * @see HttpAdapter#getConnectionWithTlsContext
 */
public final class ConnectionHandle {

	/** How long after its last use a connection is assumed to be alive. */
	private static final long UNREPEATABLE_NANOS = Duration.ofMillis(20).toNanos();

	/** The state of a connection. Closing the adapter depends on it. */
	enum Phase {

		/** Connecting, sending, or waiting for the head of a response. */
		EXCHANGE,

		/** The response was returned, and the caller reads its body. */
		BODY,

		/** Idle in the pool. */
		IDLE,

		/** Closed. */
		CLOSED

	}

	private final PoolKey key;

	private final Route route;

	private final WireConnection connection;

	private final long createdNanos = System.nanoTime();

	private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.EXCHANGE);

	/** The known addresses of the peer's host; null if the host is itself an address. */
	private @Nullable HostAddresses addresses;

	private long idleSince;

	private long keepUntil = Long.MAX_VALUE;

	private boolean reused;

	ConnectionHandle(PoolKey key, Route route, WireConnection connection) {
		this.key = key;
		this.route = route;
		this.connection = connection;
	}

	/**
	 * Returns the key of the pool that the connection belongs to.
	 * @return the key
	 */
	public PoolKey key() {
		return this.key;
	}

	/**
	 * Returns whether the connection has served a request before.
	 * @return {@code false} for a new connection
	 */
	public boolean isReused() {
		return this.reused;
	}

	/**
	 * Returns the address that the connection leads to, which is that of the proxy if
	 * there is one.
	 * @return the address, or {@code null} if the connection is closed
	 */
	public @Nullable SocketAddress remoteAddress() {
		return this.connection.socket().getRemoteSocketAddress();
	}

	/**
	 * Returns the TLS session with the origin.
	 * @return the session, or {@code null} without TLS
	 */
	public @Nullable SSLSession tlsSession() {
		return this.connection.tlsSession();
	}

	Route route() {
		return this.route;
	}

	WireConnection connection() {
		return this.connection;
	}

	Phase phase() {
		return Objects.requireNonNull(this.phase.get());
	}

	/** Sets the known addresses of the peer's host. */
	void addresses(HostAddresses known) {
		this.addresses = known;
	}

	/** Looks up the host of the peer in another thread if the last lookup is too old. */
	void refreshAddresses(long now) {
		HostAddresses known = this.addresses;
		if (known != null && known.isDue(now)) {
			known.refresh(this.route::closeExpired);
		}
	}

	/** Remembers that the peer has accepted the connection. */
	void addressSucceeded() {
		InetAddress address = this.connection.address();
		if (this.addresses != null && address != null) {
			this.addresses.succeeded(address);
		}
	}

	/** Remembers that a handshake failed, unless another thread has ended it. */
	void addressFailed() {
		InetAddress address = this.connection.address();
		boolean ended = this.connection.wasAborted() || Thread.currentThread().isInterrupted();
		if (this.addresses != null && address != null && !ended) {
			this.addresses.failed(address, System.nanoTime());
		}
	}

	/**
	 * Returns whether the host of the peer no longer has the address of this connection.
	 */
	private boolean isOutdated(long now) {
		HostAddresses known = this.addresses;
		return known != null && !known.isCurrent(this.connection.address(), now);
	}

	/** Marks the response as returned; from now on the caller reads its body. */
	void beginBody() {
		this.connection.phase(Timings.Phase.BODY);
		this.phase.compareAndSet(Phase.EXCHANGE, Phase.BODY);
	}

	/** Takes the connection out of the pool, unless another thread has taken it. */
	boolean lease() {
		if (this.phase.get() == Phase.IDLE && this.phase.compareAndSet(Phase.IDLE, Phase.EXCHANGE)) {
			this.reused = true;
			return true;
		}
		return false;
	}

	/** Marks the connection as idle in the pool. */
	void idle(long now) {
		this.connection.releaseMemory();
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
	 * Sets how long the server keeps an idle connection, as announced in Keep-Alive.
	 * @param seconds the number of seconds, or -1 if the server announced none
	 */
	void keepFor(long seconds) {
		this.keepUntil = (seconds < 0) ? Long.MAX_VALUE : System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
	}

	boolean hasExpired(long now, PoolSettings settings) {
		return exceeds(now - this.idleSince, settings.idleTimeout()) || isTooOld(now, settings)
				|| (this.keepUntil != Long.MAX_VALUE && now - this.keepUntil >= 0);
	}

	/** Returns whether the connection must be closed, whether it is idle or not. */
	boolean isTooOld(long now, PoolSettings settings) {
		return exceeds(now - this.createdNanos, settings.timeToLive()) || isOutdated(now);
	}

	private static boolean exceeds(long nanos, @Nullable Duration limit) {
		return limit != null && nanos >= Deadline.nanos(limit);
	}

	/**
	 * Returns whether an idle connection can serve another request. A connection with
	 * unread bytes never can, because they would be taken for the next response. This is
	 * checked every time, for the raw socket and for TLS, at the cost of one system call.
	 * Whether the server has closed its side is checked only before a request that must
	 * not be sent twice. Other requests are sent again on a new connection if this one is
	 * dead.
	 */
	boolean isUsable(long now, PoolSettings settings, boolean repeatable) {
		try {
			if (hasExpired(now, settings) || !this.connection.hasNoPendingBytes()) {
				return false;
			}
			return repeatable || now - this.idleSince < UNREPEATABLE_NANOS || this.connection.socket().isSilent();
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Closes the connection and fails the thread that uses it. Called by another thread.
	 */
	void abort() {
		this.phase.set(Phase.CLOSED);
		this.connection.abort();
	}

	/** Closes the connection at once, without notifying the peer. */
	void close() {
		this.phase.set(Phase.CLOSED);
		this.connection.close();
	}

	@Override
	public String toString() {
		return "ConnectionHandle[" + this.key + ", " + this.phase.get() + "]";
	}

}
