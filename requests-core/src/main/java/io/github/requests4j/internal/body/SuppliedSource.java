package io.github.requests4j.internal.body;

import io.github.requests4j.body.SourceReadException;

import io.github.requests4j.body.BodySource;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Streams that are opened anew each time.
 */
final class SuppliedSource implements BodySource {

	private final Supplier<? extends InputStream> streams;

	private final long length;

	SuppliedSource(Supplier<? extends InputStream> streams, long length) {
		this.streams = Objects.requireNonNull(streams, "streams");
		if (length < UNKNOWN_LENGTH) {
			throw new IllegalArgumentException(
					"The length of a body must not be negative, but is " + length + "; -1 stands for unknown");
		}
		this.length = length;
	}

	@Override
	public long contentLength() {
		return this.length;
	}

	@Override
	public void writeTo(OutputStream out) throws IOException {
		try (InputStream stream = open()) {
			if (this.length == UNKNOWN_LENGTH) {
				Copying.all(stream, out);
			}
			else {
				Copying.exactly(stream, out, this.length);
			}
		}
	}

	private InputStream open() throws IOException {
		try {
			@Nullable InputStream stream = this.streams.get();
			if (stream == null) {
				throw new IllegalStateException("The supplier of a body returned no stream");
			}
			return stream;
		}
		catch (UncheckedIOException ex) {
			throw new SourceReadException(Objects.requireNonNull(ex.getCause()));
		}
	}

	@Override
	public boolean isRewindable() {
		return true;
	}

	@Override
	public void rewind() {
	}

}
