package io.github.requests4j.internal.body;

import io.github.requests4j.body.UnrepeatableSourceException;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/**
 * A stream of which nothing is known.
 */
final class PlainStreamSource extends PositionedSource {

	private final InputStream stream;

	PlainStreamSource(InputStream stream) {
		this.stream = Objects.requireNonNull(stream, "stream");
	}

	@Override
	public long contentLength() {
		return UNKNOWN_LENGTH;
	}

	@Override
	public boolean isRewindable() {
		return false;
	}

	@Override
	void recordPosition() {
	}

	@Override
	void goBack() throws IOException {
		throw new UnrepeatableSourceException("a stream can be read only once");
	}

	@Override
	void send(OutputStream out) throws IOException {
		Copying.all(this.stream, out);
	}

}
