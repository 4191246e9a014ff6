package io.github.requests4j.cache;

import java.io.IOException;
import java.io.InputStream;

import io.github.requests4j.internal.body.BlockInput;

/**
 * A part of a stored body.
 */
final class SlicedBody extends BlockInput {

	private final InputStream body;

	private long skip;

	private long left;

	SlicedBody(InputStream body, long skip, long length) {
		this.body = body;
		this.skip = skip;
		this.left = length;
	}

	@Override
	public int read(byte[] target, int offset, int length) throws IOException {
		if (this.skip > 0) {
			this.body.skipNBytes(this.skip);
			this.skip = 0;
		}
		if (this.left == 0) {
			return -1;
		}
		int count = this.body.read(target, offset, (int) Math.min(length, this.left));
		if (count < 0) {
			throw new IOException("The stored body ends " + this.left + " bytes too soon");
		}
		this.left -= count;
		return count;
	}

	@Override
	public void close() throws IOException {
		this.body.close();
	}

}
