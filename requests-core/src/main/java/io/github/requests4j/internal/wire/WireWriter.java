package io.github.requests4j.internal.wire;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The write buffer of a connection: a head and a small body are sent together. Large
 * writes bypass the buffer. For one thread at a time.
 */
public final class WireWriter {

	private static final int SIZE = 8 * 1024;

	private final OutputStream out;

	private byte[] buffer = new byte[0];

	private int count;

	WireWriter(OutputStream out) {
		this.out = out;
	}

	/** Writes bytes, which may stay in the buffer. */
	public void write(byte[] bytes, int offset, int length) throws IOException {
		if (this.count + length > SIZE) {
			flush();
			if (length >= SIZE) {
				this.out.write(bytes, offset, length);
				return;
			}
		}
		if (this.buffer.length == 0) {
			this.buffer = new byte[SIZE];
		}
		System.arraycopy(bytes, offset, this.buffer, this.count, length);
		this.count += length;
	}

	/** Sends a request without a body, bypassing the buffer. */
	public void writeAndFlush(byte[] bytes) throws IOException {
		flush();
		this.out.write(bytes, 0, bytes.length);
	}

	/** Sends the bytes in the buffer. */
	public void flush() throws IOException {
		int size = this.count;
		if (size > 0) {
			this.count = 0;
			this.out.write(this.buffer, 0, size);
		}
	}

}
