package io.github.requests4j.internal.body;

import java.io.IOException;
import java.io.InputStream;

/** An input stream that is read in blocks; a single byte is read as a block of one. */
public abstract class BlockInput extends InputStream {

	@Override
	public final int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
	}

	/**
	 * Returns the number of bytes that were read from the underlying stream but not by
	 * the caller.
	 */
	public int buffered() {
		return 0;
	}

	@Override
	public abstract int read(byte[] target, int offset, int length) throws IOException;

}
