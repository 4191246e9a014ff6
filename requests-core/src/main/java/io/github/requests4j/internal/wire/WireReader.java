package io.github.requests4j.internal.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The one buffer between a connection and all that reads from it: heads, chunk sizes and
 * bodies. It accounts for each byte, so that what no response asked for is noticed. For
 * one thread at a time.
 */
final class WireReader {

	/** Usual heads fit in, and a small body with them. */
	static final int SIZE = 8 * 1024;

	private final InputStream in;

	private byte[] buffer = new byte[SIZE];

	private int position;

	private int limit;

	private long received;

	WireReader(InputStream in) {
		this.in = in;
	}

	/** How many bytes of the peer came so far. */
	long received() {
		return this.received;
	}

	/** Bytes that were read from the connection and that were not taken yet. */
	int buffered() {
		return this.limit - this.position;
	}

	/**
	 * Begins a head: moves what is buffered to the start, so that places in the buffer
	 * stay what they are until the head is taken.
	 */
	void beginHead() {
		int count = buffered();
		if (this.position > 0 && count > 0) {
			System.arraycopy(this.buffer, this.position, this.buffer, 0, count);
		}
		this.position = 0;
		this.limit = count;
	}

	/** The buffer; another one after each {@link #more}. */
	byte[] bytes() {
		return this.buffer;
	}

	/** Where the bytes in the buffer end. */
	int end() {
		return this.limit;
	}

	/**
	 * Reads on behind what is there, in a larger buffer if it must be.
	 * @param most how many bytes may be held at once; more than there are
	 * @return {@code false} at the end of the stream
	 */
	boolean more(int most) throws IOException {
		if (this.limit == this.buffer.length) {
			this.buffer = Arrays.copyOf(this.buffer, (int) Math.min(most, this.limit * 2L));
		}
		int count = this.in.read(this.buffer, this.limit, this.buffer.length - this.limit);
		note(count);
		if (count > 0) {
			this.limit += count;
		}
		return count >= 0;
	}

	/** Takes the bytes of a head up to this place. */
	void take(int end) {
		this.position = end;
	}

	/**
	 * Takes the next byte.
	 * @return the byte, or -1 at the end of the stream
	 */
	int next() throws IOException {
		if (this.position == this.limit && !fill()) {
			return -1;
		}
		return this.buffer[this.position++] & 0xff;
	}

	/**
	 * Takes as many bytes as there are. Large pieces go past the buffer.
	 * @return how many, or -1 at the end of the stream
	 */
	int read(byte[] target, int offset, int length) throws IOException {
		int count = buffered();
		if (count == 0) {
			if (length >= SIZE) {
				int read = this.in.read(target, offset, length);
				note(read);
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
		note(count);
		this.limit = Math.max(0, count);
		return count > 0;
	}

	private void note(int count) {
		this.received += Math.max(0, count);
	}

	/** Gives memory back that only a large head needed. */
	void rest() {
		if (this.buffer.length > SIZE && this.position == this.limit) {
			this.buffer = new byte[SIZE];
			this.position = 0;
			this.limit = 0;
		}
	}

}
