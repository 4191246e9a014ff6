package io.github.requests4j.internal.body;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * A stream over bytes in memory: what is left is its length, and marking it keeps nothing
 * but a number.
 */
final class ByteArrayStreamSource extends PositionedSource {

	private final ByteArrayInputStream stream;

	private long length;

	ByteArrayStreamSource(ByteArrayInputStream stream) {
		this.stream = Objects.requireNonNull(stream, "stream");
		recordPosition();
	}

	@Override
	public long contentLength() {
		return this.length;
	}

	@Override
	public boolean isRewindable() {
		return true;
	}

	@Override
	void recordPosition() {
		this.stream.mark(0);
		this.length = this.stream.available();
	}

	@Override
	void goBack() {
		this.stream.reset();
	}

	@Override
	void send(OutputStream out) throws IOException {
		Copying.exactly(this.stream, out, this.length);
	}

}
