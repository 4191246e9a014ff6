package io.github.requests4j.internal.decode;

import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

/**
 * A stream that decodes another one in bounded steps. After the end of the encoded data,
 * it reads the source to its end, so that the connection can be reused. As in requests,
 * data after the end is ignored.
 */
abstract class DecodingStream extends InputStream {

	/** How many encoded bytes are read from the source at a time. */
	static final int BUFFER_SIZE = 8 * 1024;

	private final InputStream source;

	private final String coding;

	private boolean ended;

	private boolean closed;

	DecodingStream(InputStream source, String coding) {
		this.source = source;
		this.coding = coding;
	}

	/**
	 * Decodes some data.
	 * @return the number of bytes, at least one; or -1 at the end of the encoded data
	 */
	abstract int decode(byte[] target, int offset, int length) throws IOException;

	/**
	 * Releases the resources of the decoder.
	 */
	abstract void release();

	@Override
	public final int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
	}

	@Override
	public final int read(byte[] target, int offset, int length) throws IOException {
		if (length == 0) {
			return 0;
		}
		if (this.ended || this.closed) {
			return -1;
		}
		int count = decodeSafely(target, offset, length);
		if (count < 0) {
			this.ended = true;
			skipRest();
		}
		return count;
	}

	/**
	 * Converts errors of incompatible versions of optional libraries, because callers
	 * handle exceptions of this library only.
	 */
	private int decodeSafely(byte[] target, int offset, int length) throws IOException {
		try {
			return decode(target, offset, length);
		}
		catch (LinkageError ex) {
			throw new DecodingException("The " + this.coding + " decoder does not work: " + ex, ex);
		}
	}

	@Override
	public final void close() throws IOException {
		if (!this.closed) {
			this.closed = true;
			release();
			this.source.close();
		}
	}

	/**
	 * Reads encoded data from the source.
	 * @return the number of bytes, or -1 at the end of the source
	 */
	final int readSource(byte[] input) throws IOException {
		return this.source.read(input, 0, input.length);
	}

	final DecodingException invalid(@Nullable String reason, @Nullable Throwable cause) {
		return new DecodingException("The " + this.coding + " data is invalid: " + reason, cause);
	}

	final DecodingException truncated() {
		return new DecodingException("The " + this.coding + " data is truncated.");
	}

	private void skipRest() throws IOException {
		byte[] rest = new byte[BUFFER_SIZE];
		int count = 0;
		while (count >= 0) {
			count = this.source.read(rest, 0, rest.length);
		}
	}

}
