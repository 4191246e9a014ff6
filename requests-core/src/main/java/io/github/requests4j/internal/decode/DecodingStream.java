package io.github.requests4j.internal.decode;

import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

/**
 * A stream that decodes another in steps of bounded size. After the end of the coded data
 * it reads the source to its end, so that the connection beneath can be used again; what
 * follows the data is ignored, as in requests.
 */
abstract class DecodingStream extends InputStream {

	/** How much coded data is taken from the source at a time. */
	static final int STEP = 8 * 1024;

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
	 * @return how many bytes, at least one; or -1 at the end of the coded data
	 */
	abstract int decode(byte[] target, int offset, int length) throws IOException;

	/**
	 * Frees what the decoder holds.
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
	 * Callers handle exceptions of this library, not the errors of an optional one whose
	 * version does not fit.
	 */
	private int decodeSafely(byte[] target, int offset, int length) throws IOException {
		try {
			return decode(target, offset, length);
		}
		catch (LinkageError ex) {
			throw new DecodingException("the decoder of its " + this.coding + " data does not work: " + ex, ex);
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
	 * Takes coded data from the source.
	 * @return how many bytes, or -1 at the end of the source
	 */
	final int take(byte[] input) throws IOException {
		return this.source.read(input, 0, input.length);
	}

	final DecodingException broken(@Nullable String reason, @Nullable Throwable cause) {
		return new DecodingException("its " + this.coding + " data is broken: " + reason, cause);
	}

	final DecodingException truncated() {
		return new DecodingException("its " + this.coding + " data ends too early");
	}

	private void skipRest() throws IOException {
		byte[] rest = new byte[STEP];
		int count = 0;
		while (count >= 0) {
			count = this.source.read(rest, 0, rest.length);
		}
	}

}
