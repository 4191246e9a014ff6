package io.github.requests4j.cache;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A part of a stored body.
 */
final class SlicedBody extends FilterInputStream {

	private long skip;

	private long left;

	SlicedBody(InputStream body, long skip, long length) {
		super(body);
		this.skip = skip;
		this.left = length;
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
	}

	@Override
	public int read(byte[] target, int offset, int length) throws IOException {
		if (this.skip > 0) {
			this.in.skipNBytes(this.skip);
			this.skip = 0;
		}
		if (this.left == 0) {
			return -1;
		}
		int count = this.in.read(target, offset, (int) Math.min(length, this.left));
		if (count < 0) {
			throw new IOException("The stored body ends " + this.left + " bytes too soon");
		}
		this.left -= count;
		return count;
	}

	@Override
	public boolean markSupported() {
		return false;
	}

}
