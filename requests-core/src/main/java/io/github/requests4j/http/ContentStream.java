package io.github.requests4j.http;

import java.io.InputStream;
import java.util.Objects;

/**
 * The decoded content as a stream: from memory if it is there. For one thread.
 */
final class ContentStream extends InputStream {

	private final ResponseContent content;

	private int position;

	private boolean closed;

	ContentStream(ResponseContent content) {
		this.content = content;
	}

	@Override
	public int read() {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
	}

	@Override
	public int read(byte[] target, int offset, int length) {
		Objects.checkFromIndexSize(offset, length, target.length);
		byte[] kept = this.content.kept();
		if (length == 0 || this.closed) {
			return (length == 0) ? 0 : -1;
		}
		if (kept == null) {
			return this.content.read(target, offset, length);
		}
		int count = Math.min(length, kept.length - this.position);
		System.arraycopy(kept, this.position, target, offset, count);
		this.position += count;
		return (count > 0) ? count : -1;
	}

	@Override
	public int available() {
		byte[] kept = this.content.kept();
		return (kept != null) ? kept.length - this.position : this.content.available();
	}

	@Override
	public void close() {
		this.closed = true;
		this.content.close();
	}

}
