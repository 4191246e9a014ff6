package io.github.requests4j.adapters;

import java.io.IOException;
import java.io.InputStream;

/**
 * What the parser reads from: the plain or decrypted bytes of the peer. Remembers whether
 * anything came and whether the peer has ended, because a line that the end of the stream
 * cuts off must not pass for a whole one.
 */
final class WireInput extends InputStream {

	private final InputStream source;

	private long count;

	private boolean ended;

	WireInput(InputStream source) {
		this.source = source;
	}

	/** How many bytes came so far. */
	long count() {
		return this.count;
	}

	/** Whether the peer has closed its side. */
	boolean hasEnded() {
		return this.ended;
	}

	@Override
	public int read() throws IOException {
		int next = this.source.read();
		note((next < 0) ? -1 : 1);
		return next;
	}

	@Override
	public int read(byte[] buffer, int offset, int length) throws IOException {
		int read = this.source.read(buffer, offset, length);
		note(read);
		return read;
	}

	private void note(int read) {
		if (read < 0) {
			this.ended = true;
		}
		else {
			this.count += read;
		}
	}

	@Override
	public int available() throws IOException {
		return this.source.available();
	}

	@Override
	public void close() throws IOException {
		this.source.close();
	}

}
