package io.github.requests4j.spring.redis;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a large body from Redis, a few chunks at a time. For one thread.
 */
final class ChunkedBody extends InputStream {

	static final int BATCH = 8;

	private final Source source;

	private final int chunks;

	private byte[] batch;

	private int at;

	private int next;

	/** Reads chunks. */
	@FunctionalInterface
	interface Source {

		/**
		 * Returns the bytes of some chunks.
		 * @throws IOException if one of them is missing
		 */
		byte[] read(int from, int to) throws IOException;

	}

	/**
	 * Opens a body.
	 * @param source reads chunks
	 * @param chunks how many there are
	 * @throws IOException if one of the first chunks is missing
	 */
	ChunkedBody(Source source, int chunks) throws IOException {
		this.source = source;
		this.chunks = chunks;
		this.next = Math.min(BATCH, chunks);
		this.batch = source.read(0, this.next);
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
	}

	@Override
	public int read(byte[] target, int offset, int length) throws IOException {
		if (length == 0) {
			return 0;
		}
		if (this.at == this.batch.length) {
			if (this.next == this.chunks) {
				return -1;
			}
			int to = Math.min(this.next + BATCH, this.chunks);
			this.batch = this.source.read(this.next, to);
			this.next = to;
			this.at = 0;
		}
		int count = Math.min(length, this.batch.length - this.at);
		System.arraycopy(this.batch, this.at, target, offset, count);
		this.at += count;
		return count;
	}

}
