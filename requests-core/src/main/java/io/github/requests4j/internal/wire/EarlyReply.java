package io.github.requests4j.internal.wire;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.body.BlockInput;

/**
 * A response that starts before the request is sent completely. A separate thread reads
 * it, because a server that responds while it reads would otherwise block on a client
 * that does not read while it writes. Only an error response that closes the connection
 * stops the request body (RFC 9112, section 9.5), because the server would not read the
 * rest. The thread exists only while there is such a response.
 */
public final class EarlyReply implements Runnable, Closeable {

	private static final int BLOCK = 16 * 1024;

	/** How often a rejected body may be found blocked, at intervals of 100 ms. */
	private static final int MAX_BLOCKED_CHECKS = 5;

	private final WireConnection connection;

	private final String method;

	private final AtomicBoolean started = new AtomicBoolean();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final Spool spool = new Spool();

	private volatile boolean stopping;

	private volatile boolean premature;

	private volatile boolean writeTimedOut;

	private volatile boolean bodyDone;

	private boolean continued;

	private boolean ended;

	private int interim;

	/** Used only by the thread of {@link LimitWatch}. */
	private int blocked;

	private volatile @Nullable ReplyHead head;

	private @Nullable InputStream content;

	private @Nullable Exception failure;

	/** Creates a reader for a response to a request with this method. */
	public EarlyReply(WireConnection connection, String method) {
		this.connection = connection;
		this.method = method;
	}

	/**
	 * Checks a write that has been blocked for a while. Called repeatedly by
	 * {@link LimitWatch}. Stops the body if the server has rejected the request and does
	 * not read it.
	 */
	public void onWriteBlocked() {
		startIfReadable();
		ReplyHead reply = this.head;
		if (reply != null && reply.status() >= 400 && ++this.blocked == MAX_BLOCKED_CHECKS) {
			this.stopping = true;
			this.connection.stopSending();
		}
	}

	/** Starts to read if any bytes have arrived. Thread-safe. */
	void startIfReadable() {
		if (!this.started.get() && this.connection.hasPendingBytes()) {
			start();
		}
	}

	private void start() {
		if (this.started.compareAndSet(false, true)) {
			this.connection.socket().readUntilDeadline();
			Daemon.start("early-reply", this);
		}
	}

	/**
	 * Called before the last piece of the body is sent. A response that has arrived by
	 * now is premature.
	 */
	void beforeLastPiece() {
		// With TLS, the bytes may be a session ticket instead of a response.
		this.premature |= this.head != null || (!this.connection.isSecure() && this.connection.hasPendingBytes());
	}

	/**
	 * Returns whether the response arrived before the request was sent, so that it may
	 * not belong to it.
	 */
	public boolean isPremature() {
		return this.premature;
	}

	/** Returns whether the rest of the body must not be sent. */
	public boolean isStopping() {
		return this.stopping;
	}

	/**
	 * Ends a write that has timed out. A response that has arrived can still be read.
	 */
	public void onWriteTimeout() {
		this.writeTimedOut = true;
		this.stopping = true;
		if (this.head == null || !this.connection.stopSending()) {
			this.connection.close();
		}
	}

	/** Returns whether writing the body has timed out. */
	public boolean hasWriteTimedOut() {
		return this.writeTimedOut;
	}

