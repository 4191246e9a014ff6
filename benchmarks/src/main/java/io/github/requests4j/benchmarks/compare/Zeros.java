package io.github.requests4j.benchmarks.compare;

import java.io.InputStream;

/**
 * The body of an upload, which is 64 MiB of zeros that cost nothing to create.
 */
final class Zeros extends InputStream {

	static final long LENGTH = 64L * 1024 * 1024;

	private long left = LENGTH;

	@Override
	public int read() {
		return (this.left-- > 0) ? 0 : -1;
	}

	@Override
	public int read(byte[] buffer, int offset, int length) {
		if (this.left <= 0) {
			return -1;
		}
		int count = (int) Math.min(length, this.left);
		this.left -= count;
		return count;
	}

}
