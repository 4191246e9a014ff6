package io.github.requests4j.adapters;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLSession;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Deadline;
import io.github.requests4j.internal.wire.Step;
import io.github.requests4j.internal.wire.WireConnection;

/**
 * A connection that serves one request at a time, as the override points of
 * {@link HttpAdapter} see it: what it belongs to and whom it reached. Everything else
 * about it is the adapter's.
 *
 * @see HttpAdapter#getConnectionWithTlsContext
 */
public final class ConnectionHandle {

	/** So long after its last use a connection is taken for alive without asking. */
	private static final long UNREPEATABLE_NANOS = Duration.ofMillis(20).toNanos();

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

	private final WireConnection connection;

	private final long createdNanos = System.nanoTime();

	private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.EXCHANGE);

	private long idleSince;

	private long keepUntil = Long.MAX_VALUE;

	private boolean reused;

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
		return this.connection.socket().getRemoteSocketAddress();
	}

	/**
	 * The TLS session with the origin.
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

	/** The head was handed out; what follows is the caller's to read. */
	void beginBody() {
		this.connection.step(Step.BODY);
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

	boolean hasExpired(long now, PoolSettings settings) {
		return exceeds(now - this.idleSince, settings.idleTimeout())
				|| exceeds(now - this.createdNanos, settings.timeToLive())
				|| (this.keepUntil != Long.MAX_VALUE && now - this.keepUntil >= 0);
	}

	boolean isTooOld(long now, PoolSettings settings) {
		return exceeds(now - this.createdNanos, settings.timeToLive());
	}

	private static boolean exceeds(long nanos, @Nullable Duration limit) {
		return limit != null && nanos >= Deadline.nanos(limit);
	}

	/**
	 * Whether an idle connection can serve again. Readable bytes that no request asked
	 * for are never health: they would become the next caller's answer. That much is
	 * asked for every time, of the raw socket and of TLS, at the price of one system
	 * call. Whether the server has closed its side is asked only before a request that
	 * must not be sent twice; others are sent again on a new connection if this one turns
	 * out to be dead.
	 */
	boolean isUsable(PoolSettings settings, boolean repeatable) {
		long now = System.nanoTime();
		try {
			if (hasExpired(now, settings) || !this.connection.isQuiet()) {
				return false;
			}
			return repeatable || now - this.idleSince < UNREPEATABLE_NANOS || this.connection.socket().isSilent();
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** Ends whatever thread is using the connection; for another thread. */
	void abort() {
		this.phase.set(Phase.CLOSED);
		this.connection.abort();
	}

	/** Closes the connection at once, without a word to the peer. */
	void close() {
		this.phase.set(Phase.CLOSED);
		this.connection.close();
	}

	@Override
	public String toString() {
		return "ConnectionHandle[" + this.key + ", " + this.phase.get() + "]";
	}

}
