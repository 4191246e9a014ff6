package io.github.requests4j.internal.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Deadline;
import io.github.requests4j.internal.body.BlockInput;

/**
 * The socket of every connection: a blocking channel whose connects, reads and writes are
 * limited by {@link LimitWatch}, including those that TLS performs itself. Interrupting a
 * waiting thread closes the socket, so that the wait ends at once and the interrupt flag
 * stays set. One thread may read while another one writes; {@link #close()} may be called
 * by any thread. Not final, so that tests can make each operation fail.
 */
public class WireSocket extends Socket {

	/**
	 * The maximum number of bytes of one system call. Java copies them to native memory,
	 * of which each thread keeps as much as it ever needed.
	 */
	private static final int BLOCK = 128 * 1024;

	private final WaitLimit readLimit = new WaitLimit(this);

	private final WaitLimit writeLimit = new WaitLimit(this);

	private volatile @Nullable SocketChannel channel;

	private volatile long readNanos = LimitWatch.NEVER;

	private volatile long writeNanos = LimitWatch.NEVER;

	private volatile long deadlineEnd = LimitWatch.NEVER;

	private volatile @Nullable Deadline deadline;

	private long received;

	private volatile boolean ended;

	private volatile boolean discarding;

	private volatile boolean transferring;

	private volatile boolean closed;

	private volatile @Nullable Runnable timeoutAction;

	private @Nullable BlockInput in;

	private @Nullable OutputStream out;

	private volatile @Nullable InputStream counter;

	/** Creates a socket that uses no system resources yet. */
	public WireSocket() {
		// The superclass is not used: all calls go to the channel.
		super(Proxy.NO_PROXY);
	}

	/**
	 * Opens the channel. A separate step before connecting, so that another thread can
	 * always close it.
	 */
	public void open() throws IOException {
		this.channel = SocketChannel.open();
		if (this.closed) {
			channel().close();
		}
	}

	private SocketChannel channel() throws SocketException {
		SocketChannel current = this.channel;
		if (current == null) {
			throw new SocketException("Socket is not open");
		}
		return current;
	}

	/**
	 * Sets the limits of later waits.
	 * @param wait the limit for each read and for each block of a write, or {@code null}
	 * for none
	 * @param deadline the deadline for all waits, or {@code null} for none
	 */
	void limit(@Nullable Duration wait, @Nullable Deadline deadline) {
		this.readNanos = nanos(wait);
		this.writeNanos = this.readNanos;
		this.deadline = deadline;
		this.deadlineEnd = (deadline == null) ? LimitWatch.NEVER : end(deadline);
	}

	/**
	 * Limits reads only by the deadline, while a request is being sent that may be
	 * followed by a response at any time.
	 */
	void readUntilDeadline() {
		this.readNanos = LimitWatch.NEVER;
	}

	/**
	 * Returns a time that is never before the deadline, so that failures are attributed
	 * to the deadline.
	 */
	private static long end(Deadline deadline) {
		long remaining = deadline.remainingNanos();
		return LimitWatch.after(LimitWatch.now(), remaining);
	}

	/** Returns the limit for a wait that starts now. */
	long waitNanos() {
		long end = this.deadlineEnd;
		return (end == LimitWatch.NEVER) ? this.writeNanos : Math.min(this.writeNanos, end - LimitWatch.now());
	}

	private static long nanos(@Nullable Duration wait) {
		if (wait == null) {
			return LimitWatch.NEVER;
		}
		return (wait.toSeconds() >= LimitWatch.NEVER / 1_000_000_000L) ? LimitWatch.NEVER : wait.toNanos();
	}

	/**
	 * Sets an action to run at intervals while a write or a connect is blocked, or null
	 * for none. It runs in the thread of {@link LimitWatch} and must not block.
	 */
	public void onBlocked(Duration wait, @Nullable Runnable action) {
		this.writeLimit.check(wait.toNanos(), action);
	}

	/**
	 * Sets an action to run instead of {@link #close()} if a limit, but not the deadline,
	 * has passed.
	 */
	public void onTimeout(@Nullable Runnable action) {
		this.timeoutAction = action;
	}

	/** Ends a wait whose limit has passed. Called by {@link LimitWatch}. */
	void expire() {
		Runnable action = this.timeoutAction;
		Deadline current = this.deadline;
		try {
			if (action != null && (current == null || !current.hasPassed())) {
				action.run();
			}
			else {
				close();
			}
		}
		catch (IOException ex) {
			// The socket is closed in any case.
			return;
		}
	}

	/** Installs a filter between the socket and its readers. */
	public void filterInput(Function<InputStream, BlockInput> filter) throws IOException {
		this.in = filter.apply(getInputStream());
	}

	@Override
	public void connect(SocketAddress address) throws IOException {
		boolean watched = begin(this.writeLimit, LimitWatch.NEVER);
		try {
			channel().connect(address);
		}
		catch (IOException ex) {
			throw failed(ex, this.writeLimit, "Connect timed out");
		}
		finish(watched, this.writeLimit, "Connect timed out");
	}

