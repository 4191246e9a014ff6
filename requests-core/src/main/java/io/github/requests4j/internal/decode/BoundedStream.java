package io.github.requests4j.internal.decode;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

/**
 * A stream that fails if it is longer than the limits allow.
 */
final class BoundedStream extends FilterInputStream {

	private final @Nullable CountedStream encoded;

	private final DecodeLimits limits;

	private long count;

	/**
	 * @param encoded counts the encoded bytes, or {@code null} if the body is not encoded
	 */
	BoundedStream(InputStream decoded, @Nullable CountedStream encoded, DecodeLimits limits) {
		super(decoded);
		this.encoded = encoded;
		this.limits = limits;
	}

	@Override
	public int read() throws IOException {
		int next = super.read();
		count((next < 0) ? -1 : 1);
		return next;
	}

	@Override
	public int read(byte[] target, int offset, int length) throws IOException {
		int read = super.read(target, offset, length);
		count(read);
		return read;
	}

	@Override
	public long skip(long bytes) throws IOException {
		return (bytes > 0 && read() >= 0) ? 1 : 0;
	}

	@Override
	public boolean markSupported() {
		return false;
	}

	private void count(int read) {
		if (read > 0) {
			this.count += read;
			this.limits.check(this.count, (this.encoded != null) ? this.encoded.count() : this.count);
		}
	}

}
