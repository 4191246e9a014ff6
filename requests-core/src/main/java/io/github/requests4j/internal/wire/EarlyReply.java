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

/**
 * A response that begins while the request is still on its way. A thread of its own reads
 * it, so that a server which answers while it reads is never blocked by a client that
 * does not read while it writes. Only an error that announces the end of the connection
 * stops the body (RFC 9112, section 9.5), because the server would not read the rest. The
 * thread exists only while there is such a response.
 */
public final class EarlyReply implements Runnable, Closeable {

	private static final int BLOCK = 16 * 1024;

	/** How often a refused body may be found blocked, every tenth of a second. */
	private static final int MOST_BLOCKED = 5;

	private final WireConnection connection;

	private final String method;

	private final AtomicBoolean started = new AtomicBoolean();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final Spool spool = new Spool();

	private volatile boolean stopping;

	private volatile boolean tooSoon;

	private volatile boolean late;

	private volatile boolean bodyIsOver;

	private boolean continued;

	private boolean ended;

	private int interim;

	/** For the thread of the watch alone. */
	private int blocked;

	private volatile @Nullable ReplyHead head;

	private @Nullable InputStream content;

	private @Nullable Exception failure;

	/** Prepares for a response to a request with this method. */
	public EarlyReply(WireConnection connection, String method) {
		this.connection = connection;
		this.method = method;
	}

	/**
	 * Looks after a write that has stood still for a while; called by the watch, again
	 * and again. A server that has refused the request and takes no more of it will not
	 * change its mind.
	 */
	public void whileBlocked() {
		startIfArrived();
		ReplyHead reply = this.head;
		if (reply != null && reply.status() >= 400 && ++this.blocked == MOST_BLOCKED) {
			this.stopping = true;
			this.connection.stopSending();
		}
	}

	/** Begins to read if anything has come. From any thread. */
	void startIfArrived() {
		if (!this.started.get() && this.connection.hasArrivals()) {
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
	 * The last piece of the body is about to be sent: what has come by now came too soon.
	 */
	void beforeLastPiece() {
		// Under TLS, what has arrived may be no response but a session ticket.
		this.tooSoon |= this.head != null || (!this.connection.isSecure() && this.connection.hasArrivals());
	}

	/**
	 * Whether the response came before the request was sent, so that both may not match.
	 */
	public boolean isTooSoon() {
		return this.tooSoon;
	}

	/** Whether the rest of the body must not be sent. */
	public boolean isStopping() {
		return this.stopping;
	}

	/**
	 * Ends a write that has lasted too long. What the server has said can still be read.
	 */
	public void writeIsLate() {
		this.late = true;
		this.stopping = true;
		if (this.head == null || !this.connection.stopSending()) {
			this.connection.close();
		}
	}

	/** Whether the server did not take the body in time. */
	public boolean isLate() {
		return this.late;
	}

	@Override
	public void run() {
		try {
			ReplyHead reply = receive();
			begin(reply, ReplyFraming.of(this.method, reply));
			keepBody();
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
			this.connection.requireSensible(reply, this.interim++);
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
		if (this.stopping && !this.bodyIsOver) {
			this.connection.stopSending();
		}
	}

	/** Reads the body, as long as the request is on its way. */
	private void keepBody() throws IOException {
		InputStream source = this.content;
		byte[] block = new byte[BLOCK];
		while (source != null && !this.stopping && !this.bodyIsOver) {
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
			// Its write would wait for the server, and the server for somebody to read.
			this.connection.close();
		}
	}

	/**
	 * Waits for the word to go on, or for the refusal, of a server that was told
	 * {@code Expect: 100-continue}; not for long, because it may not know it (RFC 9110,
	 * section 10.1.1).
	 * @return whether to send the body
	 */
	public boolean awaitContinue(Duration most) throws IOException {
		start();
		this.lock.lock();
		try {
			long left = most.toNanos();
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
	 * Waits for the response, now that nothing more of the request is sent.
	 * @return the head, or {@code null} if nothing has come yet and no thread reads it
	 */
	public @Nullable ReplyHead finish() throws IOException {
		this.bodyIsOver = true;
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

	/** Waits until something holds or the thread has ended; for the owner of the lock. */
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

	/** The body, from its beginning. */
	public InputStream content() {
		return new Content();
	}

	/** Gives up what was kept. */
	@Override
	public void close() {
		this.lock.lock();
		try {
			this.spool.close();
		}
		catch (IOException ex) {
			// A temporary file that cannot be closed is the system's to clean up.
			return;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** First what was kept, then what comes. */
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

	/** Stops a body from writing on. */
	static final class Interruption extends IOException {

		private static final long serialVersionUID = 1L;

		Interruption() {
			super("The server has answered already");
		}

	}

}