	/**
	 * Starts a wait.
	 * @return whether it is watched
	 */
	private boolean begin(WaitLimit limit, long nanos) throws IOException {
		long end = this.deadlineEnd;
		if (end != LimitWatch.NEVER || nanos != LimitWatch.NEVER) {
			long now = LimitWatch.now();
			if (end <= now) {
				throw DeadlinePassedException.create();
			}
			end = Math.min(end, LimitWatch.after(now, nanos));
		}
		boolean watched = limit.isNeeded(end);
		if (watched) {
			limit.begin(end);
		}
		return watched;
	}

	/** Ends a successful wait. Fails if its limit has passed. */
	private void finish(boolean watched, WaitLimit limit, String what) throws IOException {
		if (watched && !limit.end()) {
			throw timedOut(what, null);
		}
	}

	/** Returns the exception for a failed wait. */
	private IOException failed(IOException ex, WaitLimit limit, String what) {
		if (!limit.end()) {
			return timedOut(what, ex);
		}
		if (ex instanceof ClosedByInterruptException || ex instanceof SocketException) {
			return ex;
		}
		boolean closing = ex instanceof AsynchronousCloseException || ex instanceof ClosedChannelException;
		SocketException failure = new SocketException(closing ? "Socket closed" : String.valueOf(ex.getMessage()));
		failure.initCause(ex);
		return failure;
	}

	private IOException timedOut(String what, @Nullable IOException cause) {
		Deadline current = this.deadline;
		IOException failure = (current != null && current.hasPassed()) ? DeadlinePassedException.create()
				: new SocketTimeoutException(what);
		// The timer closed the channel, so this is not the cause of the timeout.
		if (cause != null && cause.getClass() != AsynchronousCloseException.class) {
			failure.initCause(cause);
		}
		return failure;
	}

	/** Reads from the channel; a hook for tests. */
	protected int receive(ByteBuffer target) throws IOException {
		return channel().read(target);
	}

	/** Writes to the channel; a hook for tests. */
	protected void transmit(ByteBuffer source) throws IOException {
		channel().write(source);
	}

	/**
	 * Sends bytes of a file without copying them into this process.
	 * @return the number of bytes; 0 at the end of the file
	 */
	public long send(FileChannel file, long position, long count) throws IOException {
		boolean watched = begin(this.writeLimit, this.writeNanos);
		long sent;
		this.transferring = true;
		try {
			sent = this.discarding ? count : file.transferTo(position, count, channel());
		}
		catch (IOException ex) {
			IOException failure = failed(ex, this.writeLimit, "Write timed out");
			if (this.discarding && !(failure instanceof ClosedByInterruptException)) {
				return count;
			}
			throw failure;
		}
		finally {
			this.transferring = false;
		}
		finish(watched, this.writeLimit, "Write timed out");
		return sent;
	}

	/** Returns the number of bytes received so far, including unread ones. */
	public long totalReceived() throws IOException {
		return this.received + arrived();
	}

	/** Returns the number of bytes that the layer above has read. */
	public long taken() {
		return this.received - ((this.in != null) ? this.in.buffered() : 0);
	}

	/** Returns the number of unread bytes. */
	public int arrived() throws IOException {
		InputStream stream = this.counter;
		if (stream == null) {
			// Only the stream of the socket adaptor can count bytes without reading.
			stream = channel().socket().getInputStream();
			this.counter = stream;
		}
		return stream.available();
	}

	/**
	 * Returns whether the peer has neither sent anything nor closed its side. Used only
	 * between two requests. Does not block.
	 */
	public boolean isSilent() throws IOException {
		SocketChannel current = channel();
		current.configureBlocking(false);
		try {
			return current.read(ByteBuffer.allocate(1)) == 0;
		}
		finally {
			current.configureBlocking(true);
		}
	}

	/** Returns whether a read has reached the end of the stream. */
	public boolean hasEnded() {
		return this.ended;
	}

	/**
	 * Ends a write that another thread is blocked in. Later writes are discarded without
	 * an error, because TLS would not read the response of the peer after a failed write.
	 */
	void stopSending() throws IOException {
		this.discarding = true;
		shutdownOutput();
	}

	@Override
	public InputStream getInputStream() throws IOException {
		BlockInput stream = this.in;
		if (stream == null) {
			stream = new LimitedInput();
			this.in = stream;
		}
		return stream;
	}

	@Override
	public OutputStream getOutputStream() throws IOException {
		OutputStream stream = this.out;
		if (stream == null) {
			stream = new LimitedOutput();
			this.out = stream;
		}
		return stream;
	}

	@Override
	public void setTcpNoDelay(boolean on) throws SocketException {
		try {
			channel().setOption(StandardSocketOptions.TCP_NODELAY, on);
		}
		catch (SocketException ex) {
			throw ex;
		}
		catch (IOException ex) {
			SocketException failure = new SocketException(
					(ex instanceof ClosedChannelException) ? "Socket closed" : ex.getMessage());
			failure.initCause(ex);
			throw failure;
		}
	}

	// Methods that TLS calls.

	@Override
	public void setSoTimeout(int timeout) {
		// The limits of the call apply instead.
	}

