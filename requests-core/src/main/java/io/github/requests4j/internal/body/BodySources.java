package io.github.requests4j.internal.body;

import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.body.BodySource;
import io.github.requests4j.body.SourceReadException;
import io.github.requests4j.body.UnrepeatableSourceException;

/**
 * Creates the sources of request bodies.
 */
public final class BodySources {

	private BodySources() {
	}

	/**
	 * Creates a source from bytes.
	 * @param bytes the bytes, which are not copied
	 * @return the source, which is repeatable
	 */
	public static BodySource ofBytes(byte[] bytes) {
		return new BytesSource(bytes);
	}

	/**
	 * Creates a source from a stream, starting at its current position. Files and byte
	 * arrays have a length and can be rewound. Other streams have no length and cannot be
	 * rewound, because marking them would keep the whole body in memory.
	 * @param stream the stream, which its owner must close
	 * @return the source
	 */
	public static BodySource ofStream(InputStream stream) {
		if (stream instanceof FileInputStream file) {
			return new FileStreamSource(file);
		}
		if (stream instanceof ByteArrayInputStream bytes) {
			return new ByteArrayStreamSource(bytes);
		}
		return new PlainStreamSource(stream);
	}

	/**
	 * Creates a source from a reader, whose text is sent as UTF-8.
	 * @param reader the reader, which its owner must close
	 * @return the source, which is repeatable if the text is in memory
	 */
	public static BodySource ofReader(Reader reader) {
		return new ReaderSource(reader);
	}

	/**
	 * Creates a source from a file, which is opened each time it is sent.
	 * @param file the file
	 * @return the source, which is repeatable
	 */
	public static BodySource ofFile(Path file) {
		return new FileSource(file);
	}

	/**
	 * Creates a source from a supplier of streams. A stream is opened each time the body
	 * is sent, and closed afterwards.
	 * @param streams opens a stream from the beginning
	 * @param length the length of each stream in bytes, or
	 * {@link BodySource#UNKNOWN_LENGTH}
	 * @return the source, which is repeatable
	 */
	public static BodySource ofSupplier(Supplier<? extends InputStream> streams, long length) {
		return new SuppliedSource(streams, length);
	}

	/**
	 * Creates a source from items, each of which is sent as one chunk.
	 * @param items strings or byte arrays
	 * @return the source, which is not repeatable
	 */
	public static BodySource ofItems(Iterator<?> items) {
		Objects.requireNonNull(items, "items");
		return new ItemsSource(() -> items, false);
	}

	/**
	 * Creates a source from items, each of which is sent as one chunk.
	 * @param items strings or byte arrays
	 * @return the source, which is repeatable if the items are a collection
	 */
	public static BodySource ofItems(Iterable<?> items) {
		return new ItemsSource(items::iterator, items instanceof Collection);
	}

	/**
	 * Bytes in memory.
	 */
	private static final class BytesSource implements BodySource {

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

	/**
	 * A stream over bytes in memory. Its length is known, and marking it does not use
	 * memory.
	 */
	private static final class ByteArrayStreamSource extends PositionedSource {

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
		void restorePosition() {
			this.stream.reset();
		}

		@Override
		void send(OutputStream out) throws IOException {
			StreamCopier.copyExactly(this.stream, out, this.length);
		}

	}

	/**
	 * Any other stream.
	 */
	private static final class PlainStreamSource extends PositionedSource {

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
		void restorePosition() throws IOException {
			throw new UnrepeatableSourceException("a stream can be read only once");
		}

		@Override
		void send(OutputStream out) throws IOException {
			StreamCopier.copyAll(this.stream, out);
		}

	}

	/**
	 * Streams from a supplier.
	 */
	private static final class SuppliedSource implements BodySource {

		private final Supplier<? extends InputStream> streams;

		private final long length;

		SuppliedSource(Supplier<? extends InputStream> streams, long length) {
			this.streams = Objects.requireNonNull(streams, "streams");
			if (length < UNKNOWN_LENGTH) {
				throw new IllegalArgumentException(
						"The length of a body must not be negative, but is " + length + ". Use -1 if it is unknown.");
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
					StreamCopier.copyAll(stream, out);
				}
				else {
					StreamCopier.copyExactly(stream, out, this.length);
				}
			}
		}

		private InputStream open() throws IOException {
			try {
				@Nullable InputStream stream = this.streams.get();
				if (stream == null) {
					throw new IllegalStateException("The supplier of a body returned null instead of a stream.");
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

}
