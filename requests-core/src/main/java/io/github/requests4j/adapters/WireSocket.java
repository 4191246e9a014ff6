package io.github.requests4j.adapters;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Deadline;

/**
 * The socket under every connection. Each read waits no longer than the read timeout and
 * the deadline allow, whatever lies above (TLS may need many reads for one record), and
 * an interrupt of the thread that waits closes the socket, so that the wait ends at once
 * and the interrupt flag stays set. For one thread at a time; {@link #close()} may come
 * from any. Not final, so that tests can let each operation fail.
 */
class WireSocket extends Socket {

	private static final long NANOS_PER_MILLI = 1_000_000L;

	/** What the JDK hands to the system at once, too. */
	private static final int WRITE_BLOCK = 128 * 1024;

	private final Interruption interruption = new Interruption();

	private int readMillis;

	private int appliedMillis;

	private boolean ended;

	private volatile boolean mute;

	private final AtomicLong writeSteps = new AtomicLong();

	private volatile @Nullable Deadline deadline;

	private @Nullable InputStream in;

	private @Nullable OutputStream out;

	WireSocket() {
		// Which proxy a call takes is for its settings alone: by default, a socket would
		// once more ask the JVM's proxy selector for a SOCKS proxy.
		super(Proxy.NO_PROXY);
	}

	/**
	 * Sets what bounds the waits from now on.
	 */
	void limit(int readMillis, @Nullable Deadline deadline) {
		this.readMillis = readMillis;
		this.deadline = deadline;
	}

	@Override
	public void connect(SocketAddress address, int timeout) throws IOException {
		boolean done = false;
		this.interruption.enter();
		try {
			super.connect(address, timeout);
			done = true;
		}
		finally {
			this.interruption.leave(done);
		}
	}

	// TLS and the library set and ask for their timeout here.
	@Override
	public void setSoTimeout(int timeout) {
		this.readMillis = timeout;
	}

	@Override
	public int getSoTimeout() {
		return this.readMillis;
	}

	@Override
	public InputStream getInputStream() throws IOException {
		InputStream stream = this.in;
		if (stream == null) {
			stream = new TimedInput(super.getInputStream());
			this.in = stream;
		}
		return stream;
	}

	/**
	 * Replaces the stream that {@link #getInputStream()} returns by one that reads from
	 * it.
	 */
	void filterInput(UnaryOperator<InputStream> filter) throws IOException {
		this.in = filter.apply(getInputStream());
	}

	@Override
	public OutputStream getOutputStream() throws IOException {
		OutputStream stream = this.out;
		if (stream == null) {
			stream = new InterruptibleOutput(super.getOutputStream());
			this.out = stream;
		}
		return stream;
	}

	/** Whether the peer has closed its side, as far as was read. */
	boolean hasEnded() {
		return this.ended;
	}

	/**
	 * Ends a write that another thread is blocked in; from now on whatever is written is
	 * thrown away. That is no error here, because TLS, once a write of it has failed,
	 * would not read what the peer has said already.
	 */
	void stopSending() throws IOException {
		this.mute = true;
		shutdownOutput();
	}

	/**
	 * How far writing has come; for another thread. Changes whenever the system has taken
	 * another block of at most 128 KiB, however large what is written at once.
	 * @see #isWriting
	 */
	long writeSteps() {
		return this.writeSteps.get();
	}

	/** Whether the system was asked to take a block and has not yet. */
	static boolean isWriting(long steps) {
		return (steps & 1) != 0;
	}

	private void applyTimeout() throws SocketException, DeadlinePassedException {
		int millis = this.readMillis;
		Deadline current = this.deadline;
		if (current != null) {
			long remaining = current.remainingNanos();
			if (remaining <= 0) {
				throw new DeadlinePassedException();
			}
			int bound = millisCeiling(remaining);
			millis = (millis == 0) ? bound : Math.min(millis, bound);
		}
		if (millis != this.appliedMillis) {
			super.setSoTimeout(millis);
			this.appliedMillis = millis;
		}
	}

	/**
	 * Whole milliseconds that are not shorter; never zero, which would mean no limit.
	 */
	static int millisCeiling(long nanos) {
		long millis = (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
		return (int) Math.max(1, Math.min(Integer.MAX_VALUE, millis));
	}

	private final class TimedInput extends InputStream {

		private final InputStream source;

		TimedInput(InputStream source) {
			this.source = source;
		}

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
		}

		@Override
		public int read(byte[] buffer, int offset, int length) throws IOException {
			applyTimeout();
			boolean done = false;
			WireSocket.this.interruption.enter();
			try {
				int count = this.source.read(buffer, offset, length);
				WireSocket.this.ended |= count < 0;
				done = true;
				return count;
			}
			catch (SocketTimeoutException ex) {
				throw timedOut(ex);
			}
			finally {
				WireSocket.this.interruption.leave(done);
			}
		}

		private IOException timedOut(SocketTimeoutException ex) {
			Deadline current = WireSocket.this.deadline;
			return (current != null && current.hasPassed()) ? new DeadlinePassedException() : ex;
		}

		@Override
		public int available() throws IOException {
			return this.source.available();
		}

		@Override
		public void close() throws IOException {
			WireSocket.this.close();
		}

	}

	private final class InterruptibleOutput extends OutputStream {

		private final OutputStream target;

		InterruptibleOutput(OutputStream target) {
			this.target = target;
		}

		@Override
		public void write(int b) throws IOException {
			write(new byte[] { (byte) b }, 0, 1);
		}

		@Override
		public void write(byte[] buffer, int offset, int length) throws IOException {
			boolean done = false;
			WireSocket.this.interruption.enter();
			try {
				int left = length;
				while (left > 0) {
					int size = Math.min(WRITE_BLOCK, left);
					writeBlock(buffer, offset + length - left, size);
					left -= size;
				}
				done = true;
			}
			catch (IOException ex) {
				if (!WireSocket.this.mute) {
					throw ex;
				}
			}
			finally {
				WireSocket.this.interruption.leave(done);
			}
		}

		private void writeBlock(byte[] buffer, int offset, int length) throws IOException {
			if (WireSocket.this.mute) {
				return;
			}
			WireSocket.this.writeSteps.incrementAndGet();
			try {
				this.target.write(buffer, offset, length);
			}
			finally {
				WireSocket.this.writeSteps.incrementAndGet();
			}
		}

		@Override
		public void close() throws IOException {
			WireSocket.this.close();
		}

	}

	/**
	 * The one public way of Java to be told at once that the current thread is
	 * interrupted: what selectable channels use. A socket on a platform thread would
	 * otherwise sit out its wait.
	 */
	private final class Interruption extends AbstractInterruptibleChannel {

		void enter() {
			begin();
		}

		void leave(boolean done) throws IOException {
			end(done);
		}

		@Override
		protected void implCloseChannel() throws IOException {
			WireSocket.this.close();
		}

	}

}
