package io.github.requests4j.internal.wire;

import java.io.IOException;
import java.io.InputStream;

import io.github.requests4j.internal.body.BlockInput;

/**
 * A body with a Content-Length, or one that ends when the peer closes the connection. It
 * is an error if a body ends before its Content-Length.
 */
final class LengthBody extends BlockInput {

	private final WireReader reader;

	private final long length;

	private long left;

	private LengthBody(WireReader reader, long length) {
		this.reader = reader;
		this.length = length;
		this.left = (length == ReplyFraming.UNTIL_CLOSE) ? Long.MAX_VALUE : length;
	}

	/**
	 * Returns a body.
	 * @param length its length, or {@link ReplyFraming#UNTIL_CLOSE}
	 */
	static InputStream over(WireReader reader, long length) {
		return new LengthBody(reader, length);
	}

	@Override
	public int read(byte[] target, int offset, int size) throws IOException {
		if (this.left == 0) {
			return -1;
		}
		int count = this.reader.read(target, offset, (int) Math.min(size, this.left));
		if (count >= 0) {
			this.left -= count;
		}
		else if (this.length != ReplyFraming.UNTIL_CLOSE) {
			throw WireException
				.brokenBody("the body ended after " + (this.length - this.left) + " of " + this.length + " bytes");
		}
		return count;
	}

	@Override
	public int available() throws IOException {
		return (int) Math.min(this.left, this.reader.buffered());
	}

}
