package io.github.requests4j.internal.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The read buffer of a connection, for heads, chunk sizes and bodies. It counts all
 * bytes, so that bytes that belong to no response are detected. For one thread at a time.
 */
final class WireReader {

	/** Large enough for a typical head with a small body. */
	static final int SIZE = 8 * 1024;

	private final InputStream in;

	private byte[] buffer = new byte[SIZE];

	private int position;

	private int limit;

	private long received;

	WireReader(InputStream in) {
		this.in = in;
	}

	/** Returns the number of bytes received so far. */
	long received() {
		return this.received;
	}

	/**
	 * Returns the number of bytes that were read from the connection but not by the
	 * caller.
	 */
	int buffered() {
		return this.limit - this.position;
	}

	/**
	 * Starts a head: moves the buffered bytes to the start of the buffer, so that
	 * positions stay valid until the head is consumed.
	 */
	void beginHead() {
		int count = buffered();
		if (this.position > 0 && count > 0) {
			System.arraycopy(this.buffer, this.position, this.buffer, 0, count);
		}
		this.position = 0;
		this.limit = count;
	}

	/** Returns the buffer, which changes with each {@link #more}. */
	byte[] bytes() {
		return this.buffer;
	}

	/** Returns the end of the bytes in the buffer. */
	int end() {
		return this.limit;
	}

	/**
	 * Reads more bytes, into a larger buffer if necessary.
	 * @param max the maximum size of the buffer; greater than the bytes in it
	 * @return {@code false} at the end of the stream
	 */
	boolean more(int max) throws IOException {
		if (this.limit == this.buffer.length) {
			this.buffer = Arrays.copyOf(this.buffer, (int) Math.min(max, this.limit * 2L));
		}
		int count = this.in.read(this.buffer, this.limit, this.buffer.length - this.limit);
		count(count);
		if (count > 0) {
			this.limit += count;
		}
		return count >= 0;
	}

	/** Consumes the bytes of a head up to a position. */
	void take(int end) {
		this.position = end;
	}

	/**
	 * Reads the next byte.
	 * @return the byte, or -1 at the end of the stream
	 */
	int next() throws IOException {
		if (this.position == this.limit && !fill()) {
			return -1;
		}
		return this.buffer[this.position++] & 0xff;
	}

	/**
	 * Reads the available bytes. Large reads bypass the buffer.
	 * @return the number of bytes, or -1 at the end of the stream
	 */
	int read(byte[] target, int offset, int length) throws IOException {
		int count = buffered();
		if (count == 0) {
			if (length >= SIZE) {
				int read = this.in.read(target, offset, length);
				count(read);
				return read;
			}
			if (!fill()) {
				return -1;
			}
			count = buffered();
		}
		int taken = Math.min(count, length);
		System.arraycopy(this.buffer, this.position, target, offset, taken);
		this.position += taken;
		return taken;
	}

	private boolean fill() throws IOException {
		if (this.buffer.length > SIZE) {
			this.buffer = new byte[SIZE];
		}
		this.position = 0;
		this.limit = 0;
		int count = this.in.read(this.buffer, 0, SIZE);
		count(count);
		this.limit = Math.max(0, count);
		return count > 0;
	}

	private void count(int bytes) {
		this.received += Math.max(0, bytes);
	}

	/** Releases memory that only a large head needed. */
	void releaseMemory() {
		if (this.buffer.length > SIZE && this.position == this.limit) {
			this.buffer = new byte[SIZE];
			this.position = 0;
			this.limit = 0;
		}
	}

}