	@Override
	public int getSoTimeout() {
		return 0;
	}

	@Override
	public boolean isConnected() {
		SocketChannel current = this.channel;
		return current != null && current.isConnected();
	}

	@Override
	public boolean isBound() {
		return isConnected();
	}

	@Override
	public boolean isClosed() {
		return this.closed;
	}

	@Override
	public boolean isInputShutdown() {
		return this.closed;
	}

	@Override
	public boolean isOutputShutdown() {
		return this.closed || this.discarding;
	}

	@Override
	public @Nullable SocketAddress getRemoteSocketAddress() {
		SocketChannel current = this.channel;
		try {
			return (current != null && !this.closed) ? current.getRemoteAddress() : null;
		}
		catch (IOException ex) {
			return null;
		}
	}

	@Override
	public @Nullable InetAddress getInetAddress() {
		return (getRemoteSocketAddress() instanceof InetSocketAddress address) ? address.getAddress() : null;
	}

	@Override
	public int getPort() {
		return (getRemoteSocketAddress() instanceof InetSocketAddress address) ? address.getPort() : 0;
	}

	@Override
	public InetAddress getLocalAddress() {
		return (getLocalSocketAddress() instanceof InetSocketAddress address) ? address.getAddress()
				: InetAddress.getLoopbackAddress();
	}

	@Override
	public int getLocalPort() {
		return (getLocalSocketAddress() instanceof InetSocketAddress address) ? address.getPort() : -1;
	}

	@Override
	public @Nullable SocketAddress getLocalSocketAddress() {
		SocketChannel current = this.channel;
		try {
			return (current != null && !this.closed) ? current.getLocalAddress() : null;
		}
		catch (IOException ex) {
			return null;
		}
	}

	@Override
	public int getSoLinger() {
		return -1;
	}

	@Override
	public void shutdownInput() throws IOException {
		channel().shutdownInput();
	}

	@Override
	public void shutdownOutput() throws IOException {
		channel().shutdownOutput();
	}

	@Override
	public void close() throws IOException {
		this.closed = true;
		this.readLimit.unwatch();
		this.writeLimit.unwatch();
		SocketChannel current = this.channel;
		if (current != null) {
			if (this.transferring) {
				// Closing alone would not wake up a thread that sends a file.
				current.shutdownOutput();
			}
			current.close();
		}
	}

	/** Closes the socket and ignores errors. */
	void closeQuietly() {
		try {
			close();
		}
		catch (IOException ex) {
			return;
		}
	}

	/** Closes the socket after an error. A failure to close is added to that error. */
	public void closeAfter(Exception error) {
		try {
			close();
		}
		catch (IOException ex) {
			error.addSuppressed(ex);
		}
	}

	@Override
	public String toString() {
		return "WireSocket[" + this.channel + "]";
	}

	private final class LimitedInput extends BlockInput {

		private byte[] array = new byte[0];

		private ByteBuffer buffer = ByteBuffer.wrap(this.array);

		@Override
		public int read(byte[] target, int offset, int length) throws IOException {
			if (target != this.array) {
				this.array = target;
				this.buffer = ByteBuffer.wrap(target);
			}
			this.buffer.limit(offset + Math.min(BLOCK, length)).position(offset);
			boolean watched = begin(WireSocket.this.readLimit, WireSocket.this.readNanos);
			int count;
			try {
				count = receive(this.buffer);
			}
			catch (IOException ex) {
				throw failed(ex, WireSocket.this.readLimit, "Read timed out");
			}
			finish(watched, WireSocket.this.readLimit, "Read timed out");
			if (count < 0) {
				WireSocket.this.ended = true;
			}
			else {
				WireSocket.this.received += count;
			}
			return count;
		}

		@Override
		public int available() throws IOException {
			return arrived();
		}

		@Override
		public void close() throws IOException {
			WireSocket.this.close();
		}

	}

	private final class LimitedOutput extends OutputStream {

		@Override
		public void write(int b) throws IOException {
			write(new byte[] { (byte) b }, 0, 1);
		}

		@Override
		public void write(byte[] source, int offset, int length) throws IOException {
			ByteBuffer buffer = ByteBuffer.wrap(source);
			int end = offset + length;
			int from = offset;
			while (from < end && !WireSocket.this.discarding) {
				int size = Math.min(BLOCK, end - from);
				buffer.limit(from + size).position(from);
				writeBlock(buffer);
				from += size;
			}
		}

		private void writeBlock(ByteBuffer block) throws IOException {
			boolean watched = begin(WireSocket.this.writeLimit, WireSocket.this.writeNanos);
			try {
				while (block.hasRemaining()) {
					transmit(block);
				}
			}
			catch (IOException ex) {
				IOException failure = failed(ex, WireSocket.this.writeLimit, "Write timed out");
				if (WireSocket.this.discarding && !(failure instanceof ClosedByInterruptException)) {
					return;
				}
				throw failure;
			}
			finish(watched, WireSocket.this.writeLimit, "Write timed out");
		}

		@Override
		public void close() throws IOException {
			WireSocket.this.close();
		}

	}

}
