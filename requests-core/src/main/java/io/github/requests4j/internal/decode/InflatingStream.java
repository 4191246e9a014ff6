package io.github.requests4j.internal.decode;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import org.jspecify.annotations.Nullable;

/**
 * The common part of gzip and deflate: an {@link Inflater} and a buffer of encoded data
 * that can also be read byte by byte.
 */
abstract class InflatingStream extends DecodingStream {

	private final byte[] input = new byte[BUFFER_SIZE];

	private int position;

	private int limit;

	private @Nullable Inflater inflater;

	InflatingStream(InputStream source, String coding) {
		super(source, coding);
	}

	/**
	 * Starts inflating at the next byte.
	 * @param bare whether the data has no zlib wrapper
	 */
	final void start(boolean bare) {
		release();
		this.inflater = new Inflater(bare);
		this.inflater.setInput(this.input, this.position, this.limit - this.position);
	}

	/**
	 * Inflates some data.
	 * @return the number of bytes, at least one; or -1 at the end of the deflated data,
	 * after which bytes can be read again
	 */
	final int inflate(Inflater running, byte[] target, int offset, int length) throws IOException {
		while (true) {
			int count = step(running, target, offset, length);
			if (count > 0) {
				return count;
			}
			if (running.finished()) {
				this.position = this.limit - running.getRemaining();
				return -1;
			}
			if (running.needsDictionary()) {
				throw invalid("it needs a dictionary", null);
			}
			if (running.needsInput()) {
				if (!refill()) {
					throw truncated();
				}
				running.setInput(this.input, 0, this.limit);
			}
		}
	}

	/**
	 * Returns the current inflater, or null.
	 */
	final @Nullable Inflater running() {
		return this.inflater;
	}

	/**
	 * Returns the next byte of encoded data, or -1 at the end of the source.
	 */
	final int next() throws IOException {
		return (this.position < this.limit || refill()) ? this.input[this.position++] & 0xff : -1;
	}

	/**
	 * Pushes back the last byte that {@link #next} returned.
	 */
	final void unread() {
		this.position--;
	}

	@Override
	final void release() {
		if (this.inflater != null) {
			this.inflater.end();
			this.inflater = null;
		}
	}

	private int step(Inflater running, byte[] target, int offset, int length) {
		try {
			return running.inflate(target, offset, length);
		}
		catch (DataFormatException ex) {
			throw invalid(ex.getMessage(), ex);
		}
	}

	private boolean refill() throws IOException {
		this.position = 0;
		this.limit = 0;
		int count = 0;
		while (count == 0) {
			count = readSource(this.input);
		}
		this.limit = Math.max(count, 0);
		return count > 0;
	}

}
