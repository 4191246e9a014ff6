package io.github.requests4j.internal.decode;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Counts the bytes that a decoder reads.
 */
final class CountedStream extends FilterInputStream {

	private long count;

	CountedStream(InputStream source) {
		super(source);
	}

	@Override
	public int read() throws IOException {
		int next = super.read();
		this.count += (next < 0) ? 0 : 1;
		return next;
	}

	@Override
	public int read(byte[] target, int offset, int length) throws IOException {
		int read = super.read(target, offset, length);
		this.count += Math.max(read, 0);
		return read;
	}

	long count() {
		return this.count;
	}

}