	@Override
	public void run() {
		try {
			ReplyHead reply = receive();
			begin(reply, ReplyFraming.of(this.method, reply));
			spoolBody();
		}
		catch (IOException | RuntimeException ex) {
			fail(ex);
		}
		finally {
			this.lock.lock();
			try {
				this.ended = true;
				this.changed.signalAll();
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	private ReplyHead receive() throws IOException {
		ReplyHead reply = this.connection.receiveHead();
		while (reply.isInterim()) {
			this.connection.checkInterim(reply, this.interim++);
			if (reply.status() == 100) {
				this.lock.lock();
				try {
					this.continued = true;
					this.changed.signalAll();
				}
				finally {
					this.lock.unlock();
				}
			}
			reply = this.connection.receiveHead();
		}
		return reply;
	}

	private void begin(ReplyHead reply, ReplyFraming framing) {
		this.lock.lock();
		try {
			this.content = this.connection.content(framing.length());
			this.head = reply;
			this.stopping = reply.status() >= 400 && !framing.reusable();
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		if (this.stopping && !this.bodyDone) {
			this.connection.stopSending();
		}
	}

	/** Reads the body while the request is being sent. */
	private void spoolBody() throws IOException {
		InputStream source = this.content;
		byte[] block = new byte[BLOCK];
		while (source != null && !this.stopping && !this.bodyDone) {
			int count = source.read(block, 0, block.length);
			if (count < 0) {
				return;
			}
			this.lock.lock();
			try {
				if (!this.spool.add(block, count)) {
					throw WireException.spoolOverflow();
				}
				this.changed.signalAll();
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	private void fail(Exception ex) {
		this.lock.lock();
		try {
			this.failure = ex;
		}
		finally {
			this.lock.unlock();
		}
		if (WireException.is(ex, WireException.Kind.SPOOL_OVERFLOW)) {
			// Otherwise the write would wait for the server, and the server for a reader.
			this.connection.close();
		}
	}

	/**
	 * Waits for 100 Continue or a final response after {@code Expect: 100-continue} was
	 * sent. The wait is short, because servers may not support it (RFC 9110, section
	 * 10.1.1).
	 * @return whether to send the body
	 */
	public boolean awaitContinue(Duration timeout) throws IOException {
		start();
		this.lock.lock();
		try {
			long left = timeout.toNanos();
			while (!this.continued && this.head == null && !this.ended && left > 0) {
				left = await(left);
			}
			if (this.ended && this.head == null) {
				throw failure();
			}
			return this.head == null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits for the response after the request is sent or stopped.
	 * @return the head, or {@code null} if nothing has arrived yet and no thread reads it
	 */
	public @Nullable ReplyHead finish() throws IOException {
		this.bodyDone = true;
		if (!this.started.get()) {
			return null;
		}
		this.lock.lock();
		try {
			awaitUntil(() -> this.head != null);
			if (WireException.is(this.failure, WireException.Kind.SPOOL_OVERFLOW) || this.head == null) {
				throw failure();
			}
			return this.head;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits until a condition is true or the thread has ended. The caller must own the
	 * lock.
	 */
	private void awaitUntil(BooleanSupplier check) throws IOException {
		long left = this.connection.socket().waitNanos();
		while (!check.getAsBoolean() && !this.ended) {
			if (left <= 0) {
				this.connection.close();
				throw new SocketTimeoutException("Read timed out");
			}
			left = await(left);
		}
	}

	private long await(long nanos) throws IOException {
		try {
			return this.changed.awaitNanos(nanos);
		}
		catch (InterruptedException ex) {
			this.connection.close();
			Thread.currentThread().interrupt();
			throw new ClosedByInterruptException();
		}
	}

	private IOException failure() {
		if (this.failure instanceof RuntimeException unchecked) {
			throw unchecked;
		}
		return (this.failure instanceof IOException ex) ? ex : WireException.noReply();
	}

	/** Returns the body from its start. */
	public InputStream content() {
		return new Content();
	}

	/** Discards the spooled bytes. */
	@Override
	public void close() {
		this.lock.lock();
		try {
			this.spool.close();
		}
		catch (IOException ex) {
			// The system cleans up a temporary file that cannot be closed.
			return;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** The spooled bytes, followed by those of the connection. */
	private final class Content extends BlockInput {

		@Override
		public int read(byte[] target, int offset, int length) throws IOException {
			EarlyReply.this.lock.lock();
			try {
				awaitUntil(() -> EarlyReply.this.spool.available() > 0);
				if (EarlyReply.this.spool.available() > 0) {
					return EarlyReply.this.spool.take(target, offset, length);
				}
				if (EarlyReply.this.failure != null) {
					throw failure();
				}
			}
			finally {
				EarlyReply.this.lock.unlock();
			}
			InputStream rest = EarlyReply.this.content;
			return (rest != null) ? rest.read(target, offset, length) : -1;
		}

		@Override
		public void close() {
			EarlyReply.this.close();
		}

	}

	/** Thrown to stop the body. */
	static final class Interruption extends IOException {

		private static final long serialVersionUID = 1L;

		Interruption() {
			super("The server has responded already");
		}

	}

}
