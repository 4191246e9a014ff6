package io.github.requests4j.internal.body;

import io.github.requests4j.body.BodySource;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * Bytes in memory.
 */
final class BytesSource implements BodySource {

	private final byte[] bytes;

	BytesSource(byte[] bytes) {
		this.bytes = Objects.requireNonNull(bytes, "bytes");
	}

	@Override
	public long contentLength() {
		return this.bytes.length;
	}

	@Override
	public byte[] bytes() {
		return this.bytes;
	}

	@Override
	public void writeTo(OutputStream out) throws IOException {
		out.write(this.bytes);
	}

	@Override
	public boolean isRewindable() {
		return true;
	}

	@Override
	public void rewind() {
	}

}
